"""What the ward did this quarter, in plain words, for the first page of the residents.

From accepted reports alone, of the ward as a whole. Nothing that could point at a few: no quarter
that fewer than five units told of, and no number below five.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.utils import timezone

from core.text import Count, first_of_month, previous_month
from reports.models import MonthlyReport
from reports.sentences import phrase
from reports.spans import Span, SpanKind
from reports.statistics import OFFICIAL, Scope, lines
from units.models import Unit

FEWEST = 5  # units that told, and what is told
LONGEST = 6  # sentences


@dataclass(frozen=True)
class Quarter:
    name: str
    unit_count: int
    sentences: list[str]


def quarter(ward: Unit) -> Quarter | None:
    """The newest quarter of this one and the last that can be told of; None where neither can."""
    span = Span.holding(SpanKind.QUARTER, first_of_month(timezone.localdate()))
    before = Span.holding(SpanKind.QUARTER, previous_month(span.start))
    told = _units_that_told(ward, [*before.months, *span.months])
    for one in (span, before):
        units = {unit for unit, month in told if month in one.months}
        sentences = _sentences(ward, one) if len(units) >= FEWEST else []
        if sentences:
            return Quarter(f"{one.name}/{one.start.year}", len(units), sentences)
    return None


def _units_that_told(ward: Unit, months: list[dt.date]) -> set[tuple[int, dt.date]]:
    rows = MonthlyReport.objects.filter(ward=ward, month__in=months, status__in=OFFICIAL)
    return set(rows.values_list("unit_id", "month"))


def _sentences(ward: Unit, span: Span) -> list[str]:
    sentences = []
    for line in lines(Scope(ward), span, statuses=OFFICIAL):
        value = line.total.value
        if line.total.is_share or value is None or value < FEWEST:
            continue
        words = phrase(line.indicator, Count(value))
        if sentences and words[:1].isdigit():  # "3.127 lượt người dự" goes on from what was done
            sentences[-1] += f", {words}"
        else:
            sentences.append(words[:1].upper() + words[1:])
    return sentences[:LONGEST]
