"""The reports' lines of “Hôm nay”."""

from __future__ import annotations

import datetime as dt

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone

from core.admin import TodayItem, TodayMeter
from core.text import format_month, format_number, month_slug
from reports import periods, rules, statistics
from reports.grid import month_grid
from reports.oddities import oddities
from reports.office.scope import waiting_for, wards_for
from units.models import ReportingDuty, Unit

LOOKED_AT = 100  # reports whose oddities are counted for the line
MONTHS_BACK = 6


def today_items(request: HttpRequest) -> list[TodayItem]:
    """Reports that wait, units that are missing, months that were never handed in."""
    items = []
    if request.user.has_perm(rules.REVIEW):
        items.append(_waiting(request))
    if request.user.has_perm(rules.VIEW):
        today = timezone.localdate()
        for ward in wards_for(request)[:1]:
            may_remind = request.user.has_perm(rules.REVIEW)
            items += [_missing(ward, today, may_remind=may_remind), _overdue(ward, today)]
            if not any(item.count for item in items) and _may_set_duties(request, ward):
                items.append(_first_duty())
    return items


def _may_set_duties(request: HttpRequest, ward: Unit) -> bool:
    """Whether nobody reports in the ward yet, and this person may change that."""
    is_none = not ReportingDuty.objects.filter(unit__path__startswith=ward.path).exists()
    return is_none and request.user.has_perm("units.add_reportingduty", ward)


def _first_duty() -> TodayItem:
    return TodayItem(
        1,
        "việc cần làm trước: thêm chi bộ và chế độ báo cáo của từng chi bộ",
        reverse("admin:units_unit_add"),
        "Thêm đơn vị",
        weight=95,
    )


def _waiting(request: HttpRequest) -> TodayItem:
    waiting = waiting_for(request.user)
    count = waiting.count()
    odd = sum(bool(remarks) for remarks in oddities(waiting[:LOOKED_AT]).values()) if count else 0
    text = "báo cáo chờ xem" + (f", {odd} có điểm cần để ý" if odd else "")
    return TodayItem(count, text, reverse("admin:report_queue"), "Xem", weight=90)


def _missing(ward: Unit, today: dt.date, *, may_remind: bool) -> TodayItem:
    month = periods.current_month(ward, today)
    period = periods.Calendar(ward, []).period(month)
    count = statistics.missing(ward, month).count()
    is_near = today >= period.data_to
    due = periods.due_words(period, today).rstrip(".").replace("Hạn", "hạn")
    text = f"đơn vị chưa nộp báo cáo {format_month(month)}, {due}"
    if may_remind:
        url, verb = f"{reverse('admin:report_reminder')}?thang={month_slug(month)}", "Soạn lời nhắc"
    else:
        url = f"{reverse('admin:report_totals')}?thang={month_slug(month)}#con-thieu"
        verb = "Xem danh sách"
    return TodayItem(count, text, url, verb, weight=80 if is_near else 30)


def _overdue(ward: Unit, today: dt.date) -> TodayItem:
    """Months before the current one whose reports never came or went back."""
    months = periods.last_months(periods.current_month(ward, today), MONTHS_BACK + 1)[:-1]
    grid = month_grid(ward, months, today=today)
    count = sum(cell.state in ("missing", "returned") for row in grid.rows for cell in row.cells)
    return TodayItem(
        count,
        f"báo cáo của {MONTHS_BACK} tháng trước còn thiếu",
        reverse("admin:report_grid"),
        "Mở bảng tháng",
        weight=60,
    )


def month_meters(request: HttpRequest) -> list[TodayMeter]:
    """How far the month is, of the first ward that the person sees."""
    if not request.user.has_perm(rules.VIEW):
        return []
    meters = []
    for ward in wards_for(request)[:1]:
        month = periods.current_month(ward, timezone.localdate())
        received = statistics.punctuality(ward, month).received
        if received.of:
            text = f"{received.count}/{received.of} đã nhận ({format_number(received.percent, 0)}%)"
            url = f"{reverse('admin:report_totals')}?thang={month_slug(month)}"
            label = format_month(month).capitalize()
            meters.append(TodayMeter(label, received.count, received.of, text, url))
    return meters
