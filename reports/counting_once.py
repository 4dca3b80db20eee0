"""What several reports tell of one event is added up once in the figures of the ward.

Of the reports that tell of an event the one with the most people counts, the earliest of those
with as many. The others tell it again: their mention, and the people in it, are taken off the
totals of the month that they report on. So months, quarters and years agree with each other, and
the figure of each unit stays as it was reported (docs/decisions/0015).
"""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import NamedTuple

from django.db.models import Q

from reports.models import HANDED_IN, Activity, Indicator, IndicatorValue
from units.models import Unit


@dataclass(frozen=True, slots=True)
class Repeat:
    """What the report of ``unit`` for ``month`` adds to ``indicator`` that another one has told."""

    unit: int
    month: dt.date
    indicator: int
    count: int


class _Mention(NamedTuple):
    event: int
    indicator: int
    pk: int
    attendance: int | None
    report: int
    unit: int
    month: dt.date

    @property
    def rank(self) -> tuple[int, int, int]:
        """The smallest is the mention that counts."""
        people = -1 if self.attendance is None else self.attendance
        return (-people, self.month.toordinal(), self.pk)


def repeats(
    ward: Unit,
    months: Iterable[dt.date],
    *,
    statuses: Collection[str] = HANDED_IN,
    units: Q | None = None,
) -> list[Repeat]:
    """What is to be taken off the totals of ``months`` (first days); two queries, one without any.

    Which mention counts is decided over all months, so that the sums of parts agree with the
    whole. Never more than the report says of the indicator. ``units`` narrows the reports
    (``report__unit__…``) to those of a part of the ward, which counts once within itself.
    """
    months = set(months)
    told_again = [one for one in _told_again(ward, months, statuses, units) if one.month in months]
    if not told_again:
        return []
    values, people = _values({one.report for one in told_again})
    count: Counter[tuple[int, int, dt.date, int]] = Counter()
    for one in told_again:
        count[one.report, one.unit, one.month, one.indicator] += 1
        counts_people = people.get((one.report, one.indicator))
        if one.attendance and counts_people is not None:
            count[one.report, one.unit, one.month, counts_people] += one.attendance
    return [
        Repeat(unit, month, indicator, min(number, values.get((report, indicator), 0)))
        for (report, unit, month, indicator), number in count.items()
    ]


def by_indicator(rows: Iterable[Repeat]) -> Counter[tuple[dt.date, int]]:
    """(month, indicator) -> what to take off the total of the ward."""
    taken: Counter[tuple[dt.date, int]] = Counter()
    for row in rows:
        taken[row.month, row.indicator] += row.count
    return taken


def counted(mentions: Iterable[Activity]) -> set[int]:
    """The keys of those ``mentions`` (with their report, of reports that count) that are added up."""
    best: dict[tuple[int, int], _Mention] = {}
    for row in mentions:
        if row.event_id is None:
            continue
        one = _Mention(
            row.event_id,
            row.indicator_id,
            row.pk,
            row.attendance,
            row.report_id,
            row.report.unit_id,
            row.report.month,
        )
        key = one.event, one.indicator
        best[key] = min(best.get(key, one), one, key=lambda other: other.rank)
    return {one.pk for one in best.values()}


def _told_again(
    ward: Unit, months: set[dt.date], statuses: Collection[str], units: Q | None
) -> list[_Mention]:
    """All mentions but the one that counts, of the events that reports of ``months`` tell of."""
    here = Activity.objects.filter(event__owner=ward, report__month__in=months)
    rows = Activity.objects.filter(
        units or Q(),
        event__in=here.values("event"),
        report__status__in=list(statuses),
        indicator__roll_up=Indicator.RollUp.SUM,
    ).order_by()
    events: defaultdict[tuple[int, int], list[_Mention]] = defaultdict(list)
    for row in rows.values_list(
        "event", "indicator", "pk", "attendance", "report", "report__unit", "report__month"
    ):
        one = _Mention(*row)
        events[one.event, one.indicator].append(one)
    return [one for told in events.values() for one in sorted(told, key=lambda one: one.rank)[1:]]


def _values(
    reports: set[int],
) -> tuple[dict[tuple[int, int], int], dict[tuple[int, int], int]]:
    """By report and indicator: the number, and the indicator that counts its people."""
    values: dict[tuple[int, int], int] = {}
    people: dict[tuple[int, int], int] = {}
    rows = IndicatorValue.objects.filter(report__in=reports, value__isnull=False)
    for report, indicator, held, roll_up, value in rows.order_by(
        "-indicator__is_core", "indicator__position", "indicator"
    ).values_list("report", "indicator", "indicator__attendance_of", "indicator__roll_up", "value"):
        values[report, indicator] = value or 0
        if held is not None and roll_up == Indicator.RollUp.SUM:
            people[report, held] = indicator
    return values, people
