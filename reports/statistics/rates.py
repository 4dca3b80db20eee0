"""Who owes a report of a month, and who handed it in and when."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from reports.models import Extension, MonthlyReport
from units.models import ReportingDuty, Unit


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


def duties(ward: Unit, first: dt.date, last: dt.date) -> QuerySet[ReportingDuty]:
    """The duties that touch the months from ``first`` to ``last`` (first days)."""
    return ReportingDuty.objects.filter(
        Q(ends_on__isnull=True) | Q(ends_on__gt=first),
        unit__path__startswith=ward.path,
        starts_on__lt=(last.replace(day=28) + dt.timedelta(days=4)).replace(day=1),
    )
