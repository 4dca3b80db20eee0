"""What several reports tell of one event is added up once in the figures of the ward.

Of the reports that tell of an event the one with the most people counts, the earliest of those
with as many. The others tell it again: their mention, and the people in it, are taken off the
totals of the month that they report on. So months, quarters and years agree with each other, and
the figure of each unit stays as it was reported (docs/decisions/0015).
"""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Collection, Container, Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, NamedTuple

from django.db.models import OuterRef, Q, QuerySet, Subquery

from core.statements import Given, Question
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
    """One mention. ``value`` is what its report says of the indicator, ``people`` the indicator
    that counts those who came, ``people_value`` what it says of that; None where it says nothing.
    """

    event: int
    indicator: int
    pk: int
    attendance: int | None
    report: int
    unit: int
    month: dt.date
    value: int | None = None
    people: int | None = None
    people_value: int | None = None

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
    """What is to be taken off the totals of ``months`` (first days); one query.

    Which mention counts is decided over all months, so that the sums of parts agree with the
    whole. Never more than the report says of the indicator. ``units`` narrows the reports
    (``report__unit__…``) to those of a part of the ward, which counts once within itself.
    """
    return Told(ward, months, statuses=statuses, units=units).repeats()


class Told:
    """The events that reports of ``months`` tell of, read once for the totals of many parts; one
    query. What is asked is that of :func:`repeats`.
    """

    def __init__(
        self,
        ward: Unit,
        months: Iterable[dt.date],
        *,
        statuses: Collection[str] = HANDED_IN,
        units: Q | None = None,
    ) -> None:
        self._months = set(months)
        self._events = _mentions(ward, self._months, statuses, units)

    @property
    def units(self) -> set[int]:
        """The keys of the units whose reports tell of them, in whatever month."""
        return {one.unit for of in self._events for one in of}

    def repeats(self, inside: Container[int] | None = None) -> list[Repeat]:
        """What is to be taken off the totals of the units ``inside`` (keys); of all without."""
        count: Counter[tuple[int, int, dt.date, int]] = Counter()
        most: dict[tuple[int, int], int] = {}
        for one in self._again(inside):
            if one.month not in self._months:
                continue
            count[one.report, one.unit, one.month, one.indicator] += 1
            most[one.report, one.indicator] = one.value or 0
            if one.attendance and one.people is not None:
                count[one.report, one.unit, one.month, one.people] += one.attendance
                most[one.report, one.people] = one.people_value or 0
        return [
            Repeat(unit, month, indicator, min(number, most[report, indicator]))
            for (report, unit, month, indicator), number in count.items()
        ]

    def _again(self, inside: Container[int] | None) -> list[_Mention]:
        """All mentions ``inside`` but the one that counts there."""
        made: list[_Mention] = []
        for of in self._events:
            told = [one for one in of if inside is None or one.unit in inside]
            made += sorted(told, key=lambda one: one.rank)[1:]
        return made


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


def _mentions(
    ward: Unit, months: set[dt.date], statuses: Collection[str], units: Q | None
) -> list[list[_Mention]]:
    """The mentions of each event and indicator, of the events that reports of ``months`` tell of."""
    if units is None:
        question = _of_ward(tuple(sorted(months)), tuple(statuses))
        rows = question.ask(ward=ward.pk)
    else:
        rows = list(_told(Q(event__owner=ward), units, months, statuses))
    events: defaultdict[tuple[int, int], list[_Mention]] = defaultdict(list)
    for row in rows:
        one = _Mention(*row)
        events[one.event, one.indicator].append(one)
    return list(events.values())


@lru_cache(maxsize=64)
def _of_ward(months: tuple[dt.date, ...], statuses: tuple[str, ...]) -> Question:
    """Of a whole ward: building the SQL takes longer than the database does."""
    return Question(lambda: _told(Q(event__owner=Given("ward")), Q(), months, statuses))


def _told(
    owned: Q, units: Q, months: Collection[dt.date], statuses: Collection[str]
) -> QuerySet[Any]:
    """What :class:`_Mention` holds."""
    here = Activity.objects.filter(owned, report__month__in=months)
    rows = Activity.objects.filter(
        units,
        event__in=here.values("event"),
        report__status__in=list(statuses),
        indicator__roll_up=Indicator.RollUp.SUM,
    ).order_by()
    values = IndicatorValue.objects.filter(report=OuterRef("report"), value__isnull=False)
    # Of several that count the people of one thing, a report fills the last of its form.
    people = values.filter(
        indicator__attendance_of=OuterRef("indicator"),
        indicator__roll_up=Indicator.RollUp.SUM,
    ).order_by("indicator__is_core", "-indicator__position", "-indicator_id")
    return rows.annotate(
        own=Subquery(values.filter(indicator=OuterRef("indicator")).values("value")[:1]),
        people=Subquery(people.values("indicator")[:1]),
        people_value=Subquery(people.values("value")[:1]),
    ).values_list(
        "event",
        "indicator",
        "pk",
        "attendance",
        "report",
        "report__unit",
        "report__month",
        "own",
        "people",
        "people_value",
    )
