"""What a reading is made of, and how a file can fail to be a plan. No Django here."""

from dataclasses import asdict, dataclass, field
from typing import Any


class UnreadableFileError(ValueError):
    """The bytes cannot be read. ``str(error)`` is one Vietnamese sentence for the user."""


class NotAPlanError(ValueError):
    """A readable document that is no plan; ``document_type`` names what it is, or None."""

    def __init__(self, message: str, document_type: str | None = None) -> None:
        super().__init__(message)
        self.document_type = document_type


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph (or table row) of the source, numbered from 0 in the order of the file.

    ``text`` is normalised, with the label of automatic numbering in front; ``raw`` is what a
    person sees in the file. ``cells`` is set for a row of a data table.
    """

    index: int
    text: str
    raw: str = ""
    cells: tuple[str, ...] | None = None
    table: int | None = None
    is_centred: bool = False
    after_blank: bool = False
    is_ignored: bool = False
    is_note: bool = False
    is_doubtful: bool = False


@dataclass(frozen=True, slots=True)
class Question:
    """Something that a person should look at."""

    field: str
    message: str
    suggestion: str | None
    paragraph: int | None


@dataclass(frozen=True, slots=True)
class Basis:
    document_type: str
    code: str | None
    issued_on: str | None
    issuer: str | None
    subject: str | None
    paragraph: int
    confidence: float = 1.0


@dataclass(frozen=True, slots=True)
class Section:
    numeral: str | None
    heading: str
    role: str
    items: tuple[str, ...]
    paragraph: int
    item_paragraphs: tuple[int, ...] = ()
    confidence: float = 1.0


@dataclass(frozen=True, slots=True)
class Task:
    text: str
    due: tuple[str, ...]
    deliverable: str | None
    paragraph: int
    confidence: float = 1.0


@dataclass(frozen=True, slots=True)
class Assignment:
    unit: str
    cooperating: tuple[str, ...]
    tasks: tuple[Task, ...]
    paragraph: int
    confidence: float = 1.0


@dataclass(frozen=True, slots=True)
class Recipient:
    text: str
    paragraph: int


@dataclass(frozen=True, slots=True)
class Signature:
    authority: str | None
    title: str | None
    name: str | None
    paragraph: int
    confidence: float = 1.0


@dataclass(frozen=True, slots=True)
class Node:
    """One place of the full text as a tree: ``parent`` is the position of another node or None.

    ``role`` is a section's role (its descendants carry it too), or header, type, subject, basis,
    closing, recipient, signature, attachment. ``paragraph`` and ``last`` are source indices.
    """

    position: int
    parent: int | None
    numeral: str
    heading: str
    text: str
    role: str
    paragraph: int
    last: int


@dataclass(frozen=True, slots=True)
class Place:
    """Where a field of the head was read, and how sure the reader is (0 to 1)."""

    paragraph: int | None
    confidence: float = 1.0


@dataclass(frozen=True, slots=True)
class Reading:
    """A plan as the reader understood it; :meth:`as_dict` is its JSON (shared/plans/README)."""

    document_type: str
    number: str | None
    symbol: str | None
    code: str | None
    issued_on: str | None
    issued_month: str | None
    issue_place: str | None
    superior: str | None
    issuers: tuple[str, ...]
    subject: str
    year: int | None
    legal_bases: tuple[Basis, ...]
    sections: tuple[Section, ...]
    assignments: tuple[Assignment, ...]
    deadlines: tuple[str, ...]
    closing: str | None
    recipients: tuple[Recipient, ...]
    signatures: tuple[Signature, ...]
    attachments: tuple[str, ...]
    questions: tuple[Question, ...]
    places: dict[str, Place] = field(default_factory=dict)
    nodes: tuple[Node, ...] = ()
    paragraphs: tuple[Paragraph, ...] = ()

    def items(self, role: str) -> list[tuple[str, int]]:
        """(text, source paragraph) of the items of every section with ``role``."""
        return [
            pair
            for section in self.sections
            if section.role == role
            for pair in zip(section.items, section.item_paragraphs, strict=True)
        ]

    def as_dict(self) -> dict[str, Any]:
        """The flat JSON object that ``import_plan --json`` prints."""
        result: dict[str, Any] = {
            name: getattr(self, name)
            for name in (
                "document_type", "number", "symbol", "code", "issued_on", "issued_month",
                "issue_place", "superior", "subject", "year", "closing",
            )
        }  # fmt: skip
        for name in ("issuers", "deadlines", "attachments"):
            result[name] = list(getattr(self, name))
        for name in ("legal_bases", "sections", "assignments", "signatures", "questions"):
            result[name] = [_plain(asdict(record)) for record in getattr(self, name)]
        result["recipients"] = [recipient.text for recipient in self.recipients]
        result["content_items"] = [text for text, _ in self.items("content")]
        result["targets"] = [text for text, _ in self.items("target")]
        result["places"] = {name: asdict(place) for name, place in self.places.items()}
        return result


def _plain(value: Any) -> Any:
    """Tuples as lists, so that the object equals what its own JSON parses to."""
    if isinstance(value, dict):
        return {key: _plain(entry) for key, entry in value.items()}
    if isinstance(value, (list, tuple)):
        return [_plain(entry) for entry in value]
    return value
