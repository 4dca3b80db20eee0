"""Which line is the header, and which column means what: by meaning, not by place."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from core.imports.cells import Line, Table
from core.text import fold

LOOKED_AT = 30  # lines from the top in which a header is sought
LONGEST_TITLE = 60  # characters; a sentence above the table is no title of a column


@dataclass(frozen=True)
class Meanings:
    """What columns can mean: patterns over folded titles, the first that fits wins.

    A pattern of ``None`` keeps a title from meaning anything. ``needed`` makes a line a header;
    a title with the words of ``preferred`` stands before one without them.
    """

    patterns: tuple[tuple[str | None, re.Pattern[str]], ...]
    needed: str
    preferred: Mapping[str, str] = field(default_factory=dict)

    def of(self, title: str) -> str | None:
        key = fold(title)
        if not key or len(key) > LONGEST_TITLE:
            return None
        return next((meaning for meaning, pattern in self.patterns if pattern.search(key)), None)

    def columns(self, titles: tuple[str, ...]) -> dict[str, int]:
        """The first column of each meaning; a preferred one before any other."""
        found: dict[str, int] = {}
        for column, title in enumerate(titles):
            meaning = self.of(title)
            if meaning is None:
                continue
            held, words = found.get(meaning), self.preferred.get(meaning)
            is_better = words and words in fold(title)
            if held is None or (is_better and words not in fold(titles[held])):  # type: ignore[operator]
                found[meaning] = column
        return found


@dataclass(frozen=True, slots=True)
class Header:
    """The titles by column, what each means, and the lines of data below."""

    titles: tuple[str, ...]
    columns: dict[str, int]
    lines: tuple[Line, ...]


def best_header(table: Table, meanings: Meanings) -> Header | None:
    """The line, or the two lines, that name the most; None where no line is a header."""
    best: tuple[int, Header] | None = None
    for index, line in enumerate(table.lines[:LOOKED_AT]):
        one = tuple(cell.text for cell in line.cells)
        below = table.lines[index + 1] if index + 1 < len(table.lines) else None
        candidates = [(one, index + 1)]
        if below is not None and below.number == line.number + 1:
            candidates.append((_two_lines(line, below), index + 2))
        for titles, start in candidates:
            columns = meanings.columns(titles)
            score = len(columns)
            if meanings.needed in columns and score > 1 and (best is None or score > best[0]):
                best = (score, Header(titles, columns, table.lines[start:]))
    return best[1] if best else None


def chosen(
    header: Header, wanted: Mapping[str, str], meanings: Iterable[str], *, needed: str
) -> dict[str, int]:
    """The columns as somebody chose them on the page; those found where nothing was chosen."""
    columns = dict(header.columns)
    for meaning in meanings:
        text = wanted.get(f"cot-{meaning}", "")
        if text == "khong" and meaning != needed:
            columns.pop(meaning, None)
        elif text.isascii() and text.isdigit() and int(text[:4]) < len(header.titles):
            columns[meaning] = int(text[:4])
    return columns


def _two_lines(upper: Line, lower: Line) -> tuple[str, ...]:
    """“Bí thư” over “Họ và tên” and “SĐT”: a merged cell has its text in the first one alone."""
    titles, above = [], ""
    for column in range(max(len(upper.cells), len(lower.cells))):
        over, under = upper.text(column), lower.text(column)
        above = over or (above if under else "")
        titles.append(f"{above} {under}".strip())
    return tuple(titles)
