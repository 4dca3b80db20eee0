"""What was changed on the review page, put into the text of the plan.

A row (content, target, task) says what a place of the text was understood as. Where the rows of
a place still say what the place says, its text stays as it was printed; where they do not, the
text follows the rows. Splitting, merging and moving rows changes no word of the plan.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any

from plans.exports import bases, markers
from plans.exports.outline import Block, Outline
from plans.models import Plan
from plans.reader.quotes import END_MARKS, without_end


@dataclass(frozen=True, slots=True)
class _Row:
    """A row as it is now; ``last`` is the last source paragraph that it stands for."""

    text: str
    is_left_out: bool
    last: int


def apply(outline: Outline, plan: Plan) -> None:
    """Change ``outline`` to what the rows of ``plan`` say."""
    shapes = _shapes(outline.body)
    blocks = {block.node: block for block in outline.blocks() if block.node is not None}
    gone: set[int] = set()
    items = [*plan.content_items.select_related("node"), *plan.targets.select_related("node")]
    for node, rows in _by_node(items).items():
        if node in blocks:
            _apply_items(blocks[node], rows, outline, gone)
    read = defaultdict(list)
    for assignment in plan.reading.get("assignments", []):
        for task in assignment["tasks"]:
            read[task.get("paragraph")].append(task["text"])
    for node, rows in _by_node(plan.tasks.select_related("node")).items():
        block = blocks.get(node)
        if block is not None and id(block) not in gone:
            _apply_tasks(block, read[block.paragraph], rows, gone)
    bases.apply(outline, plan)
    _add(outline, plan, blocks)
    outline.body = _without(outline.body, gone)
    _renumber(outline.body, shapes)


def _by_node(rows: Iterable[Any]) -> dict[int, list[_Row]]:
    result: dict[int, list[_Row]] = defaultdict(list)
    for row in sorted(rows, key=lambda row: row.position):
        if row.node is not None:
            last = max(row.node.paragraph, getattr(row, "last_paragraph", None) or 0)
            result[row.node_id].append(_Row(row.text, row.is_left_out, last))
    return result


def _apply_items(block: Block, rows: list[_Row], outline: Outline, gone: set[int]) -> None:
    """Contents and targets stand for a whole place with all below it."""
    first, last = block.paragraph or 0, max(row.last for row in rows)
    if block.cells:
        if all(row.is_left_out for row in rows):
            gone.add(id(block))
        elif not any(_same(row.text, cell) for row in rows for cell in block.cells):
            _put_cell(block, rows[0].text)
        return
    merged = [
        other
        for other in _siblings(outline.body, block)
        if other is not block and first < (other.paragraph or 0) <= last
    ]
    covered = " ".join(one.joined() for one in (block, *merged))
    is_kept = not any(row.is_left_out for row in rows)
    if is_kept and _same(" ".join(row.text for row in rows), covered):
        return
    if is_kept and not merged and all(_plain(row.text) in _plain(covered) for row in rows):
        return  # one of the rows of this place has become a row of another kind
    kept = [row.text for row in rows if not row.is_left_out]
    gone.update(id(one) for one in merged)
    if not kept:
        gone.add(id(block))
        return
    block.text, block.heading, block.children = kept[0], "", []
    family = _siblings(outline.body, block)
    at = next(i for i, one in enumerate(family) if one is block)
    family[at + 1 : at + 1] = [_like(block, text) for text in kept[1:]]


def _apply_tasks(block: Block, read: Sequence[str], rows: list[_Row], gone: set[int]) -> None:
    """Tasks are pieces of a place's words: change the pieces that were changed."""
    now = [row.text for row in rows]
    matcher = SequenceMatcher(a=list(read), b=now, autojunk=False)
    for verb, first, last, start, end in matcher.get_opcodes():
        for old, row in zip(read[first:last], rows[start:end], strict=False):
            if row.is_left_out:
                _replace(block, old, "")
            elif verb == "replace" and _plain(row.text) not in _plain(_words(block)):
                _replace(block, old, row.text)
    is_empty = not block.joined().strip(END_MARKS) and not block.cells
    all_out = bool(rows) and all(row.is_left_out for row in rows) and len(rows) >= len(read) > 0
    if is_empty or (all_out and (block.cells or not block.children)):
        gone.add(id(block))


