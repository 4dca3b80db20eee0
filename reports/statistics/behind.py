"""Behind a figure: the reports that give it, one by one."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass

from reports.models import Indicator, IndicatorValue
from reports.spans import Span
from reports.statistics.asked import (
    OFFICIAL,
    counted_values,
    months_of,
    newest_values,
    successors,
)
from reports.statistics.families import Family
from reports.statistics.periods import repeats_of
from reports.statistics.scope import Scope
from reports.statistics.successions import still_counted


@dataclass(frozen=True, slots=True)
class Source:
    """A number of a report that is in the figure. ``value`` has its report, unit and indicator.

    ``repeated`` of it is not added: other reports tell of the same events.
    """

    value: IndicatorValue
    repeated: int = 0

    @property
    def added(self) -> int:
        return (self.value.value or 0) - self.repeated

    @property
    def month(self) -> dt.date:
        return self.value.month


def sources(
    scope: Scope,
    span: Span,
    family: Family,
    window: str,
    *,
    statuses: Collection[str] = OFFICIAL,
) -> list[Source]:
    """What the figure of ``family`` adds up in ``window``, by unit and month; two queries,
    three where events are told twice.

    ``window`` is one of :data:`reports.statistics.WINDOWS` or a month of the span as "2026-03".
    """
    months = _months(span, window)
    if family.head.roll_up == Indicator.RollUp.LAST:
        rows = newest_values(scope, months, statuses)
    else:
        rows = counted_values(scope, months, statuses)
    values = list(
        rows.filter(indicator__in=[one.pk for one in family.members])
        .select_related("report__submitted_by", "unit", "indicator")
        .order_by("unit__position", "unit__sort_key", "unit", "month")
    )
    if family.head.roll_up == Indicator.RollUp.LAST:
        kept = {
            row[:3]
            for row in still_counted(
                [(one.indicator_id, one.unit_id, one.month, one.value or 0) for one in values],
                family,
                successors(scope),
            )
        }
        values = [one for one in values if (one.indicator_id, one.unit_id, one.month) in kept]
        return [Source(one) for one in values]
    again = repeats_of(scope, months, statuses)
    return [Source(one, again[one.unit_id, one.month, one.indicator_id]) for one in values]


def _months(span: Span, window: str) -> list[dt.date]:
    by_slug = {f"{month:%Y-%m}": month for month in span.months}
    return [by_slug[window]] if window in by_slug else months_of(span, window)
