"""The numbers behind the figures of a span, as they are asked of the database.

What is asked of a ward or a unit is built once a process for each span: building the SQL takes
several times what the database does.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection, Iterable
from functools import lru_cache
from typing import Any

from django.db.models import Count, F, OuterRef, Q, QuerySet, Subquery, Sum, Value, Window
from django.db.models.fields import CharField, IntegerField
from django.db.models.functions import RowNumber

from core.statements import Given, Question, Row, columns, row_of
from core.text import last_day
from reports.models import Indicator, IndicatorTarget, IndicatorValue, Status
from reports.spans import Span
from reports.statistics.scope import Scope
from reports.statistics.successions import Follows, Newest, gone_on
from units.models import UnitSuccession

OFFICIAL = (Status.ACCEPTED,)
SPAN, OF_YEAR, BEFORE = "ky", "luy-ke", "cung-ky"
WINDOWS = (SPAN, OF_YEAR, BEFORE)
Build = Callable[[Scope, Span, Collection[str]], "QuerySet[Any, Row]"]


def months_of(span: Span, window: str) -> list[dt.date]:
    return {
        SPAN: span.months,
        OF_YEAR: span.of_year,
        BEFORE: span.year_before.months,
    }[window]


def indicators(scope: Scope, span: Span) -> list[Indicator]:
    """All of the ward, each with ``year_target``, what is wanted of it in the year."""
    found = []
    for *values, target in _INDICATORS.ask(ward=scope.ward.pk, year=span.start.year):
        one = row_of(Indicator, values)
        one.year_target = target  # type: ignore[attr-defined]
        found.append(one)
    return found


def _with_target() -> QuerySet:
    target = IndicatorTarget.objects.filter(
        indicator=OuterRef("pk"), year=Given("year", IntegerField())
    )
    return Indicator.objects.filter(owner=Given("ward")).values_list(
        *columns(Indicator), Subquery(target.values("value")[:1])
    )


_INDICATORS = Question(_with_target)


def ask(build: Build, scope: Scope, span: Span, statuses: Collection[str] = OFFICIAL) -> list[Row]:
    """The rows of ``build(scope, span, statuses)``; the members of a group change, so that its SQL
    is built anew.
    """
    if scope.group is not None:
        return list(build(scope, span, statuses))
    # By their paths as well: a test's database gives the key of a unit twice.
    paths = scope.ward.path, scope.root.path if scope.root else ""
    return _question(build, scope, paths, span, tuple(statuses)).ask()


@lru_cache(maxsize=256)
def _question(
    build: Build, scope: Scope, paths: tuple[str, str], span: Span, statuses: tuple[str, ...]
) -> Question:
    return Question(lambda: build(scope, span, statuses))


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


def summed(scope: Scope, span: Span, statuses: Collection[str]) -> QuerySet[Any, Row]:
    """Of each indicator and month: both, then sum, reports and those above zero; behind them the
    whole, and the same three of what has a whole, which are those of a share.

    Ward and month of the report are said too: of a city's reports only those are joined then.
    """
    months = [*span.of_year, *span.year_before.months]
    has_whole = Q(denominator__gt=0)
    return (
        IndicatorValue.objects.filter(
            scope.rows(),
            month__in=months,
            value__isnull=False,
            report__ward=scope.ward,
            report__month__in=months,
            report__status__in=list(statuses),
        )
        .order_by()
        .values_list("indicator", "month")
        .annotate(
            total=Sum("value"),
            reports=Count("pk"),
            some=Count("pk", filter=Q(value__gt=0)),
            of=Sum("denominator"),
            part=Sum("value", filter=has_whole),
            with_whole=Count("pk", filter=has_whole),
            some_with_whole=Count("pk", filter=has_whole & Q(value__gt=0)),
        )
    )


def newest_values(
    scope: Scope, months: list[dt.date], statuses: Collection[str]
) -> QuerySet[IndicatorValue]:
    """Of each ``last`` indicator the newest number of each unit within ``months``."""
    place = Window(
        RowNumber(), partition_by=[F("unit"), F("indicator")], order_by=F("month").desc()
    )
    rows = counted_values(scope, months, statuses).filter(indicator__roll_up=Indicator.RollUp.LAST)
    return rows.annotate(place=place).filter(place=1)


def _windows(span: Span) -> list[str]:
    """Where the span begins with the year, it is the year so far."""
    return [window for window in WINDOWS if window != OF_YEAR or span.months != span.of_year]


def _newest(scope: Scope, span: Span, statuses: Collection[str]) -> QuerySet[Any, Row]:
    """By window, and behind them which units went on in whose place; the same five columns."""
    asked = [
        newest_values(scope, months_of(span, window), statuses)
        .annotate(window=Value(window, output_field=CharField()))
        .values_list("window", "indicator", "unit", "month", "value")
        for window in _windows(span)
    ]
    return asked[0].union(*asked[1:], _succession_rows(scope), all=True)


def newest_by_window(
    scope: Scope, span: Span, statuses: Collection[str]
) -> tuple[dict[str, list[Newest]], Follows]:
    """By window, and which units went on in whose place; one query for all of it."""
    found: dict[str, list[Newest]] = {window: [] for window in _windows(span)}
    pairs = []
    for window, first, second, day, value in ask(_newest, scope, span, statuses):
        if window in found:
            found[window].append((first, second, day, value or 0))
        else:
            pairs.append((first, second, day))
    found.setdefault(OF_YEAR, found[SPAN])
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


def went_on(scope: Scope, span: Span) -> list[tuple[dt.date, str, str]]:
    """Who reports in whose place since a day of ``span``: day, the new ones, the old ones; one
    query.
    """
    rows = (
        UnitSuccession.objects.filter(
            scope.units("from_unit__"), on__range=(span.start, last_day(span.last_month))
        )
        .order_by("on", "to_unit__position", "to_unit__sort_key", "to_unit", "from_unit__sort_key")
        .values_list("on", "to_unit__name", "from_unit__name")
    )
    merged: dict[tuple[dt.date, str], list[str]] = {}
    for day, new, old in rows:
        merged.setdefault((day, new), []).append(old)
    split: dict[tuple[dt.date, str], list[str]] = {}
    for (day, new), olds in merged.items():
        split.setdefault((day, ", ".join(olds)), []).append(new)
    return [(day, ", ".join(news), olds) for (day, olds), news in split.items()]
