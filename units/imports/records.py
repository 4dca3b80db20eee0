"""The rows of a table that speak of units, each with the people below it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from core.imports import Header, Line
from core.text import fold
from units.imports.columns import Meaning
from units.imports.kinds import kind_of
from units.models import Unit

_SUM = re.compile(r"^(?:tong cong|tong so|tong|cong)\s*[:.]?\s*\d*$")
_NUMBERING = re.compile(r"^\(?\d{0,3}\)?$")
_SECTION = re.compile(r"^(?:[ivxlc]+|[a-z])[.)]?$")


@dataclass(frozen=True, slots=True)
class Record:
    """A unit of the table with its people; ``lines`` are the rows that speak of it."""

    number: int
    line: Line
    unit: str
    people_text: str
    phone_text: str


def records(header: Header, columns: Mapping[str, int]) -> Iterator[Record]:
    """The units of the table; a row without a unit goes on with the people of the one above."""
    current: Record | None = None
    for line in header.lines:
        unit = line.text(columns[Meaning.UNIT])
        people = line.text(columns.get(Meaning.PERSON))
        phone = line.text(columns.get(Meaning.PHONE))
        if _is_no_data(line, unit, header):
            continue
        if not unit and not line.cell(columns[Meaning.UNIT]).error:
            if current is not None and (people or phone):
                current = Record(
                    current.number,
                    current.line,
                    current.unit,
                    f"{current.people_text}\n{people}".strip(),
                    f"{current.phone_text}\n{phone}".strip(),
                )
            continue
        if current is not None:
            yield current
        current = Record(line.number, line, unit, people, phone)
    if current is not None:
        yield current


def _is_no_data(line: Line, unit: str, header: Header) -> bool:
    """A sum, the numbers (1) (2) (3) below a header, the header again, the title of a section."""
    texts = [cell.text for cell in line.cells if cell.text]
    if not texts:
        return not any(cell.error for cell in line.cells)
    if _SUM.match(fold(texts[0])) or _SUM.match(fold(unit)):
        return True
    if all(_NUMBERING.match(text) for text in texts):
        return True
    if unit and fold(unit) in {fold(title) for title in header.titles if title}:
        return True
    if texts == [unit] and kind_of(unit) == Unit.Kind.OTHER:
        return True
    return len(texts) <= 2 and bool(_SECTION.match(fold(texts[0]))) and len(texts[0]) < 6
