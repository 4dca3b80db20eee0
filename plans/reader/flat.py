"""A task table that lost its cells: every cell a line of its own, below its column headings."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from core.text import fold
from plans.reader import deadlines, tables
from plans.reader.lines import is_heading
from plans.reader.markers import ROMAN, marker
from plans.reader.words import ORGAN_START, UNIT_START

NUMBER_COLUMN = re.compile(r"^(?:stt|tt|so tt)\.?$")
NUMBER = re.compile(r"^0?(\d{1,3})\.?$")
MIN_COLUMNS, MAX_COLUMNS = 3, 9
MAX_HEADING = 60
MAX_RECORD = 40
ANY_YEAR = 2000


@dataclass(frozen=True, slots=True)
class Flat:
    """Lines ``start`` to ``end`` are a table; the first row is its column headings."""

    start: int
    end: int
    rows: tuple[tuple[str, ...], ...]
    firsts: tuple[int, ...]
    doubtful: frozenset[int] = frozenset()


def find(texts: Sequence[str]) -> list[Flat]:
    """The tables among ``texts``, in order."""
    result: list[Flat] = []
    at = 0
    while at < len(texts):
        found = _table(texts, at) if NUMBER_COLUMN.match(fold(texts[at][:20])) else None
        if found:
            result.append(found)
        at = found.end if found else at + 1
    return result


def _table(texts: Sequence[str], start: int) -> Flat | None:
    heads = [texts[start]]
    at = start + 1
    while at < len(texts) and len(heads) < MAX_COLUMNS and len(texts[at]) <= MAX_HEADING:
        if NUMBER.match(texts[at]) or marker(texts[at]):
            break
        heads.append(texts[at])
        at += 1
    first = NUMBER.match(texts[at]) if at < len(texts) else None
    if not first or int(first[1]) != 1 or len(heads) < MIN_COLUMNS or not tables.is_header(heads):
        return None
    rows, firsts, doubtful = [tuple(heads)], [start], set()
    number = 1
    while at < len(texts) and _is_number(texts[at], number):
        end = _record_end(texts, at, number, len(heads))
        cells = list(texts[at:end])
        if len(cells) != len(heads):
            doubtful.add(len(rows))
            cells = _placed(heads, cells)
        rows.append(tuple(cells))
        firsts.append(at)
        at, number = end, number + 1
    return Flat(start, at, tuple(rows), tuple(firsts), frozenset(doubtful))


def _is_number(text: str, number: int) -> bool:
    found = NUMBER.match(text)
    return bool(found) and int(found[1]) == number if found else False


def _record_end(texts: Sequence[str], at: int, number: int, width: int) -> int:
    """Behind the record: at the next number, else after as many lines as there are columns."""
    for end in range(at + 1, min(len(texts), at + MAX_RECORD)):
        if _is_number(texts[end], number + 1):
            return end
        if _opens_text(texts[end]):
            return end
    return min(len(texts), at + width)


def _opens_text(text: str) -> bool:
    found = marker(text)
    return is_heading(text) or bool(found and found.rank <= ROMAN)


def _placed(heads: list[str], cells: list[str]) -> list[str]:
    """More or fewer lines than columns: each line to the column that it looks like."""
    kinds = tables.column_kinds(heads)
    result = [""] * len(heads)
    result[0] = cells[0]
    for text in cells[1:]:
        due = deadlines.in_column(text, ANY_YEAR)
        if "due" in kinds and due and due[0].is_known:
            kind = "due"
        elif ORGAN_START.match(text) or UNIT_START.match(text):
            unit = kinds.get("unit")
            kind = "cooperating" if unit is not None and result[unit] else "unit"
        else:
            content = kinds.get("content")
            has_unit = result[kinds["unit"]] if "unit" in kinds else ""
            kind = "deliverable" if content is not None and has_unit else "content"
        index = kinds.get(kind, kinds.get("content", 1))
        result[index] = f"{result[index]} {text}".strip()
    return result
