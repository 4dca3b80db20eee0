"""The office's pages at a month's end, each with its address in one generated ward."""

from __future__ import annotations

import datetime as dt

from django.urls import reverse

from core.text import month_slug
from reports import periods, statistics
from reports.models import Extension, Indicator, MonthlyReport, Status
from units.models import Membership, Role, Unit

OF_THE_WARD = {
    "Hôm nay": "index",
    "Chờ xem": "report_queue",
    "Tiếp nhận sau khi đọc mẫu": "report_sample",
    "Theo tháng": "report_grid",
    "Tổng hợp tháng": "report_totals",
    "Lời nhắc": "report_reminder",
    "Nhận báo cáo qua Zalo": "report_receive",
    "Gánh nặng báo cáo": "report_burden",
    "In biểu trống": "report_blank_forms",
    "Hạn nộp": "report_deadlines",
    "Đổi hạn nộp": "report_deadline_change",
    "Gia hạn, miễn": "report_exceptions",
    "Thêm gia hạn": "report_exception_add",
    "Ngày nghỉ": "report_days_off",
    "Thêm ngày nghỉ": "report_day_off_add",
    "Thẻ và điện thoại": "unit_links",
    "Tìm báo cáo": "reports_monthlyreport_changelist",
    "Chỉ tiêu": "reports_indicator_changelist",
    "Đơn vị": "units_unit_changelist",
    "Nhóm đơn vị": "units_unitgroup_changelist",
    "Tài khoản": "accounts_user_changelist",
}


def office_pages(ward: Unit, today: dt.date) -> dict[str, str]:
    """Name → address, as an officer of ``ward`` meets them on ``today``.

    Pages of a row that the ward does not have are left out.
    """
    month = periods.Calendar(ward, []).month_asked(today)
    pages = {name: reverse(f"admin:{place}") for name, place in OF_THE_WARD.items()}
    pages["Theo tháng, năm trước"] = f"{pages['Theo tháng']}?den={month_slug(_year_before(month))}"
    reports = MonthlyReport.objects.filter(ward=ward).order_by("-month", "pk")
    for name, status in {
        "Báo cáo chờ xem": Status.SUBMITTED,
        "Báo cáo đã tiếp nhận": Status.ACCEPTED,
        "Báo cáo đã trả lại": Status.RETURNED,
    }.items():
        if report := reports.filter(status=status).first():
            pages[name] = reverse("admin:report_page", args=[report.pk])
    # The month in which there are exceptions to list, whatever the month is that is asked for now.
    granted = Extension.objects.filter(unit__path__startswith=ward.path).order_by("-month", "pk")
    if newest := granted.first():
        pages["Gia hạn, miễn"] += f"?thang={month_slug(newest.month)}"
        pages["Sửa gia hạn"] = reverse("admin:report_exception_change", args=[newest.pk])
    if unit := statistics.missing(ward, month).first():
        here = [unit.pk, month]
        pages["Ô của một đơn vị"] = reverse("admin:report_cell", args=here)
        pages["Nộp hộ"] = reverse("admin:report_file", args=here)
        pages["Nhắc một đơn vị"] = f"{pages['Lời nhắc']}?don-vi={unit.pk}"
        pages["Thẻ của một đơn vị"] = reverse("admin:unit_link", args=[unit.pk])
        pages["Sửa đơn vị"] = reverse("admin:units_unit_change", args=[unit.pk])
    for name, (place, pks) in {
        "Sửa chỉ tiêu": (
            "reports_indicator_change",
            Indicator.objects.filter(owner=ward).values_list("pk"),
        ),
        "Sửa tài khoản": (
            "accounts_user_change",
            Membership.objects.filter(unit=ward, role=Role.OFFICE).values_list("user"),
        ),
    }.items():
        if found := pks.order_by("pk").first():
            pages[name] = reverse(f"admin:{place}", args=found)
    return pages


def _year_before(month: dt.date) -> dt.date:
    return month.replace(year=month.year - 1)
