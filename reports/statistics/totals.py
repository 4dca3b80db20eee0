"""What the indicators add up to in a month or in a few, and the middle of the units."""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from statistics import median
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Sum

from reports import counting_once
from reports.models import HANDED_IN, Indicator, IndicatorValue
from reports.statistics.asked import successors
from reports.statistics.scope import Scope
from reports.statistics.successions import replaced
from units.models import Unit


@dataclass(frozen=True, slots=True)
class Total:
    """One indicator over all units: None where no unit gave a number.

    ``repeated`` was taken off, as other reports tell of the same events.
    """

    indicator: Indicator
    value: int | None
    denominator: int | None
    unit_count: int
    repeated: int = 0

    @property
    def percent(self) -> float | None:
        """Of a share alone: recomputed from the sums."""
        if not self.indicator.is_share or not self.denominator:
            return None
        return 100 * (self.value or 0) / self.denominator


def totals(
    ward: Unit,
    months: Iterable[dt.date],
    *,
    statuses: Collection[str] = HANDED_IN,
) -> list[Total]:
    """:data:`TOTAL` of each indicator in force in the newest of ``months``; three queries, of
    several months one or two more.

    A ``last`` indicator takes the newest value of each unit within ``months``, and none of a unit
    that went on in another which gave one since.
    """
    months = sorted(months)
    rows = _values(ward, months, statuses)
    if len(months) > 1:
        rows = rows.exclude(pk__in=_replaced(ward, rows))
    counted = {row["indicator"]: row for row in _summed(rows, "indicator")}
    again = Counter[int]()
    for repeat in counting_once.repeats(ward, months, statuses=statuses):
        again[repeat.indicator] += repeat.count
    return [
        _total(indicator, counted.get(indicator.pk), again[indicator.pk])
        for indicator in Indicator.objects.in_force(ward, months[-1])
    ]


def totals_beside(ward: Unit, month: dt.date, other: dt.date) -> list[tuple[Total, Total]]:
    """:data:`TOTAL` of ``month`` and of ``other``, each month for itself, of each indicator in
    force in ``month``; three queries.
    """
    rows = IndicatorValue.objects.filter(
        ward=ward,
        month__in=[month, other],
        value__isnull=False,
        report__status__in=list(HANDED_IN),
    )
    counted = {(row["month"], row["indicator"]): row for row in _summed(rows, "month", "indicator")}
    again = counting_once.by_indicator(counting_once.repeats(ward, [month, other]))

    def total(indicator: Indicator, of: dt.date) -> Total:
        return _total(indicator, counted.get((of, indicator.pk)), again[of, indicator.pk])

    return [
        (total(indicator, month), total(indicator, other))
        for indicator in Indicator.objects.in_force(ward, month)
    ]


def _summed(rows: QuerySet[IndicatorValue], *by: str) -> Any:
    return (
        rows.values(*by)
        .annotate(
            total=Sum("value"),
            # A share that has no whole, from before it was a share, says nothing of one.
            total_of_whole=Sum("value", filter=Q(denominator__isnull=False)),
            total_denominator=Sum("denominator"),
            units=Count("unit", distinct=True),
        )
        .order_by()
    )


def _total(indicator: Indicator, row: dict[str, Any] | None, repeated: int) -> Total:
    if row is None:
        return Total(indicator, None, None, 0)
    if indicator.is_share and row["total_denominator"]:
        return Total(indicator, row["total_of_whole"], row["total_denominator"], row["units"])
    value = row["total"] - repeated
    return Total(indicator, value, row["total_denominator"], row["units"], repeated)


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


def _replaced(ward: Unit, rows: QuerySet[IndicatorValue]) -> list[int]:
    """The keys of the newest values that a successor's stand for."""
    follows = successors(Scope(ward))
    if not follows:
        return []
    newest: defaultdict[int, dict[int, tuple[int, dt.date]]] = defaultdict(dict)
    last = rows.filter(indicator__roll_up=Indicator.RollUp.LAST).order_by()
    for pk, indicator, unit, month in last.values_list("pk", "indicator", "unit", "month"):
        newest[indicator][unit] = pk, month
    return [
        of_unit[unit][0]
        for of_unit in newest.values()
        for unit in replaced({unit: month for unit, (_, month) in of_unit.items()}, follows)
    ]


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
