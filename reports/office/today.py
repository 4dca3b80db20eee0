"""The reports' lines of “Hôm nay”."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode

from core.admin import TodayItem, TodayMeter
from core.text import format_month, format_number, month_slug, previous_month
from reports import periods, rules, same_events, statistics
from reports.lacking import Lacking, lacking
from reports.models import MonthlyReport, Photo, Status
from reports.office.scope import waiting_for, wards_for
from units.models import ReportingDuty, Unit
from units.permissions import scope_q

MONTHS_BACK = 6


@dataclass(frozen=True)
class Standing:
    """How the ward stands in the month that reports are asked for now."""

    ward: Unit
    period: periods.Period
    figures: statistics.Punctuality
    lacking: Lacking

    @property
    def month(self) -> dt.date:
        return self.period.month


def today_items(request: HttpRequest) -> list[TodayItem]:
    """Reports that wait, units that are missing, months that were never handed in."""
    items = []
    if request.user.has_perm(rules.REVIEW):
        items += _waiting(request)
    if standing := _standing(request):
        may_remind = request.user.has_perm(rules.REVIEW)
        today = timezone.localdate()
        items += [_missing(standing, today, may_remind=may_remind), _overdue(standing)]
        if request.user.has_perm("outreach.add_event"):
            items.append(_twice(standing))
        if not any(item.count for item in items) and _may_set_duties(request, standing.ward):
            items.append(_first_duty())
    return items


def _standing(request: HttpRequest) -> Standing | None:
    """Of the first ward that this person sees; asked once for the lines and the bar."""
    if not hasattr(request, "_reports_standing"):
        request._reports_standing = _asked(request)  # type: ignore[attr-defined]
    return request._reports_standing  # type: ignore[attr-defined]


def _asked(request: HttpRequest) -> Standing | None:
    wards = wards_for(request) if request.user.has_perm(rules.VIEW) else []
    if not wards:
        return None
    ward, today = wards[0], timezone.localdate()
    calendar = periods.Calendar(ward, [])
    month = calendar.month_asked(today)
    return Standing(
        ward=ward,
        period=calendar.period(month),
        figures=statistics.punctuality(ward, month),
        lacking=lacking(ward, periods.last_months(month, MONTHS_BACK + 1), today),
    )


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


def _waiting(request: HttpRequest) -> list[TodayItem]:
    """Reports to decide on, and sheets to key in; one query."""
    rows = MonthlyReport.objects.filter(
        Q(pk__in=waiting_for(request.user).order_by().values("pk"))
        | Q(pk__in=_sheets(request).order_by().values("pk")),
        scope_q(request.user, rules.REVIEW, prefix="unit__"),
        status__in=(Status.DRAFT, Status.SUBMITTED),
    )
    found = list(rows.order_by("pk").values_list("status", "unit", "month"))
    sheets = [owed for status, *owed in found if status == Status.DRAFT]
    url = reverse("admin:report_file", args=sheets[0]) if sheets else reverse("admin:report_grid")
    queue = reverse("admin:report_queue")
    return [
        TodayItem(len(found) - len(sheets), "báo cáo chờ xem", queue, "Xem", weight=90),
        TodayItem(len(sheets), "tờ viết tay chờ nhập hộ", url, "Nhập hộ", weight=85),
    ]


def _sheets(request: HttpRequest) -> QuerySet[MonthlyReport]:
    """Reports that came as a photo of a sheet, nothing having been written since."""
    sheets = Photo.objects.filter(report=OuterRef("pk"), is_sheet=True, removed_at=None)
    newer = sheets.filter(at__gt=OuterRef("draft__saved_at"))
    return MonthlyReport.objects.filter(
        Q(draft=None) | Q(draft__content={}) | Exists(newer),
        Exists(sheets),
        scope_q(request.user, rules.REVIEW, prefix="unit__"),
        status=Status.DRAFT,
    ).order_by("pk")


def _missing(standing: Standing, today: dt.date, *, may_remind: bool) -> TodayItem:
    """Those whom the reminder of today names; for a reader, the list of all that are missing."""
    month, period = standing.month, standing.period
    is_overdue = period.is_overdue(today)
    count = standing.figures.missing
    if may_remind:
        url, verb = f"{reverse('admin:report_reminder')}?thang={month_slug(month)}", "Soạn lời nhắc"
        count -= standing.lacking.given_longer if is_overdue else 0
    else:
        url = f"{reverse('admin:report_totals')}?thang={month_slug(month)}#con-thieu"
        verb = "Xem danh sách"
    if not is_overdue and today < period.data_to:
        count = 0  # nobody can have finished counting: the bar below says how far the month is
    due = periods.due_words(period, today).rstrip(".").replace("Hạn", "hạn")
    text = f"đơn vị chưa nộp báo cáo {format_month(month)}, {due}"
    # Past the day it holds up the ward's own report.
    return TodayItem(count, text, url, verb, weight=92 if is_overdue else 80)


def _overdue(standing: Standing) -> TodayItem:
    """Months before the current one whose reports never came or went back."""
    before = previous_month(standing.month)
    asked = {"den": month_slug(before), "so-thang": MONTHS_BACK, "con-thieu": 1}
    return TodayItem(
        sum(n for month, n in standing.lacking.by_month.items() if month != standing.month),
        f"báo cáo của {MONTHS_BACK} tháng trước còn thiếu",
        f"{reverse('admin:report_grid')}?{urlencode(asked)}",
        "Xem từng đơn vị",
        weight=60,
    )


def _twice(standing: Standing) -> TodayItem:
    """To be settled before the totals of the month are used."""
    return TodayItem(
        len(same_events.groups(standing.ward, standing.month)),
        f"việc có thể bị tính hai lần, {format_month(standing.month)}",
        f"{reverse('admin:report_twice')}?thang={month_slug(standing.month)}",
        "Xem và quyết",
        weight=55,
    )


def month_meters(request: HttpRequest) -> list[TodayMeter]:
    """How far the month is, of the first ward that the person sees."""
    standing = _standing(request)
    if standing is None or not standing.figures.owing:
        return []
    received = standing.figures.received
    text = f"{received.count}/{received.of} đã nhận ({format_number(received.percent, 0)}%)"
    url = f"{reverse('admin:report_totals')}?thang={month_slug(standing.month)}"
    label = format_month(standing.month).capitalize()
    return [TodayMeter(label, received.count, received.of, text, url)]
