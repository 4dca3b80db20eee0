"""How many reports are missing, without loading them: for counts that link."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.db.models import Count, Exists, OuterRef, Q

from reports.models import Extension, MonthlyReport, Status
from units.models import ReportingDuty, Unit


@dataclass(frozen=True, slots=True)
class Lacking:
    """``by_month`` is :data:`reports.statistics.MISSING`; ``given_longer`` of those in the newest
    month have a later due day of their own, and a reminder leaves them out after the common one.
    """

    by_month: dict[dt.date, int]
    given_longer: int


def lacking(ward: Unit, months: list[dt.date], today: dt.date) -> Lacking:
    """What is missing in ``months``, the oldest first; one query for all of them."""
    newest = months[-1]
    counts = {f"m{n}": Count("pk", filter=is_missing(month)) for n, month in enumerate(months)}
    here = {"unit": OuterRef("pk"), "month": newest}
    longer = Exists(Extension.objects.filter(due_on__gte=today, **here))
    returned = Exists(MonthlyReport.objects.filter(status=Status.RETURNED, **here))
    found = (
        Unit.objects.under(ward)
        .order_by()
        .aggregate(longer=Count("pk", filter=is_missing(newest) & Q(longer, ~returned)), **counts)
    )
    return Lacking({m: found[f"m{n}"] for n, m in enumerate(months)}, found["longer"])


def is_missing(month: dt.date) -> Q:
    """Units with a duty in ``month``, not exempt from it, and nothing handed in now."""
    here = {"unit": OuterRef("pk")}
    duties = ReportingDuty.objects.in_month(month).filter(**here)
    received = MonthlyReport.objects.filter(month=month, **here).handed_in()
    exempt = Extension.objects.filter(month=month, kind=Extension.Kind.EXEMPT, **here)
    return Q(Exists(duties), ~Exists(received), ~Exists(exempt))
