"""What a plan prints, as a tree of places: its text as it was confirmed."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from core.docx import Signature
from plans.exports import markers
from plans.models import Plan, PlanNode

Role = PlanNode.Role
OPENING = {Role.BASIS}
BODY = {
    Role.PURPOSE, Role.TARGET, Role.CONTENT, Role.BUDGET, Role.IMPLEMENTATION, Role.OTHER,
}  # fmt: skip
ROW = re.compile(r" \| ")
EMPTY_ROW = re.compile(r"^[\s|()0-9.]*$")


@dataclass(slots=True)
class Block:
    """One place of the text. ``cells`` is set for the row of a table (``is_head``: its headings).

    ``paragraph`` is where the source says it; 0 or more, or None for what was added since.
    """

    text: str = ""
    heading: str = ""
    numeral: str = ""
    marker: str = ""
    role: str = ""
    paragraph: int | None = None
    node: int | None = None
    cells: tuple[str, ...] | None = None
    is_head: bool = False
    children: list[Block] = field(default_factory=list)

    def walk(self) -> Iterable[Block]:
        yield self
        for child in self.children:
            yield from child.walk()

    def joined(self) -> str:
        """Its words and those below, as the reader joins an item."""
        parts = [self.heading, self.text] + [child.joined() for child in self.children]
        return " ".join(part for part in parts if part)


@dataclass(slots=True)
class Outline:
    """The parts of a printed plan below its head."""

    opening: list[Block] = field(default_factory=list)
    body: list[Block] = field(default_factory=list)
    closing: list[str] = field(default_factory=list)
    recipients: list[str] = field(default_factory=list)
    signatures: list[Signature] = field(default_factory=list)
    attachments: list[Block] = field(default_factory=list)

    def blocks(self) -> Iterable[Block]:
        for block in (*self.opening, *self.body):
            yield from block.walk()


def outline_of(plan: Plan) -> Outline:
    """The text of ``plan`` as it was read; :mod:`plans.exports.edits` applies what was changed."""
    result = Outline()
    tables = _Tables(plan.reading)
    by_key: dict[int, Block] = {}
    for node in plan.nodes.order_by("position"):
        block = _block(node, tables)
        by_key[node.pk] = block
        parent = by_key.get(node.parent_id)
        if node.role == Role.BASIS:
            result.opening.append(block)
        elif node.role in BODY:
            (parent.children if parent else result.body).append(block)
        elif node.role == Role.CLOSING:
            result.closing.append(node.text)
        elif node.role == Role.ATTACHMENT:
            result.attachments.append(block)
    for section in result.body:
        tables.add_heads(section.children)
    _title_annexes(result.attachments, plan.reading.get("attachments", []))
    tables.add_heads(result.attachments)
    markers.write(result.body)
    if " ".join(result.closing) != plan.closing:
        result.closing = [plan.closing] if plan.closing else []
    rows = plan.recipients.filter(is_left_out=False).order_by("position")
    result.recipients = [row.text for row in rows]
    result.signatures = [_signature(found) for found in plan.reading.get("signatures", [])]
    return result


def _block(node: PlanNode, tables: _Tables) -> Block:
    return Block(
        text=node.text,
        heading=node.heading,
        numeral=node.numeral,
        role=node.role,
        paragraph=node.paragraph,
        node=node.pk,
        cells=tables.cells(node.paragraph) if ROW.search(node.text) else None,
    )


def _title_annexes(blocks: list[Block], headings: list[str]) -> None:
    """What the reader took for the heading of an annex begins a page."""
    for number, block in enumerate(blocks):
        if block.cells is None and (number == 0 or block.text in headings):
            block.heading, block.text = block.text, ""


def _signature(found: dict[str, Any]) -> Signature:
    authority = tuple((found.get("authority") or "").split(" / "))
    return Signature(
        authority=authority if authority != ("",) else (),
        position=found.get("title") or "",
        name=found.get("name") or "",
    )


class _Tables:
    """The rows of the source's tables; the tree of nodes keeps their text only."""

    def __init__(self, reading: dict[str, Any]) -> None:
        self._raw = reading.get("paragraphs", [])
        self._cells = reading.get("cells", {})

    def cells(self, paragraph: int) -> tuple[str, ...] | None:
        """The cells of a paragraph that is a table row."""
        if str(paragraph) in self._cells:
            return tuple(self._cells[str(paragraph)])
        raw = self._raw[paragraph] if 0 <= paragraph < len(self._raw) else ""
        if not isinstance(raw, str) or raw.count("|") < 2:
            return None
        return tuple(cell.strip() for cell in raw.strip().strip("|").split("|"))

    def add_heads(self, blocks: list[Block]) -> None:
        """Put the headings of each table before its first row, wherever the table stands."""
        at = 0
        while at < len(blocks):
            self.add_heads(blocks[at].children)
            is_first = blocks[at].cells and (at == 0 or not blocks[at - 1].cells)
            if is_first and blocks[at].paragraph is not None:
                heads = self._above(blocks[at].paragraph)
                blocks[at:at] = heads
                at += len(heads)
            at += 1

    def _above(self, paragraph: int) -> list[Block]:
        """Rows between the text above and the first row that became a place."""
        found: list[Block] = []
        at = paragraph - 1
        while at >= 0 and (cells := self.cells(at)):
            if not EMPTY_ROW.match(" ".join(cells)):
                found.insert(0, Block(text=" | ".join(cells), cells=cells, is_head=True))
            at -= 1
        return found[:1]  # further heads would be read as rows
