"""One unit in one month: how it stands, whom to call, and what the office can do about it."""

from __future__ import annotations

import datetime as dt

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from core.admin import office_render
from core.text import format_date, month_slug
from reports import periods, photos, rules
from reports.grid import Cell, cell_of
from reports.models import Draft, Extension, MonthlyReport, Reminder, Status
from reports.office.months import secretaries_of
from reports.periods import Owed, Period
from units.models import Unit

ADD_EXTENSION = "reports.add_extension"


@require_safe
def cell_page(request: HttpRequest, unit_pk: int, month: dt.date) -> HttpResponse:
    """What a cell of the grid opens; 404 for a foreign unit and a month that it does not owe."""
    owed, _ = owed_or_404(request, rules.VIEW, unit_pk, month)
    unit, report, today = owed.unit, owed.report, timezone.localdate()
    cell = cell_of(owed, today)
    may_act = request.user.has_perm(rules.REVIEW, unit)
    context = {
        "unit": unit,
        "month": month,
        "owed": owed,
        "report": report,
        "cell": cell,
        "closed_on": unit.closed_on if cell.is_lacking else None,
        "sentence": sentence(owed, today),
        "draft": _draft(report),
        "sheet_count": len(photos.sheets(report)),
        "today": format_date(today),
        "people": secretaries_of([unit]).get(unit.pk, []),
        "extension": Extension.objects.filter(unit=unit, month=month).first(),
        "reminder": _last_reminder(request, unit, month) if may_act else None,
        "actions": _actions(request, owed, cell) if may_act else [],
    }
    return office_render(request, "reports/office/cell.html", context)


def owed_or_404(
    request: HttpRequest, action: str, unit_pk: int, month: dt.date
) -> tuple[Owed, Unit]:
    """The month of a unit on which this person may do ``action``, and the unit's ward."""
    unit = get_object_or_404(Unit.objects.permitted(request.user, action), pk=unit_pk)
    report = MonthlyReport.objects.filter(unit=unit, month=month).first()
    if report is None and not periods.owes(unit, month):
        raise Http404
    ward = unit.ward
    return Owed(unit, periods.Calendar(ward, [month]).period(month, unit), report), ward


def sentence(owed: Owed, today: dt.date) -> str:
    """How it stands, for the officer who wants to do something about it."""
    report, period = owed.report, owed.period
    if report is not None and report.is_handed_in and report.submitted_at:
        return f"{_received(report)}."
    if report is not None and report.status == Status.RETURNED:
        return "Phường đã trả lại để sửa, đơn vị chưa nộp lại."
    if period.is_exempt:
        return "Được miễn báo cáo tháng này."
    if today < period.opens_on:
        return f"Chưa đến kỳ, mở nộp từ ngày {format_date(period.opens_on)}."
    return f"Chưa nộp. {_due(period, today)}"


def _received(report: MonthlyReport) -> str:
    at = timezone.localtime(report.submitted_at)
    late = f"muộn {report.days_late} ngày" if report.is_late else "đúng hạn"
    seen = "đã tiếp nhận" if report.status == Status.ACCEPTED else "chờ xem"
    what = "Báo không phát sinh" if report.is_zero else "Đã nộp"
    return f"{what} lúc {at:%H:%M}, {format_date(at.date())}, {late}, {seen}"


def _due(period: Period, today: dt.date) -> str:
    if not period.is_closed(today):
        return periods.due_words(period, today)
    closed_on = format_date(period.closes_on or period.due_on)
    return f"Đã khóa từ sau ngày {closed_on}; muốn nhận thì gia hạn trước."


def _draft(report: MonthlyReport | None) -> Draft | None:
    """What is being typed and was not handed in."""
    draft = Draft.objects.select_related("saved_by").filter(report=report).first()
    return draft if draft is not None and draft.content else None


def _last_reminder(request: HttpRequest, unit: Unit, month: dt.date) -> Reminder | None:
    seen = Reminder.objects.visible_to(request.user).filter(units=unit, month=month)
    return seen.select_related("by").first()


def _actions(request: HttpRequest, owed: Owed, cell: Cell) -> list[dict[str, str]]:
    """What is left to do, the likeliest first; nothing where the report is there."""
    if not cell.is_lacking:
        return []
    unit, month = owed.unit, owed.month
    here = f"?{urlencode({'thang': month_slug(month), 'don-vi': unit.pk})}"
    found = [
        (f"{reverse('admin:report_reminder')}{here}", "Soạn tin nhắn Zalo cho đơn vị"),
        (f"{reverse('admin:report_receive')}{here}", "Dán tin nhắn Zalo vào bản nháp"),
    ]
    if owed.period.is_open(timezone.localdate()):
        url = reverse("admin:report_file", args=[unit.pk, month])
        found.append((url, "Nộp hộ theo lời bí thư"))
    if request.user.has_perm(ADD_EXTENSION, unit):
        found.append((f"{reverse('admin:report_exception_add')}{here}", "Gia hạn cho đơn vị"))
    return [{"url": url, "words": words} for url, words in found]
