"""How many reports are missing, without loading them: for counts that link."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, NamedTuple

from django.db.models import DateField, Exists, F, OuterRef, Q, QuerySet, Value

from core.text import last_day
from reports.models import HANDED_IN, Extension, MonthlyReport, Status
from units.models import ReportingDuty, Unit


@dataclass(frozen=True, slots=True)
class Lacking:
    """``by_month`` is :data:`reports.statistics.MISSING`; ``given_longer`` of those in the newest
    month have a later due day of their own, and a reminder leaves them out after the common one.
    """

    by_month: dict[dt.date, int]
    given_longer: int


def lacking(ward: Unit, months: list[dt.date], today: dt.date) -> Lacking:
    """What is missing in ``months``, the oldest first; one query for all of them.

    The rows are put together here: asked as one condition a month, writing the statement took
    longer than the database does. A test holds it equal to :func:`is_missing`.
    """
    newest = months[-1]
    owed: dict[dt.date, set[int]] = {month: set() for month in months}
    freed: dict[dt.date, set[int]] = {month: set() for month in months}
    longer, returned = set(), set()
    for row in _rows(ward, months):
        if row.what == _DUTY:
            for month in months:
                if row.begins <= last_day(month) and (row.ends is None or row.ends > month):
                    owed[month].add(row.unit)
        elif row.word in (Extension.Kind.EXEMPT, *HANDED_IN):
            freed[row.begins].add(row.unit)
        elif row.begins == newest and row.word == Status.RETURNED:
            returned.add(row.unit)
        elif row.begins == newest and row.ends and row.ends >= today:
            longer.add(row.unit)
    missing = {month: owed[month] - freed[month] for month in months}
    by_month = {month: len(units) for month, units in missing.items()}
    return Lacking(by_month, len(missing[newest] & longer - returned))


class _Row(NamedTuple):
    """A duty with its days, or a report or an extension with its month; ``ends`` may be a due day."""

    what: int
    unit: int
    begins: dt.date
    ends: dt.date | None
    word: str


_DUTY, _REPORT, _EXTENSION = range(3)


def _rows(ward: Unit, months: list[dt.date]) -> Iterator[_Row]:
    here = {"unit__in": Unit.objects.under(ward).order_by()}
    duties = ReportingDuty.objects.filter(
        Q(ends_on=None) | Q(ends_on__gt=months[0]), starts_on__lte=last_day(months[-1]), **here
    )
    reports = MonthlyReport.objects.filter(
        month__in=months, status__in=(*HANDED_IN, Status.RETURNED), **here
    )
    granted = Extension.objects.filter(month__in=months, **here)
    no_day = Value(None, output_field=DateField())
    selects = [
        _select(duties, _DUTY, "starts_on", F("ends_on"), Value("")),
        _select(reports, _REPORT, "month", no_day, F("status")),
        _select(granted, _EXTENSION, "month", F("due_on"), F("kind")),
    ]
    return map(_Row._make, selects[0].union(*selects[1:], all=True))


def _select(rows: QuerySet[Any], what: int, begins: str, ends: Any, word: Any) -> QuerySet[Any]:
    return (
        rows.order_by()
        .annotate(what=Value(what), begins=F(begins), ends=ends, word=word)
        .values_list("what", "unit_id", "begins", "ends", "word")
    )


def is_missing(month: dt.date) -> Q:
    """Units with a duty in ``month``, not exempt from it, and nothing handed in now."""
    here = {"unit": OuterRef("pk")}
    duties = ReportingDuty.objects.in_month(month).filter(**here)
    received = MonthlyReport.objects.filter(month=month, **here).handed_in()
    exempt = Extension.objects.filter(month=month, kind=Extension.Kind.EXEMPT, **here)
    return Q(Exists(duties), ~Exists(received), ~Exists(exempt))
