"""The figures of the reports: one definition each, used by page, Word and Excel alike.

On screens figures take what is handed in or accepted now; ``statuses`` narrows that for official
documents, which take accepted reports alone.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from statistics import median
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Sum

from reports.definitions import (
    EXCUSED,
    EXEMPT,
    LATE,
    MISSING,
    ON_TIME,
    OWING,
    RATES,
    RECEIVED,
    TOTAL,
    ZERO,
    Figure,
)
from reports.models import HANDED_IN, Extension, Indicator, IndicatorValue, MonthlyReport
from units.models import ReportingDuty, Unit

__all__ = [
    "EXCUSED",
    "EXEMPT",
    "LATE",
    "MISSING",
    "ON_TIME",
    "OWING",
    "RATES",
    "RECEIVED",
    "TOTAL",
    "ZERO",
    "Figure",
    "Punctuality",
    "Share",
    "Total",
    "duties",
    "exempt",
    "missing",
    "owing",
    "punctuality",
    "totals",
    "totals_beside",
]


MEDIAN = Figure(
    "median",
    "Mức giữa của phường",
    "Xếp số của các đơn vị trong phường theo thứ tự, mức giữa là số đứng chính giữa: một nửa số "
    "đơn vị có số lớn hơn hoặc bằng, một nửa có số nhỏ hơn hoặc bằng. Đơn vị để trống không tính.",
)


@dataclass(frozen=True, slots=True)
class Share:
    """So many of so many."""

    count: int
    of: int

    @property
    def percent(self) -> float | None:
        """From 0 to 100; None where there is nothing to count from."""
        return 100 * self.count / self.of if self.of else None

    @property
    def rest(self) -> int:
        return self.of - self.count


@dataclass(frozen=True, slots=True)
class Punctuality:
    """The figures of a month; the shares divide by :data:`OWING`, ``exempt`` stands beside."""

    received: Share
    on_time: Share
    late: Share
    zero: Share
    excused: Share
    exempt: int = 0

    @property
    def owing(self) -> int:
        return self.received.of

    @property
    def missing(self) -> int:
        """:data:`MISSING`."""
        return self.received.rest

    @property
    def sent_back(self) -> int:
        """Of the missing, those that were handed in once and are returned now."""
        return self.on_time.count + self.late.count - self.received.count


@dataclass(frozen=True, slots=True)
class Total:
    """One indicator over all units: None where no unit gave a number."""

    indicator: Indicator
    value: int | None
    denominator: int | None
    unit_count: int

    @property
    def percent(self) -> float | None:
        """Of a share alone: recomputed from the sums."""
        if self.indicator.roll_up != Indicator.RollUp.SHARE or not self.denominator:
            return None
        return 100 * (self.value or 0) / self.denominator


def owing(ward: Unit, month: dt.date) -> QuerySet[Unit]:
    """:data:`OWING`, the denominator: a reporting duty in ``month``, and not exempt from it."""
    return _with_duty(ward, month).filter(~_granted(month, Extension.Kind.EXEMPT)).in_order()


def exempt(ward: Unit, month: dt.date) -> QuerySet[Unit]:
    """The units of :data:`EXEMPT`."""
    return _with_duty(ward, month).filter(_granted(month, Extension.Kind.EXEMPT)).in_order()


def punctuality(ward: Unit, month: dt.date) -> Punctuality:
    """The figures of :data:`RATES` of a month; one query."""
    here = MonthlyReport.objects.filter(unit=OuterRef("pk"), month=month)
    owed = ~_granted(month, Extension.Kind.EXEMPT)
    first = here.filter(first_submitted_at__isnull=False)

    def count(*conditions: Any) -> Count:
        return Count("pk", filter=Q(owed, *conditions))

    counted = (
        _with_duty(ward, month)
        .order_by()
        .aggregate(
            all=Count("pk"),
            units=count(),
            received=count(Exists(here.handed_in())),
            on_time=count(Exists(here.on_time())),
            handed_in_ever=count(Exists(first)),
            zero=count(Exists(here.handed_in().filter(is_zero=True))),
            excused=count(_granted(month, Extension.Kind.EXCUSED)),
        )
    )
    units = counted["units"]
    return Punctuality(
        received=Share(counted["received"], units),
        on_time=Share(counted["on_time"], units),
        late=Share(counted["handed_in_ever"] - counted["on_time"], units),
        zero=Share(counted["zero"], units),
        excused=Share(counted["excused"], units),
        exempt=counted["all"] - units,
    )


def _with_duty(ward: Unit, month: dt.date) -> Any:
    return Unit.objects.under(ward).owing(month)


def _granted(month: dt.date, kind: str) -> Exists:
    return Exists(Extension.objects.filter(unit=OuterRef("pk"), month=month, kind=kind))


def missing(ward: Unit, month: dt.date) -> QuerySet[Unit]:
    """The units that owe the report of ``month`` and have none handed in now."""
    received = MonthlyReport.objects.filter(month=month).handed_in()
    return owing(ward, month).exclude(pk__in=received.values("unit"))


def totals(
    ward: Unit,
    months: Iterable[dt.date],
    *,
    statuses: Collection[str] = HANDED_IN,
) -> list[Total]:
    """:data:`TOTAL` of each indicator in force in the newest of ``months``; two queries.

    A ``last`` indicator takes the newest value of each unit within ``months``.
    """
    months = sorted(months)
    rows = _values(ward, months, statuses)
    counted = {row["indicator"]: row for row in _summed(rows, "indicator")}
    return [
        _total(indicator, counted.get(indicator.pk))
        for indicator in Indicator.objects.in_force(ward, months[-1])
    ]


def totals_beside(ward: Unit, month: dt.date, other: dt.date) -> list[tuple[Total, Total]]:
    """:data:`TOTAL` of ``month`` and of ``other``, each month for itself, of each indicator in
    force in ``month``; two queries.
    """
    rows = IndicatorValue.objects.filter(
        ward=ward,
        month__in=[month, other],
        value__isnull=False,
        report__status__in=list(HANDED_IN),
    )
    counted = {(row["month"], row["indicator"]): row for row in _summed(rows, "month", "indicator")}
    return [
        (
            _total(indicator, counted.get((month, indicator.pk))),
            _total(indicator, counted.get((other, indicator.pk))),
        )
        for indicator in Indicator.objects.in_force(ward, month)
    ]


def _summed(rows: QuerySet[IndicatorValue], *by: str) -> Any:
    return (
        rows.values(*by)
        .annotate(
            total=Sum("value"),
            total_denominator=Sum("denominator"),
            units=Count("unit", distinct=True),
        )
        .order_by()
    )


def _total(indicator: Indicator, row: dict[str, Any] | None) -> Total:
    if row is None:
        return Total(indicator, None, None, 0)
    return Total(indicator, row["total"], row["total_denominator"], row["units"])


def _values(
    ward: Unit, months: list[dt.date], statuses: Collection[str]
) -> QuerySet[IndicatorValue]:
    """The values that a total adds up: all of them, or the newest of each unit."""
    rows = IndicatorValue.objects.filter(
        ward=ward, month__in=months, value__isnull=False, report__status__in=list(statuses)
    )
    newer = IndicatorValue.objects.filter(
        unit=OuterRef("unit"),
        indicator=OuterRef("indicator"),
        month__in=months,
        month__gt=OuterRef("month"),
        value__isnull=False,
        report__status__in=list(statuses),
    )
    return rows.filter(~Q(indicator__roll_up=Indicator.RollUp.LAST) | ~Exists(newer))


def medians(
    ward: Unit, months: Collection[dt.date], indicators: Collection[Indicator]
) -> dict[tuple[int, dt.date], float]:
    """:data:`MEDIAN` of each indicator (by key) and month that any unit of ``ward`` gave; one query."""
    given: defaultdict[tuple[int, dt.date], list[int]] = defaultdict(list)
    rows = IndicatorValue.objects.filter(
        ward=ward,
        month__in=list(months),
        indicator__in=list(indicators),
        value__isnull=False,
        report__status__in=HANDED_IN,
    ).order_by()
    for indicator, month, value in rows.values_list("indicator", "month", "value"):
        if value is not None:
            given[indicator, month].append(value)
    return {key: median(values) for key, values in given.items()}


def duties(ward: Unit, first: dt.date, last: dt.date) -> QuerySet[ReportingDuty]:
    """The duties that touch the months from ``first`` to ``last`` (first days)."""
    return ReportingDuty.objects.filter(
        Q(ends_on__isnull=True) | Q(ends_on__gt=first),
        unit__path__startswith=ward.path,
        starts_on__lt=(last.replace(day=28) + dt.timedelta(days=4)).replace(day=1),
    )
