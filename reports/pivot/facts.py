"""What the database gives for a selection: the least rows that the cells can be made of.

The conditions are those of :mod:`reports.statistics`: received is submitted or accepted now, an
unanswered value is none, the newest value of a unit stands for it where the indicator says so.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterator
from typing import Any, NamedTuple

from django.db.models import Count, Q, Sum

from reports import statistics
from reports.grid import owed
from reports.models import (
    HANDED_IN,
    Extension,
    Indicator,
    IndicatorValue,
    MonthlyReport,
    ReportContent,
)
from reports.pivot.selection import Dimension, Measure, Selection

Spans = dict[int, list[tuple[dt.date, dt.date | None]]]


class Fact(NamedTuple):
    """``unit`` and ``month`` are None where no axis asks for them; ``item`` is the key of the
    indicator or content. What ``first`` and ``second`` mean is the measure's business."""

    unit: int | None
    month: dt.date | None
    item: int | None
    first: int
    second: int = 0


def _spans(selection: Selection) -> Spans:
    """The reporting duties of each unit that touch the period; one query."""
    spans: Spans = defaultdict(list)
    duties = statistics.duties(selection.ward, selection.first, selection.last)
    for unit, starts_on, ends_on in duties.values_list("unit", "starts_on", "ends_on"):
        spans[unit].append((starts_on, ends_on))
    return spans


def facts(selection: Selection, units: Collection[int]) -> Iterator[Fact]:
    """The facts of ``units`` (all of them matter only where the selection is narrowed)."""
    made = {
        Measure.VALUE: _values,
        Measure.ON_TIME: _punctuality,
        Measure.RECEIVED: _received,
        Measure.COVERED: _covered,
    }[selection.measure]
    return made(selection, set(units))


def _values(selection: Selection, units: set[int]) -> Iterator[Fact]:
    """``first`` the value, ``second`` the denominator; two queries.

    A value that stands for its unit until the next one is needed with its unit and month.
    """
    chosen = {
        is_last: [one for one in selection.indicators if _is_last(one) == is_last]
        for is_last in (False, True)
    }
    rows = IndicatorValue.objects.filter(
        ward=selection.ward,
        month__gte=selection.first,
        month__lte=selection.last,
        value__isnull=False,
        report__status__in=HANDED_IN,
    ).order_by()
    if selection.is_narrowed:
        rows = rows.filter(unit__in=units)
    fields = _fields(selection)
    if chosen[False]:
        # A share that has no whole, from before it was a share, says nothing of one.
        counted = ~Q(indicator__roll_up=Indicator.RollUp.SHARE) | Q(denominator__gt=0)
        summed = rows.filter(counted, indicator__in=chosen[False]).values_list("indicator", *fields)
        for item, *keys, value, of in summed.annotate(Sum("value"), Sum("denominator")):
            unit, month = _unit_and_month(fields, keys)
            yield Fact(unit, month, item, value, of or 0)
    if chosen[True]:
        newest = rows.filter(indicator__in=chosen[True])
        for item, unit, month, value in newest.values_list("indicator", "unit", "month", "value"):
            yield Fact(unit, month, item, value or 0)


def _punctuality(selection: Selection, units: set[int]) -> Iterator[Fact]:
    """``first`` is 1 where the report came in time; one fact for each that is owed."""
    on_time = set(_reports(selection).on_time().values_list("unit", "month"))
    for unit, month in _owing(selection, units):
        yield Fact(unit, month, None, int((unit, month) in on_time), 1)


def _received(selection: Selection, units: set[int]) -> Iterator[Fact]:
    """``first`` is how many came; of those that are owed, as in :data:`statistics.RECEIVED`."""
    owing = set(_owing(selection, units))
    if not selection.uses(Dimension.CONTENT):
        received = set(_reports(selection).handed_in().values_list("unit", "month"))
        for unit, month in owing:
            yield Fact(unit, month, None, int((unit, month) in received))
        return
    rows = _contents(selection).values_list("report__unit", "report__month", "content_item")
    for unit, month, item, count in rows.annotate(Count("report")):
        if (unit, month) in owing:
            yield Fact(unit, month, item, count)


def _covered(selection: Selection, units: set[int]) -> Iterator[Fact]:
    """``item`` is the content, None for a report that may name none."""
    for unit, month in set(_reports(selection).handed_in().values_list("unit", "month")):
        if unit in units:
            yield Fact(unit, month, None, 0)
    rows = _contents(selection).values_list("report__unit", "report__month", "content_item")
    for unit, month, item in rows.distinct():
        if unit in units:
            yield Fact(unit, month, item, 0)


def _owing(
    selection: Selection, units: set[int]
) -> Iterator[tuple[int, dt.date]]:  # fmt: skip
    """:data:`statistics.OWING`, unit by unit."""
    granted = Extension.objects.filter(
        kind=Extension.Kind.EXEMPT,
        unit__path__startswith=selection.ward.path,
        month__gte=selection.first,
        month__lte=selection.last,
    )
    exempt = set(granted.values_list("unit", "month"))
    spans = _spans(selection)
    for month in selection.months:
        for unit, held in spans.items():
            if unit in units and (unit, month) not in exempt and owed(month, held):
                yield unit, month


def _reports(selection: Selection) -> Any:
    return MonthlyReport.objects.filter(
        ward=selection.ward, month__gte=selection.first, month__lte=selection.last
    ).order_by()


def _contents(selection: Selection) -> Any:
    return ReportContent.objects.filter(
        report__ward=selection.ward,
        report__month__gte=selection.first,
        report__month__lte=selection.last,
        report__status__in=HANDED_IN,
    ).order_by()


def _is_last(indicator: Indicator) -> bool:
    return indicator.roll_up == Indicator.RollUp.LAST


def _fields(selection: Selection) -> list[str]:
    return [
        name
        for name, is_asked in (("unit", selection.is_by_unit), ("month", selection.is_by_time))
        if is_asked
    ]


def _unit_and_month(fields: list[str], keys: list[Any]) -> tuple[int | None, dt.date | None]:
    found = dict(zip(fields, keys, strict=True))
    return found.get("unit"), found.get("month")
