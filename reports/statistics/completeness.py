"""How much of what was owed in a span is in the figures: "41/43, 02 đơn vị chưa gửi: …"."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass, field
from operator import itemgetter
from typing import Any

from django.db.models import BooleanField, Case, Q, QuerySet, Value, When

from core.text import last_day
from reports.models import ON_TIME, Extension, MonthlyReport, Status
from reports.spans import Span
from reports.statistics.asked import OFFICIAL, ask
from reports.statistics.rates import Share
from reports.statistics.scope import Scope
from units.models import ReportingDuty

# (unit, month, status, is it zero, is it in time)
Row = tuple[int, dt.date, str, bool, bool]


@dataclass(slots=True)
class UnitShare:
    """One unit: the months that it owes (not exempt), and how the report of each stands."""

    pk: int
    name: str
    owed: list[dt.date] = field(default_factory=list)
    counted: list[dt.date] = field(default_factory=list)
    waiting: list[dt.date] = field(default_factory=list)  # handed in, not counted yet

    @property
    def lacking(self) -> list[dt.date]:
        """Neither in the figures nor waiting."""
        there = {*self.counted, *self.waiting}
        return [month for month in self.owed if month not in there]

    @property
    def is_whole(self) -> bool:
        return len(self.counted) == len(self.owed)


@dataclass(frozen=True, slots=True)
class Completeness:
    """The units that owe a report in any month of the span, in official order."""

    span: Span
    units: tuple[UnitShare, ...]
    on_time_count: int
    late_count: int
    zero_count: int

    @property
    def whole(self) -> Share:
        """Units with everything that they owe in the figures."""
        return Share(sum(one.is_whole for one in self.units), len(self.units))

    @property
    def reports(self) -> Share:
        """Monthly reports in the figures, of those owed."""
        return Share(
            sum(len(one.counted) for one in self.units), sum(len(one.owed) for one in self.units)
        )

    @property
    def on_time(self) -> Share:
        return Share(self.on_time_count, self.reports.of)

    @property
    def lacking(self) -> list[UnitShare]:
        return [one for one in self.units if one.lacking]

    @property
    def waiting(self) -> list[UnitShare]:
        """Handed in, but not all accepted, and nothing lacking besides."""
        return [one for one in self.units if one.waiting and not one.lacking]


def completeness(
    scope: Scope,
    span: Span,
    *,
    statuses: Collection[str] = OFFICIAL,
    until: dt.date | None = None,
) -> Completeness:
    """Of ``span``, by the duties of each month; two queries.

    ``until`` is the last month that is asked for already, where the span goes on after it.
    A unit that was merged in the middle owes the months before, its successor those since.
    """
    months = [month for month in span.months if until is None or month <= until]
    rows, exempt = _reports(scope, span)
    units = _owing(scope, span, months, exempt)
    tally = {"on_time": 0, "late": 0, "zero": 0}
    for unit_pk, month, status, is_zero, on_time in rows:
        unit = units.get(unit_pk)
        if unit is None or month not in unit.owed:
            continue
        if status in statuses:
            unit.counted.append(month)
            tally["on_time" if on_time else "late"] += 1
            tally["zero"] += is_zero
        elif status == Status.SUBMITTED:
            unit.waiting.append(month)
    return Completeness(span, tuple(units.values()), tally["on_time"], tally["late"], tally["zero"])


def _owing(
    scope: Scope, span: Span, months: list[dt.date], exempt: set[tuple[int, dt.date]]
) -> dict[int, UnitShare]:
    """Unit's key -> what it owes."""
    owed: dict[int, set[dt.date]] = defaultdict(set)
    names: dict[int, str] = {}
    for pk, name, starts_on, ends_on in ask(_duties, scope, span):
        names[pk] = name
        owed[pk] |= {
            month
            for month in months
            if starts_on <= last_day(month)
            and (ends_on is None or ends_on > month)
            and (pk, month) not in exempt
        }
    return {pk: UnitShare(pk, name, sorted(owed[pk])) for pk, name in names.items() if owed[pk]}


def _duties(scope: Scope, span: Span, statuses: Collection[str]) -> QuerySet[Any, Any]:
    """Those that touch the span, in the order of their units."""
    return (
        ReportingDuty.objects.filter(
            scope.units("unit__"),
            Q(ends_on__isnull=True) | Q(ends_on__gt=span.start),
            starts_on__lte=last_day(span.last_month),
        )
        .order_by("unit__position", "unit__sort_key", "unit")
        .values_list("unit", "unit__name", "starts_on", "ends_on")
    )


def _reports(scope: Scope, span: Span) -> tuple[list[Row], set[tuple[int, dt.date]]]:
    """The reports of the span, and the months from which a unit is exempt; one query."""
    rows, exempt = [], set()
    for row in ask(_states, scope, span):
        if row[2] == Extension.Kind.EXEMPT:
            exempt.add((row[0], row[1]))
        else:
            rows.append(row)
    return sorted(rows, key=itemgetter(1)), exempt


def _states(scope: Scope, span: Span, statuses: Collection[str]) -> QuerySet[Any, Any]:
    """The reports of the span, and behind them who is exempt from a month; the same five columns."""
    no, months = Value(False, output_field=BooleanField()), (span.start, span.last_month)
    reports = (
        MonthlyReport.objects.filter(scope.rows(), month__range=months)
        .annotate(is_on_time=Case(When(ON_TIME, then=Value(True)), default=no))
        .order_by()
        .values_list("unit", "month", "status", "is_zero", "is_on_time")
    )
    granted = (
        Extension.objects.filter(
            scope.units("unit__"), month__range=months, kind=Extension.Kind.EXEMPT
        )
        .annotate(is_zero=no, is_on_time=no)
        .order_by()
        .values_list("unit", "month", "kind", "is_zero", "is_on_time")
    )
    return reports.union(granted, all=True)
