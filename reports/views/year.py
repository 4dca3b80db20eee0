"""My last 12 months on one page, with the ward's median beside."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from core.access import policy
from core.text import format_number
from reports import periods, rules, statistics
from reports.models import Indicator, IndicatorValue, MonthlyReport, Status
from reports.periods import Owed
from units.models import Unit, WardProfile

SHOWN = 3  # core figures


@dataclass(frozen=True)
class Line:
    """One month: what became of it, and each figure with the ward's median."""

    owed: Owed
    state: str
    badge: str
    days: str
    figures: list[dict[str, Any]]


@policy(rules.SUBMIT)
@require_safe
def year(request: HttpRequest, unit_pk: int) -> HttpResponse:
    unit = get_object_or_404(Unit.objects.permitted(request.user, rules.SUBMIT), pk=unit_pk)
    today = timezone.localdate()
    ward = unit.ward
    owed = periods.owed_by(unit, today)
    indicators = _figures_of(ward, today)
    months = [one.month for one in owed]
    own = _own(unit, months, indicators)
    medians = statistics.medians(ward, months, indicators)
    return render(
        request,
        "reports/secretary/year.html",
        {
            "unit": unit,
            "sentence": on_time_sentence(unit, owed, today),
            "lines": [_line(one, indicators, own, medians, today) for one in owed],
            "definition": statistics.MEDIAN.definition,
            "ward_profile": WardProfile.objects.filter(ward=ward).first(),
        },
    )


def on_time_sentence(unit: Unit, owed: list[Owed], today: dt.date) -> str:
    """ "Chi bộ … đã nộp đúng hạn 10/12 tháng.", of the months that are over or handed in."""
    reports = [one.report for one in owed]
    counted = [
        report
        for one, report in zip(owed, reports, strict=True)
        if one.period.is_overdue(today) or (report and report.first_submitted_at)
    ]
    if not counted:
        return f"{unit.name} chưa đến hạn nộp tháng nào."
    on_time = sum(1 for report in counted if _is_on_time(report))
    return f"{unit.name} đã nộp đúng hạn {on_time}/{len(counted)} tháng."


def _is_on_time(report: MonthlyReport | None) -> bool:
    return report is not None and report.first_submitted_at is not None and not report.is_late


def _figures_of(ward: Unit, today: dt.date) -> list[Indicator]:
    """The first figures of the form: what most units have. A share has no median of its own."""
    indicators = Indicator.objects.in_force(ward, today.replace(day=1))
    return list(indicators.filter(is_core=True).exclude(roll_up=Indicator.RollUp.SHARE)[:SHOWN])


def _own(
    unit: Unit, months: list[dt.date], indicators: list[Indicator]
) -> dict[tuple[int, dt.date], int]:
    rows = IndicatorValue.objects.filter(
        unit=unit, month__in=months, indicator__in=indicators, value__isnull=False
    ).order_by()
    return {
        (pk, month): value for pk, month, value in rows.values_list("indicator", "month", "value")
    }


def _line(
    owed: Owed,
    indicators: list[Indicator],
    own: dict[tuple[int, dt.date], int],
    medians: dict[tuple[int, dt.date], float],
    today: dt.date,
) -> Line:
    state, badge = _state(owed, today)
    figures = [
        {
            "indicator": one,
            "value": own.get((one.pk, owed.month)),
            "median": _number(medians.get((one.pk, owed.month))),
        }
        for one in indicators
    ]
    return Line(owed, state, badge, _days(owed), figures)


def _state(owed: Owed, today: dt.date) -> tuple[str, str]:
    """The word for the month, and the name of its badge."""
    report = owed.report
    if report is None or report.first_submitted_at is None:
        return "CHƯA NỘP", "missing" if owed.period.is_overdue(today) else "draft"
    if owed.status == Status.RETURNED:
        return "Trả lại để sửa", "returned"
    if report.is_late:
        return f"Nộp muộn {report.days_late} ngày", "late"
    if report.is_zero:
        return "Không phát sinh", "zero"
    return "Đúng hạn", "on-time"


def _days(owed: Owed) -> str:
    """How long before the day that was due then it was handed in at first."""
    report = owed.report
    if report is None or report.first_submitted_on is None or report.due_on is None:
        return ""
    early = (report.due_on - report.first_submitted_on).days
    if early < 0:
        return "" if owed.is_received else f"nộp muộn {-early} ngày"
    return f"nộp sớm {early} ngày" if early else "nộp đúng ngày hạn"


def _number(value: float | None) -> str:
    return "" if value is None else format_number(round(value, 1))
