"""What the indicators add up to in a span: by month, cumulative, beside the year before."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count, F, OuterRef, Q, QuerySet, Subquery, Sum, Value, Window
from django.db.models.fields import CharField, IntegerField
from django.db.models.functions import RowNumber

from reports import counting_once
from reports.models import Indicator, IndicatorTarget, IndicatorValue, Status
from reports.spans import Span
from reports.statistics.families import Family, families
from reports.statistics.scope import Scope
from reports.statistics.successions import Follows, Newest, gone_on, still_counted
from units.models import UnitSuccession

OFFICIAL = (Status.ACCEPTED,)
SPAN, OF_YEAR, BEFORE = "ky", "luy-ke", "cung-ky"
WINDOWS = (SPAN, OF_YEAR, BEFORE)


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

    def plus(self, other: Amount) -> Amount:
        if other.value is None:
            return self
        if self.value is None:
            return other
        return Amount(
            self.value + other.value,
            (self.of or 0) + (other.of or 0) if self.is_share else None,
            self.report_count + other.report_count,
            self.some_count + other.some_count,
            self.is_share,
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
        is_share = family.head.roll_up == Indicator.RollUp.SHARE
        total = Amount(is_share=is_share)
        for month in months:
            for one in family.members:
                total = total.plus(self.rows.get((one.pk, month), Amount(is_share=is_share)))
        return total


def lines(scope: Scope, span: Span, *, statuses: Collection[str] = OFFICIAL) -> list[Line]:
    """Every indicator of ``span``; four queries.

    ``sum`` adds up, a share is recomputed from its sums, ``last`` takes the newest number of
    each unit (of those that go on: what was merged counts in its successor) and adds these.
    """
    known = list(_indicators(scope, span))
    sums = _sums(scope, span, statuses)
    newest, follows = _newest_by_window(scope, span, statuses)
    counted = {pk for pk, month in sums.rows if month in set(span.months)}
    made = []
    for family in families(known, span, counted):
        total, of_year, before = (
            _over_window(family, window, span, sums, newest, follows) for window in WINDOWS
        )
        made.append(
            Line(
                family,
                tuple(sums.over(family, [month]) for month in span.months),
                total,
                of_year,
                before,
                tuple(sums.over(family, [month]) for month in span.year_before.months),
                family.head.year_target if scope.is_whole else None,  # type: ignore[attr-defined]
            )
        )
    return made


def _indicators(scope: Scope, span: Span) -> QuerySet[Indicator]:
    """All of the ward, each with ``year_target``, what is wanted of it in the year."""
    target = IndicatorTarget.objects.filter(indicator=OuterRef("pk"), year=span.start.year)
    return Indicator.objects.filter(owner=scope.ward).annotate(
        year_target=Subquery(target.values("value")[:1])
    )


def months_of(span: Span, window: str) -> list[dt.date]:
    return {
        SPAN: span.months,
        OF_YEAR: span.of_year,
        BEFORE: span.year_before.months,
    }[window]


def counted_values(
    scope: Scope, months: Iterable[dt.date], statuses: Collection[str]
) -> QuerySet[IndicatorValue]:
    """The numbers that count at all: given, in a report that counts; a share with its whole."""
    return IndicatorValue.objects.filter(
        scope.rows(),
        ~Q(indicator__roll_up=Indicator.RollUp.SHARE) | Q(denominator__gt=0),
        month__in=list(months),
        value__isnull=False,
        report__status__in=list(statuses),
    ).order_by()


def _sums(scope: Scope, span: Span, statuses: Collection[str]) -> _Sums:
    months = [*span.of_year, *span.year_before.months]
    rows = (
        counted_values(scope, months, statuses)
        .values_list("indicator", "month", "indicator__roll_up")
        .annotate(
            total=Sum("value"),
            of=Sum("denominator"),
            reports=Count("pk"),
            some=Count("pk", filter=Q(value__gt=0)),
        )
    )
    again: Counter[tuple[dt.date, int]] = Counter()
    for (_, month, indicator), count in repeats_of(scope, months, statuses).items():
        again[month, indicator] += count
    return _Sums(
        {
            (pk, month): Amount(
                total - again[month, pk], of, reports, some, roll_up == Indicator.RollUp.SHARE
            )
            for pk, month, roll_up, total, of, reports, some in rows
        }
    )


def repeats_of(
    scope: Scope, months: Iterable[dt.date], statuses: Collection[str]
) -> Counter[tuple[int, dt.date, int]]:
    """(unit, month, indicator) -> what other reports of ``scope`` have told of the same events."""
    units = None if scope.is_whole else scope.units("report__unit__")
    found: Counter[tuple[int, dt.date, int]] = Counter()
    for one in counting_once.repeats(scope.ward, months, statuses=statuses, units=units):
        found[one.unit, one.month, one.indicator] += one.count
    return found


def newest_values(
    scope: Scope, months: list[dt.date], statuses: Collection[str]
) -> QuerySet[IndicatorValue]:
    """Of each ``last`` indicator the newest number of each unit within ``months``."""
    place = Window(
        RowNumber(), partition_by=[F("unit"), F("indicator")], order_by=F("month").desc()
    )
    rows = counted_values(scope, months, statuses).filter(indicator__roll_up=Indicator.RollUp.LAST)
    return rows.annotate(place=place).filter(place=1)


def _newest_by_window(
    scope: Scope, span: Span, statuses: Collection[str]
) -> tuple[dict[str, list[Newest]], Follows]:
    """By window, and which units went on in whose place; one query for all of it."""
    windows = [window for window in WINDOWS if window != OF_YEAR or span.months != span.of_year]
    asked = [
        newest_values(scope, months_of(span, window), statuses)
        .annotate(window=Value(window, output_field=CharField()))
        .values_list("window", "indicator", "unit", "month", "value")
        for window in windows
    ]
    rows: Any = asked[0].union(*asked[1:], _succession_rows(scope), all=True)
    found: dict[str, list[Newest]] = {window: [] for window in windows}
    pairs = []
    for window, first, second, day, value in rows:
        if window in found:
            found[window].append((first, second, day, value or 0))
        else:
            pairs.append((first, second, day))
    found.setdefault(OF_YEAR, found[SPAN])  # the same months: the span begins with the year
    return found, gone_on(pairs)


def _succession_rows(scope: Scope) -> Any:
    """In the shape of the numbers beside them."""
    return (
        UnitSuccession.objects.filter(from_unit__path__startswith=scope.ward.path)
        .annotate(
            window=Value("", output_field=CharField()),
            value=Value(0, output_field=IntegerField()),
        )
        .values_list("window", "from_unit", "to_unit", "on", "value")
    )


def successors(scope: Scope) -> Follows:
    """Unit's key -> the units that went on in its place, and in theirs; one query."""
    return gone_on([(old, new, day) for _, old, new, day, _ in _succession_rows(scope)])


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
