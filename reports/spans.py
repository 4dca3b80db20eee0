"""The stretches of time that the ward reports on: a month, a quarter, half a year, a year."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass

from django.db import models

from core.text import format_date

FIRST_YEAR, LAST_YEAR = 2000, 2099
ROMAN = ("I", "II", "III", "IV")
SLUG = re.compile(r"(?P<year>20\d\d)(?:-(?:q(?P<quarter>[1-4])|h(?P<half>[12])|(?P<month>\d\d)))?")


class SpanKind(models.TextChoices):
    MONTH = "month", "tháng"
    QUARTER = "quarter", "quý"
    HALF = "half", "06 tháng"
    YEAR = "year", "năm"


LENGTHS = {SpanKind.MONTH: 1, SpanKind.QUARTER: 3, SpanKind.HALF: 6, SpanKind.YEAR: 12}


@dataclass(frozen=True, slots=True)
class Span:
    """``start`` is the first day of its first month; a quarter begins where quarters begin."""

    kind: SpanKind
    start: dt.date

    def __post_init__(self) -> None:
        if self.start.day != 1 or (self.start.month - 1) % LENGTHS[self.kind]:
            raise ValueError(f"{self.start} begins no {self.kind}")

    @classmethod
    def holding(cls, kind: SpanKind, month: dt.date) -> Span:
        """The span of ``kind`` in which ``month`` lies."""
        length = LENGTHS[kind]
        return cls(kind, dt.date(month.year, (month.month - 1) // length * length + 1, 1))

    @classmethod
    def parse(cls, slug: str) -> Span:
        """ "2026-03", "2026-q1", "2026-h2", "2026" as :attr:`slug` writes them.

        Raises ``ValueError`` for anything else.
        """
        found = SLUG.fullmatch(slug)
        if found is None:
            raise ValueError(slug)
        year = int(found["year"])
        if found["quarter"]:
            return cls(SpanKind.QUARTER, dt.date(year, int(found["quarter"]) * 3 - 2, 1))
        if found["half"]:
            return cls(SpanKind.HALF, dt.date(year, int(found["half"]) * 6 - 5, 1))
        if found["month"]:
            return cls(SpanKind.MONTH, dt.date(year, int(found["month"]), 1))
        return cls(SpanKind.YEAR, dt.date(year, 1, 1))

    @property
    def months(self) -> list[dt.date]:
        first = self.start.month
        return [
            dt.date(self.start.year, month, 1) for month in range(first, first + LENGTHS[self.kind])
        ]

    @property
    def last_month(self) -> dt.date:
        return self.months[-1]

    @property
    def of_year(self) -> list[dt.date]:
        """The months from January to its last: what "lũy kế" adds up."""
        year = self.start.year
        return [dt.date(year, month, 1) for month in range(1, self.last_month.month + 1)]

    @property
    def year_before(self) -> Span:
        return Span(self.kind, self.start.replace(year=self.start.year - 1))

    @property
    def following(self) -> Span:
        length = LENGTHS[self.kind]
        after = self.start.month - 1 + length
        return Span(self.kind, dt.date(self.start.year + after // 12, after % 12 + 1, 1))

    @property
    def number(self) -> int:
        """Which of its kind in the year, from 1."""
        return (self.start.month - 1) // LENGTHS[self.kind] + 1

    @property
    def slug(self) -> str:
        year, number = self.start.year, self.number
        tails = {
            SpanKind.MONTH: f"-{number:02}",
            SpanKind.QUARTER: f"-q{number}",
            SpanKind.HALF: f"-h{number}",
        }
        return f"{year}{tails.get(self.kind, '')}"

    @property
    def name(self) -> str:
        """Without its year: "quý I", "tháng 3", "06 tháng đầu năm"; "" for a year."""
        if self.kind == SpanKind.MONTH:
            return f"tháng {self.number}"
        if self.kind == SpanKind.QUARTER:
            return f"quý {ROMAN[self.number - 1]}"
        if self.kind == SpanKind.HALF:
            return f"06 tháng {'đầu' if self.number == 1 else 'cuối'} năm"
        return ""

    @property
    def words(self) -> str:
        """ "quý I năm 2026", "tháng 3 năm 2026", "06 tháng đầu năm 2026", "năm 2026"."""
        if self.kind == SpanKind.HALF:
            return f"{self.name} {self.start.year}"
        return f"{self.name} năm {self.start.year}".strip()

    def __str__(self) -> str:
        return self.words


def month_heading(month: dt.date) -> str:
    return f"Tháng {month.month}"


def window_words(first: dt.date, last: dt.date) -> str:
    """ "số liệu từ ngày 20/12/2025 đến ngày 19/3/2026"."""
    return f"số liệu từ ngày {format_date(first)} đến ngày {format_date(last)}"
