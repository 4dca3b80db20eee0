"""What the indicators add up to in a span: by month, cumulative, beside the year before."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field

from reports import counting_once
from reports.models import Indicator
from reports.spans import Span
from reports.statistics.asked import (
    BEFORE,
    OF_YEAR,
    OFFICIAL,
    SPAN,
    WINDOWS,
    ask,
    indicators,
    months_of,
    newest_by_window,
    summed,
)
from reports.statistics.families import Family, families
from reports.statistics.scope import Scope
from reports.statistics.successions import Follows, Newest, still_counted


@dataclass(frozen=True, slots=True)
class Amount:
    """A number, None where nobody gave one: null is not zero. A share has ``of`` as well.

    ``report_count`` reports gave a number, ``some_count`` of them one above zero.
    """

    value: int | None = None
    of: int | None = None
    report_count: int = 0
    some_count: int = 0
    is_share: bool = False

    @property
    def percent(self) -> float | None:
        """Of a share, from the sums; None where the whole is zero: there is no such figure."""
        if not self.is_share or self.value is None or not self.of:
            return None
        return 100 * self.value / self.of

    @property
    def is_known(self) -> bool:
        return self.percent is not None if self.is_share else self.value is not None


def _added(rows: Sequence[Amount], *, is_share: bool) -> Amount:
    if len(rows) < 2:
        return rows[0] if rows else Amount(is_share=is_share)
    return Amount(
        sum(one.value or 0 for one in rows),
        sum(one.of or 0 for one in rows) if is_share else None,
        sum(one.report_count for one in rows),
        sum(one.some_count for one in rows),
        is_share,
    )


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the report: a family of indicators over the span."""

    family: Family
    by_month: tuple[Amount, ...]
    total: Amount
    of_year: Amount
    before: Amount
    before_by_month: tuple[Amount, ...]
    target: int | None = None

    @property
    def indicator(self) -> Indicator:
        return self.family.head

    @property
    def code(self) -> str:
        return self.indicator.code

    def amount(self, window: str) -> Amount:
        """``window`` is one of :data:`WINDOWS`, or a month as "2026-03"."""
        return {SPAN: self.total, OF_YEAR: self.of_year, BEFORE: self.before}[window]


@dataclass(slots=True)
class _Sums:
    """By indicator and month, of those that are added up."""

    rows: dict[tuple[int, dt.date], Amount] = field(default_factory=dict)

    def over(self, family: Family, months: Iterable[dt.date]) -> Amount:
        keys = [(one.pk, month) for month in months for one in family.members]
        found = [row for key in keys if (row := self.rows.get(key)) is not None]
        return _added(found, is_share=family.head.roll_up == Indicator.RollUp.SHARE)


def lines(scope: Scope, span: Span, *, statuses: Collection[str] = OFFICIAL) -> list[Line]:
    """Every indicator of ``span``; four queries.

    ``sum`` adds up, a share is recomputed from its sums, ``last`` takes the newest number of
    each unit (of those that go on: what was merged counts in its successor) and adds these.
    """
    known = indicators(scope, span)
    sums = _sums(scope, span, statuses, known)
    newest, follows = newest_by_window(scope, span, statuses)
    made = []
    months, months_before = months_of(span, SPAN), months_of(span, BEFORE)
    in_span = set(months)
    counted = {pk for pk, month in sums.rows if month in in_span}
    for family in families(known, span, counted):
        total, of_year, before = (
            _over_window(family, window, span, sums, newest, follows) for window in WINDOWS
        )
        made.append(
            Line(
                family,
                tuple(sums.over(family, [month]) for month in months),
                total,
                of_year,
                before,
                tuple(sums.over(family, [month]) for month in months_before),
                family.head.year_target if scope.is_whole else None,  # type: ignore[attr-defined]
            )
        )
    return made


def _sums(scope: Scope, span: Span, statuses: Collection[str], known: Iterable[Indicator]) -> _Sums:
    shares = {one.pk for one in known if one.roll_up == Indicator.RollUp.SHARE}
    months = [*span.of_year, *span.year_before.months]
    again: Counter[tuple[dt.date, int]] = Counter()
    for (_, month, indicator), count in repeats_of(scope, months, statuses).items():
        again[month, indicator] += count
    found = _Sums()
    for pk, month, *amounts in ask(summed, scope, span, statuses):
        total, reports, some, of, part, with_whole, some_with_whole = amounts
        if pk not in shares:
            found.rows[pk, month] = Amount(total - again[month, pk], None, reports, some)
        elif with_whole:
            found.rows[pk, month] = Amount(part, of, with_whole, some_with_whole, is_share=True)
    return found


def repeats_of(
    scope: Scope, months: Iterable[dt.date], statuses: Collection[str]
) -> Counter[tuple[int, dt.date, int]]:
    """(unit, month, indicator) -> what other reports of ``scope`` have told of the same events."""
    units = None if scope.is_whole else scope.units("report__unit__")
    found: Counter[tuple[int, dt.date, int]] = Counter()
    for one in counting_once.repeats(scope.ward, months, statuses=statuses, units=units):
        found[one.unit, one.month, one.indicator] += one.count
    return found


def _over_window(
    family: Family,
    window: str,
    span: Span,
    sums: _Sums,
    newest: dict[str, list[Newest]],
    follows: Follows,
) -> Amount:
    if family.head.roll_up != Indicator.RollUp.LAST:
        return sums.over(family, months_of(span, window))
    rows = still_counted(newest[window], family, follows)
    if not rows:
        return Amount()
    values = [row[3] for row in rows]
    return Amount(sum(values), None, len(values), sum(value > 0 for value in values))
