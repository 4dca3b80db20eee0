"""Task tables on the pages of a PDF: columns found by the gaps that run down all lines."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from core.text import fold
from plans.reader import tables
from plans.reader.flat import NUMBER
from plans.reader.lines import is_heading
from plans.reader.markers import ROMAN, marker
from plans.reader.normalise import squeeze

HEAD = re.compile(r"^\s*(?:stt|tt|so tt)\b.*\S\s{2,}\S")
GAP = re.compile(r"\S {2,}\S")
FOOT = re.compile(r"^\W*(?:nơi nhận|T/M|TM\.|K/T|KT\.|T/L|TL\.|trên đây là)", re.I)
GROUP = re.compile(r"^(?:[IVX]{1,4}|[A-HĐ])\.?$")
MIN_COLUMNS = 3
MAX_LINES = 2_000
CROSSED = 0.06  # of the lines may run over a gap between two columns
MAX_ABOVE = 3


@dataclass(frozen=True, slots=True)
class Found:
    """Lines ``start`` to ``end`` as rows of cells, the column headings first."""

    start: int
    end: int
    rows: tuple[tuple[str, ...], ...]


def find(lines: Sequence[str]) -> Found | None:
    """The first table among ``lines``; None where there is none."""
    for at, line in enumerate(lines):
        if GAP.search(line) and HEAD.match(_flat(line)):
            found = _read(lines, at)
            if found:
                return found
    return None


def _flat(line: str) -> str:
    """Folded, its gaps kept."""
    return "  ".join(fold(part) for part in re.split(r" {2,}", line.strip()))


def _read(lines: Sequence[str], at: int) -> Found | None:
    start = _first_line(lines, at)
    end = _last_line(lines, at)
    block = [line for n, line in enumerate(lines[start:end]) if line.strip() or n == at - start]
    above = sum(not line.strip() for line in lines[start:at])
    cuts = _cuts(block, lines[at])
    if len(cuts) + 1 < MIN_COLUMNS:
        return None
    grid = [_cells(line, cuts) for line in block]
    number_line = at - start - above
    starts = _records(grid, number_line, _content_column(grid, number_line))
    if not starts:
        return None
    head = _joined(grid[: starts[0]])
    rows = [_joined(grid[a:b]) for a, b in zip(starts, [*starts[1:], len(grid)], strict=True)]
    if not tables.is_header(head):
        return None
    return Found(start, end, (head, *(row for row in rows if row != head)))


def _first_line(lines: Sequence[str], at: int) -> int:
    """Headings of several lines may begin above the line that says STT."""
    start = at
    while (
        start
        and at - start < MAX_ABOVE
        and lines[start - 1].strip()
        and not marker(squeeze(lines[start - 1]))
        and len(lines[start - 1]) - len(lines[start - 1].lstrip()) > 3
        and not lines[start - 1].rstrip().endswith((".", ";", ":"))
        and not is_heading(squeeze(lines[start - 1]))
    ):
        start -= 1
    return start


def _last_line(lines: Sequence[str], at: int) -> int:
    end = at + 1
    while end < min(len(lines), at + MAX_LINES):
        text = squeeze(lines[end])
        found = marker(text)
        if is_heading(text) or FOOT.match(text) or (found and found.rank <= ROMAN):
            break
        end += 1
    while end > at + 1 and not lines[end - 1].strip():
        end -= 1
    return end


def _cuts(block: list[str], head: str) -> list[int]:
    """Where columns part: gaps of two characters that (nearly) no line runs over."""
    width = max(map(len, block))
    count = [0] * (width + 1)
    for line in block:
        for at, sign in enumerate(line):
            if sign != " " or _is_word_gap(line, at):
                count[at] += 1
    limit = CROSSED * sum(bool(line.strip()) for line in block)
    cuts, at = [], len(head) - len(head.lstrip())
    while at < width:
        run = at
        while run < width and count[run] <= limit:
            run += 1
        if run - at >= 2 and run < width:
            cuts.append(run)
        at = max(run, at + 1)
    return cuts


def _is_word_gap(line: str, at: int) -> bool:
    """A single space between two words of a cell."""
    return 0 < at < len(line) - 1 and line[at - 1] != " " and line[at + 1] != " "


def _cells(line: str, cuts: list[int]) -> list[str]:
    edges = [0, *cuts, max(len(line), cuts[-1])]
    return [squeeze(line[a:b]) for a, b in pairwise(edges)]


def _content_column(grid: list[list[str]], head: int) -> int:
    return tables.column_kinds(_joined(grid[: head + 1])).get("content", 1)


def _records(grid: list[list[str]], head: int, content: int) -> list[int]:
    """The first line of each record, told by its number in the first column."""
    numbers: list[int] = []
    wanted = 1
    for at in range(head + 1, len(grid)):
        found = NUMBER.match(grid[at][0])
        if (found and int(found[1]) == wanted) or GROUP.match(grid[at][0]):
            wanted += found is not None
            numbers.append(at)
    if all(_opens(grid[at][content]) for at in numbers):
        return numbers
    return _centred(grid, numbers, content, head + 1)


def _centred(grid: list[list[str]], numbers: list[int], content: int, top: int) -> list[int]:
    """Numbers in the middle of their rows: as many lines stand above each as below it."""
    result: list[int] = []
    end = len(grid)
    for place in range(len(numbers) - 1, -1, -1):
        at = numbers[place]
        least = numbers[place - 1] + 1 if place else top
        exact = at - (end - 1 - at)
        near = [n for n in (exact, exact - 1, exact + 1) if least <= n <= at]
        end = next((n for n in near if _opens(grid[n][content])), max(least, min(exact, at)))
        result.append(end)
    return result[::-1]


def _opens(text: str) -> bool:
    return text[:1].isupper() or text[:1].isdigit()


def _joined(rows: list[list[str]]) -> tuple[str, ...]:
    return tuple(" ".join(filter(None, column)) for column in zip(*rows, strict=True))
