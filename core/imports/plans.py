"""The dry run: what a table would add, change and leave, row by row, with every doubt told."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from core.fingerprints import fingerprint

NEW, CHANGED, SAME, ERROR = "new", "changed", "same", "error"
STATES = (
    (NEW, "Mới"),
    (CHANGED, "Thay đổi"),
    (ERROR, "Cần sửa"),
    (SAME, "Giữ nguyên"),
)


@dataclass(slots=True)
class Row:
    """One row of the dry run. ``entries`` are what would be written, as JSON can keep it.

    ``place`` says where the row stands when a file has several tables.
    """

    number: int
    name: str
    state: str = SAME
    sentences: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    entries: list[dict[str, Any]] = field(default_factory=list)
    choices: list[tuple[str, str]] = field(default_factory=list)  # who is meant: value, words
    chosen: str = ""
    place: str = ""

    def settle(self, *, is_new: bool) -> None:
        """The state that follows from what was found."""
        if self.entries:
            self.state = NEW if is_new else CHANGED
        elif self.errors:
            self.state = ERROR


@dataclass(frozen=True, slots=True)
class Plan:
    """All rows; ``seen`` is their version, which the write carries."""

    rows: list[Row]
    seen: str

    @classmethod
    def of(cls, rows: list[Row], *based_on: Any) -> Plan:
        """The plan of ``rows``; its version also changes with ``based_on``."""
        told = [[row.number, row.state, row.sentences, row.errors, row.entries] for row in rows]
        return cls(rows, fingerprint(*based_on, told))

    @property
    def doubts(self) -> int:
        """Rows with something that is not written as it stands."""
        return sum(bool(row.errors) for row in self.rows)

    @property
    def entries(self) -> list[dict[str, Any]]:
        return [{"row": row.number, **entry} for row in self.rows for entry in row.entries]

    @property
    def groups(self) -> list[tuple[str, str, list[Row]]]:
        """The rows by their state, each with its words."""
        return [
            (state, words, [row for row in self.rows if row.state == state])
            for state, words in STATES
        ]
