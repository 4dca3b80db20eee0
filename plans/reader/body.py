"""The text of a plan as a tree of numbered places, and its sections."""

import re
from dataclasses import dataclass, field

from plans.reader import tables
from plans.reader.lines import ENDS, Line, is_heading
from plans.reader.markers import DASH, DECIMAL, PART, ROMAN, UPPER, Marker, marker
from plans.reader.normalise import is_rule
from plans.reader.quotes import without_end
from plans.reader.words import CLOSING, role_of

TOP = -1
PLAIN = 99
MAX_SPLIT_HEADING = 90
MAX_HEADING = 160


@dataclass(slots=True)
class Place:
    """A node while the tree grows: a section, an item, a paragraph or a table row."""

    rank: int
    numeral: str
    text: str
    line: Line
    is_section: bool = False
    role: str = "other"
    is_misread: bool = False
    row: tables.TableRow | None = None
    children: list["Place"] = field(default_factory=list)

    @property
    def is_open(self) -> bool:
        """Whether unmarked text below belongs to it: a heading, or a sentence ending in ":"."""
        return (
            self.is_section
            or (
                self.rank < DASH
                and not self.text.endswith((".", ";", "!", "?"))
                and len(self.text) < MAX_HEADING
            )
            or self.text.endswith(":")
        )

    def texts(self) -> list[str]:
        """Its own text and those below it, in order."""
        if self.row and self.row.is_group:
            return []
        own = [self.row.content] if self.row else [self.text]
        return [text for text in own if text] + [
            t for child in self.children for t in child.texts()
        ]


def top_rank(lines: list[Line]) -> int | None:
    """The rank of the markers that open sections; None where only bare headings do, or nothing."""
    found = [m for line in lines if line.cells is None and (m := marker(line.text))]
    if any(m.rank == PART for m in found):
        return PART
    letters = [m.numeral for m in found if m.rank == UPPER]
    if letters[:2] == ["A", "B"]:
        return UPPER
    romans = [m for m in found if m.rank == ROMAN]
    if romans and (romans[0].numeral == "I" or len(romans) > 1):
        return ROMAN
    if any(
        line.cells is None and is_heading(line.text) and not marker(line.text) for line in lines
    ):
        return None
    decimals = [m for m in found if m.rank == DECIMAL]
    roles = [role_of(m.text) for m in decimals if len(m.text) < MAX_HEADING]
    if any(role in ("implementation", "purpose") for role in roles) and len(decimals) > 1:
        return DECIMAL
    return None


def first_section(lines: list[Line]) -> int:
    """The first line of the body; ``len(lines)`` where no section begins."""
    rank = top_rank(lines)
    for at, line in enumerate(lines):
        if line.cells is not None or opens_section(line, rank):
            return at
    if rank is None:
        return next((i for i, line in enumerate(lines) if marker(line.text)), len(lines))
    return len(lines)


def opens_section(line: Line, rank: int | None) -> bool:
    if line.cells is not None:
        return False
    found = marker(line.text)
    if found:
        return found.rank == rank
    return is_heading(line.text) and len(line.text) < MAX_HEADING


def split_closing(lines: list[Line]) -> tuple[list[Line], list[Line]]:
    """The unnumbered paragraphs that close the text, apart from the last item."""
    cut = len(lines)
    while cut and lines[cut - 1].cells is None and not marker(lines[cut - 1].text):
        if is_heading(lines[cut - 1].text):
            break
        cut -= 1
    for at in range(cut, len(lines)):
        if CLOSING.match(lines[at].text):
            return lines[:at], lines[at:]
    last = lines[-1] if lines else None
    if last and cut < len(lines) and last.text.endswith("./.") and cut > 0:
        above = lines[len(lines) - 2]
        if above.cells is not None or above.text.endswith(ENDS):
            return lines[:-1], lines[-1:]
    return lines, []


def grow(lines: list[Line]) -> list[Place]:
    """The top-level places of the body, in order."""
    rank = top_rank(lines)
    root = Place(TOP, "", "", Line("", 0, 0), is_section=True)
    stack = [root]
    kinds: dict[int, dict[str, int]] = {}
    for line in lines:
        if line.cells is not None:
            _add_row(stack, line, kinds)
        elif not is_rule(line.text):
            _add(stack, line, rank)
    return root.children


def _add(stack: list[Place], line: Line, rank: int | None) -> None:
    found = marker(line.text)
    if opens_section(line, rank):
        _add_section(stack, line, found)
        return
    if found is None:
        while len(stack) > 1 and not stack[-1].is_open:
            stack.pop()
        place = Place(PLAIN, "", line.text, line, role=stack[-1].role)
        stack[-1].children.append(place)
        return
    while stack[-1].rank >= found.rank and not stack[-1].is_section:
        stack.pop()
    place = Place(
        found.rank,
        found.numeral,
        found.text,
        line,
        role=stack[-1].role,
        is_misread=found.is_misread,
    )
    stack[-1].children.append(place)
    stack.append(place)


def _add_section(stack: list[Place], line: Line, found: Marker | None) -> None:
    numeral = re.sub(r"^phần\s+(?:thứ\s+)?", "", found.numeral, flags=re.I) if found else ""
    heading, rest = _split_heading(found.text if found else line.text)
    section = Place(
        TOP, numeral, without_end(heading), line, is_section=True, role=role_of(heading),
        is_misread=bool(found and found.is_misread),
    )  # fmt: skip
    del stack[1:]
    stack[0].children.append(section)
    stack.append(section)
    if rest:
        section.children.append(Place(PLAIN, "", rest, line, role=section.role))


def _split_heading(text: str) -> tuple[str, str]:
    """(heading, text that follows it on the same line)."""
    match = re.match(rf"^(.{{3,{MAX_SPLIT_HEADING}}}?)(?::|\.)\s+(?=\S)", text)
    if match and (role_of(match[1]) != "other" or match[1].upper() == match[1]):
        return match[1], text[match.end() :].strip()
    return text, ""


def _add_row(stack: list[Place], line: Line, kinds: dict[int, dict[str, int]]) -> None:
    """A table row stands directly below the section or the open item that introduces the table."""
    cells = line.cells or ()
    table = line.table if line.table is not None else -1
    if table not in kinds:
        kinds[table] = tables.column_kinds(cells) if tables.is_header(cells) else {}
        if kinds[table]:
            return
    row = tables.record(cells, kinds[table]) if kinds[table] else _loose(cells)
    if not row.content or row.content.strip("()0123456789 .") == "":
        return
    while len(stack) > 1 and not stack[-1].is_open:
        stack.pop()
    stack[-1].children.append(Place(PLAIN, "", row.content, line, role=stack[-1].role, row=row))


def _loose(cells: tuple[str, ...]) -> tables.TableRow:
    text = " ".join(" ".join(cell.split()) for cell in cells if cell.strip())
    return tables.TableRow(text, "", "", "", "")


def items(section: Place) -> list[tuple[str, int]]:
    """(text, source paragraph) of each place of the first level below the heading."""
    result = []
    for child in section.children:
        text = " ".join(child.texts()).strip()
        if text:
            result.append((text, child.line.first))
    return result