def _words(block: Block) -> str:
    return " ".join(block.cells) if block.cells else block.joined()


def _replace(block: Block, old: str, new: str) -> None:
    """``new`` for ``old`` in the words of ``block``; with "" the separator goes too."""
    if block.cells:
        if new:
            block.cells = tuple(_swap(cell, old, new) for cell in block.cells)
        return
    block.text = _swap(block.text, old, new)
    block.heading = _swap(block.heading, old, new)


def _swap(text: str, old: str, new: str) -> str:
    if new or old not in text:
        return text.replace(old, new, 1)
    at = text.index(old)
    before, after = text[:at], text[at + len(old) :].lstrip(" ;.")
    if not after:
        before = before.rstrip(" ;.")
        return f"{before}." if before and before[-1] not in ":." else before
    return f"{before}{after}"


def _put_cell(block: Block, text: str) -> None:
    """The cell that says nearly the same becomes ``text``."""
    cells = block.cells or ()
    nearest = max(range(len(cells)), key=lambda i: SequenceMatcher(None, cells[i], text).ratio())
    block.cells = (*cells[:nearest], text, *cells[nearest + 1 :])


def _add(outline: Outline, plan: Plan, blocks: dict[int | None, Block]) -> None:
    """What a person added that no place of the source says."""
    for role, rows in (("content", plan.content_items), ("target", plan.targets)):
        section = next((one for one in reversed(outline.body) if one.role == role), None)
        for row in rows.filter(node__isnull=True, is_left_out=False):
            if section is not None:
                _append(section, row.text)
    section = next((one for one in reversed(outline.body) if one.role == "implementation"), None)
    added = plan.tasks.filter(node__isnull=True, is_left_out=False).select_related("lead__node")
    for task in added:
        place = blocks.get(task.lead.node_id) if task.lead else None
        if place is not None and not place.cells:
            place.children.append(Block(text=_closed(task.text), numeral="-", marker="-"))
        elif section is not None:
            lead = f"{task.lead.printed_name}: " if task.lead else ""
            _append(section, _closed(f"{lead}{task.text}"))


def _append(section: Block, text: str) -> None:
    model = next((one for one in reversed(section.children) if not one.cells), None)
    section.children.append(_like(model, text) if model else Block(text=text, role=section.role))


def _closed(text: str) -> str:
    return text if text.endswith((".", ";", ":")) else f"{text}."


def _like(block: Block, text: str) -> Block:
    """A further place of the same kind: the same bullet, or the next number."""
    return Block(text=text, numeral=block.numeral, marker=block.marker, role=block.role)


def _siblings(blocks: list[Block], wanted: Block) -> list[Block]:
    if any(block is wanted for block in blocks):
        return blocks
    for block in blocks:
        found = _siblings(block.children, wanted)
        if found:
            return found
    return []


def _without(blocks: list[Block], gone: set[int]) -> list[Block]:
    kept = [block for block in blocks if id(block) not in gone]
    for block in kept:
        had_children = bool(block.children)
        block.children = _without(block.children, gone)
        if had_children and not block.children and block.heading and block.numeral:
            is_section = block in blocks and block.role not in ("content", "target")
            if not is_section and not block.text:
                gone.add(id(block))
    return [block for block in kept if id(block) not in gone]


def _shapes(blocks: list[Block]) -> dict[int, tuple[list[int], bool]]:
    """The children of every place as they were, and whether they counted one by one."""
    result = {0: ([id(block) for block in blocks], markers.counts_up(blocks))}
    for block in (one for top in blocks for one in top.walk()):
        ids = [id(child) for child in block.children]
        result[id(block)] = (ids, markers.counts_up(block.children))
    return result


def _renumber(blocks: list[Block], shapes: dict[int, tuple[list[int], bool]]) -> None:
    families = [(0, blocks)]
    families += [(id(one), one.children) for top in blocks for one in top.walk()]
    for key, family in families:
        before, counted = shapes.get(key, ([], False))
        if counted and [id(block) for block in family] != before:
            markers.renumber(family)
    markers.write(blocks)


def _plain(text: str) -> str:
    return re.sub(r"[\s.;,:/]+", " ", text).strip().casefold()


def _same(first: str, second: str) -> bool:
    return _plain(without_end(first)) == _plain(without_end(second))
