"""What the reports cost those who write them: minutes, screens, and questions for nothing."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from statistics import median

from django.db.models import Exists, F, OuterRef

from core.text import fold
from reports.models import Draft, Indicator, IndicatorValue, MonthlyReport
from reports.statistics import SITTING
from units.models import Unit


@dataclass(frozen=True, slots=True)
class Burden:
    """The medians over ``report_count`` reports, None where there is none to measure."""

    minutes: float | None
    screens: float | None
    report_count: int


def burden(ward: Unit, months: list[dt.date]) -> Burden:
    """What the reports of ``ward`` and ``months`` cost; one query."""
    rows = list(
        Draft.objects.filter(
            report__ward=ward,
            report__month__in=months,
            report__first_submitted_at__gt=F("report__created_at") + dt.timedelta(seconds=1),
        ).values_list("report__created_at", "report__first_submitted_at", "part_versions")
    )
    minutes = [min(SITTING, (end - start).total_seconds() / 60) for start, end, _ in rows]
    screens = [len(parts) + 1 for _, _, parts in rows if parts]
    return Burden(
        median(minutes) if minutes else None, median(screens) if screens else None, len(rows)
    )


def unanswered(ward: Unit, months: list[dt.date]) -> list[Indicator]:
    """What the form asks for now, and no report of ``months`` gave a number above zero for."""
    answers = IndicatorValue.objects.filter(
        indicator=OuterRef("pk"), ward=ward, month__in=months, value__gt=0
    )
    asked = Indicator.objects.in_force(ward, months[-1]).filter(starts_on__lte=months[0])
    return list(asked.filter(~Exists(answers)))


def without_output(ward: Unit, month: dt.date) -> list[Indicator]:
    """What is asked for and has no sentence in the ward's own report, nor makes up another figure."""
    people = Indicator.objects.filter(attendance_of=OuterRef("pk"))
    asked = Indicator.objects.in_force(ward, month).filter(phrase="", attendance_of=None)
    return list(asked.filter(~Exists(people)))


def has_reports(ward: Unit, months: list[dt.date]) -> bool:
    return MonthlyReport.objects.filter(ward=ward, month__in=months).handed_in().exists()


def twins(indicator: Indicator) -> list[Indicator]:
    """Other indicators of the ward still in use that ask the same: same name and unit, folded."""
    name = _key(indicator)
    others = Indicator.objects.filter(owner=indicator.owner_id, ends_on=None)
    return [one for one in others.exclude(pk=indicator.pk) if _key(one) == name]


def _key(indicator: Indicator) -> tuple[str, str]:
    return fold(indicator.name), fold(indicator.unit_of_measure)
