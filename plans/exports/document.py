"""A plan to the bytes of a Word file."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import takewhile

from django.utils import timezone
from django.utils.text import slugify

from core.docx import Head, OfficialDocument, Profile
from core.text import fold
from plans.exports import edits, enclosing
from plans.exports.outline import Block, Outline, outline_of
from plans.exports.profiles import default_profile
from plans.models import Plan, Status
from plans.reader.quotes import END_MARKS

BASIS = re.compile(r"^\W*(?:Căn cứ|Xét|Thực hiện|Theo|Trên cơ sở)\b")
BULLET = re.compile(r"^[-–+•]\s+")
WIDE_TABLE = 7  # columns; more of them are printed across
UNIT_LENGTH = 150
LONG_TITLE = 120


def is_draft(plan: Plan) -> bool:
    """Nobody has confirmed it yet."""
    return plan.status == Status.PROPOSED


def confirmed_outline(plan: Plan) -> Outline:
    """The text of ``plan`` with what was left out and edited on the review page."""
    outline = outline_of(plan)
    edits.apply(outline, plan)
    return outline


def export_plan(
    plan: Plan, *, profile: Profile | None = None, as_draft: bool | None = None
) -> bytes:
    """``plan`` as a .docx in ``profile`` (by default that of its kind and day).

    ``as_draft`` puts "DỰ THẢO" behind the pages; by default while nobody has confirmed it.
    """
    profile = profile or default_profile(plan)
    outline = confirmed_outline(plan)
    document = OfficialDocument(profile, is_draft=is_draft(plan) if as_draft is None else as_draft)
    document.head(head_of(plan))
    decision = enclosing.decision_of(plan)
    if decision is not None:
        enclosing.write(document, decision)
        document.foot(recipients=outline.recipients, signatures=outline.signatures)
    document.title(plan.document_type, plan.subject, new_page=decision is not None)
    if decision is not None and decision.note:
        document.centred(decision.note)
    _opening(document, outline.opening, profile)
    _blocks(document, outline.body, level=1)
    for text in outline.closing:
        document.paragraph(text)
    if decision is None:
        document.foot(recipients=outline.recipients, signatures=outline.signatures)
    _attachments(document, outline.attachments)
    title = f"{plan.document_type.capitalize()} {plan.code} {plan.subject}"
    return document.save(title=" ".join(title.split()), author=plan.issuer, at=timezone.localtime())


def head_of(plan: Plan) -> Head:
    """Organs, number, place and day; what is blank in the plan stays blank."""
    month = (plan.reading.get("issued_month") or "").split("-")
    has_month = plan.issued_on is None and len(month) == 2
    return Head(
        issuers=tuple(plan.issuer.split(" / ")),
        superior=plan.superior,
        code=plan.code,
        symbol=plan.reading.get("symbol") or "",
        place=plan.issue_place,
        issued_on=plan.issued_on,
        year=int(month[0]) if has_month else plan.year,
        month=int(month[1]) if has_month else None,
    )


def file_name(plan: Plan) -> str:
    """ "ke-hoach-62-kh-du.docx": what every system can keep."""
    code = fold(plan.code or plan.reading.get("symbol") or "").replace("/", "-")
    return f"{slugify(f'ke-hoach {code}')}.docx"


def _opening(document: OfficialDocument, blocks: Sequence[Block], profile: Profile) -> None:
    """Legal bases one a line in the profile's way; the clause that enacts as plain text."""
    for block in blocks:
        bare = BULLET.sub("", block.text)
        is_basis = BASIS.match(bare) and bare.endswith((";", ".")) and len(bare) < 600
        if is_basis:
            document.legal_bases([bare])
        else:
            document.paragraph(bare)


def _blocks(document: OfficialDocument, blocks: Sequence[Block], *, level: int) -> None:
    at = 0
    while at < len(blocks):
        block = blocks[at]
        if block.cells is None:
            if _is_title(block, blocks):
                block.heading, block.text = block.text, ""
            _place(document, block, level=2 if level == 1 and block.marker[:1].isdigit() else level)
            at += 1
            continue
        rows = list(takewhile(lambda one: one.cells is not None, blocks[at:]))
        _table(document, rows)
        at += len(rows)


def _is_title(block: Block, family: Sequence[Block]) -> bool:
    """A place with nothing below it that stands among headings is one too."""
    return (
        bool(block.marker)
        and not block.heading
        and len(block.text) < LONG_TITLE
        and block.text[-1:] not in END_MARKS
        and any(other.heading for other in family)
    )


def _place(document: OfficialDocument, block: Block, *, level: int) -> None:
    """A heading or text with its marker, then what is below it."""
    children = block.children
    if not block.marker and not block.heading:
        document.paragraph(block.text)
    elif block.heading:
        beside = _beside(block)
        heading = f"{block.heading}:" if beside else block.heading
        text = beside.text if beside else ""
        document.item(block.marker, text, level=level, heading=heading)
        children = children[1:] if beside else children
    else:
        unit, rest = _unit(block)
        document.item(block.marker, rest, level=level, heading=unit)
    _blocks(document, children, level=level + 1)


def _beside(block: Block) -> Block | None:
    """The text that followed a section's heading on the same line ("KINH PHÍ: Từ nguồn …")."""
    first = block.children[0] if block.children else None
    if first is None or first.marker or first.cells or first.paragraph != block.paragraph:
        return None
    return first


def _unit(block: Block) -> tuple[str, str]:
    """ "Các chi bộ trực thuộc:" in bold before what it has to do, in the first level of a section."""
    if block.role != "implementation" or not block.marker[:1].isdigit():
        return "", block.text
    colon = block.text.find(":")
    if 0 < colon < UNIT_LENGTH and "." not in block.text[:colon]:
        return block.text[: colon + 1], block.text[colon + 1 :].strip()
    return "", block.text


def _table(document: OfficialDocument, rows: Sequence[Block]) -> None:
    head = rows[0].cells if rows[0].is_head else ()
    data = [row.cells or () for row in rows if not row.is_head]
    document.table(head or (), data)


def _attachments(document: OfficialDocument, blocks: Sequence[Block]) -> None:
    """What stands behind the signature: each heading of an annex begins a page."""
    is_titled = False
    at = 0
    while at < len(blocks):
        block = blocks[at]
        if block.cells is not None:
            rows = list(takewhile(lambda one: one.cells is not None, blocks[at:]))
            _table(document, rows)
            is_titled, at = False, at + len(rows)
            continue
        at += 1
        if block.heading:
            document.annex(block.heading, is_landscape=_is_wide(blocks[at:]))
            is_titled = True
        elif block.text.startswith("("):
            document.centred(block.text)
        elif is_titled and len(block.text) < LONG_TITLE and block.text[-1] not in END_MARKS:
            document.subtitle(block.text)
        else:
            document.paragraph(block.text)
            is_titled = False


def _is_wide(blocks: Sequence[Block]) -> bool:
    """Whether the annex that begins here holds a table of many columns."""
    own = takewhile(lambda block: not block.heading, blocks)
    return any(block.cells is not None and len(block.cells) >= WIDE_TABLE for block in own)
