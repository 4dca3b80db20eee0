"""The office on reports: own pages, and the lists of what the office may change."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from approvals import kinds
from core.admin import OfficeInline, OfficeModelAdmin, add_filters
from core.finding import add_sources
from core.forms import MonthField
from core.history.pages import add_histories
from core.lists import add_list, add_ready, is_short, matches, one_of
from core.text import fold
from outreach.loudspeaker import calendar as loudspeaker_calendar
from plans import standing
from reports import (
    burden,
    coverage,
    days_off,
    filters,
    finding,
    history,
    office,
    rules,
    task_rules,
    unit_guard,
)
from reports.approving import ConsolidatedKind
from reports.models import Indicator, IndicatorTarget, MonthlyReport
from reports.office.pages import PAGES
from units import changes
from units.models import Unit
from units.office import WardOwnedAdmin

loudspeaker_calendar.days_off_with(days_off.names_in)  # outreach lies below, too
standing.count_with(coverage.by_month, by_unit=coverage.by_unit)  # plans lie below, cannot ask
changes.register_guard(unit_guard.look)  # so do units
task_rules.register()

admin.site.add_pages(*PAGES)
admin.site.add_today(office.today_items)
admin.site.add_meters(office.month_meters)
kinds.register(ConsolidatedKind())
add_histories(*history.KINDS)
add_sources(*finding.SOURCES)
add_filters(Unit, filters.UnitReportFilter)
for key, name, params in (
    ("units.unit", "Chưa nộp tháng này", {"bao_cao": "chua-nop-thang-nay"}),
    ("units.unit", "Không phát sinh 2 tháng liền", {"bao_cao": "khong-phat-sinh-2-thang"}),
    ("reports.monthlyreport", "Chờ xem quá 3 ngày", {"cho_xem": "qua-3-ngay"}),
    ("reports.monthlyreport", "Nộp muộn tháng này", {"han": "muon-thang-nay"}),
    ("report_grid", "Còn thiếu trong 3 tháng", {"con_thieu": "1", "so_thang": "3"}),
):
    add_ready(key, name, **params)
add_list(
    key="report_queue",
    label="Chờ xem",
    url_name="admin:report_queue",
    action=rules.REVIEW,
    params={"thang": matches(r"\d{4}-\d{2}"), "nhom": one_of(*office.GROUPS), "tim": is_short},
)
add_list(
    key="coverage",
    label="Độ phủ nội dung",
    url_name="admin:coverage",
    action="plans.view_plan",
    params={"so-thang": one_of("12", "24", "60"), "phuong": matches(r"\d{1,10}")},
)
add_list(
    key="report_grid",
    label="Theo tháng",
    url_name="admin:report_grid",
    action=rules.VIEW,
    params={
        "tim": is_short,
        "con-thieu": one_of("1"),
        "so-thang": matches(r"[1-9]|1[01]"),
        "phuong": matches(r"\d{1,10}"),
    },
)


def _month_words(month: dt.date) -> str:
    """A month below a head that already says “tháng”: 11/2026."""
    return f"{month.month}/{month.year}"


class IndicatorForm(forms.ModelForm):
    starts_on = MonthField(label="Dùng từ tháng", help_text="Ví dụ: 11/2026.")
    ends_on = MonthField(
        label="Thôi dùng từ tháng", required=False, help_text="Để trống khi còn dùng."
    )

    class Meta:
        model = Indicator
        fields = [
            "code",
            "name",
            "unit_of_measure",
            "phrase",
            "help_text",
            "roll_up",
            "section",
            "attendance_of",
            "is_core",
            "position",
            "starts_on",
            "ends_on",
            "successor",
        ]


class TargetInline(OfficeInline):
    """What the plan wants in a year."""

    model = IndicatorTarget
    fields = ["year", "value"]


@admin.register(Indicator)
class IndicatorAdmin(WardOwnedAdmin):
    """Names, order and span may change; the code never does."""

    office_section = "reports"
    office_order = 60
    form = IndicatorForm
    inlines = [TargetInline]
    list_display = ["name", "unit_of_measure", "roll_up", "is_core", "first_month", "last_month"]
    list_filter = ["is_core", "roll_up"]
    search_fields = ["name", "code"]

    @admin.display(description="dùng từ tháng", ordering="starts_on")
    def first_month(self, indicator: Indicator) -> str:
        return _month_words(indicator.starts_on)

    @admin.display(description="thôi dùng từ tháng", ordering="ends_on")
    def last_month(self, indicator: Indicator) -> str | None:
        return indicator.ends_on and _month_words(indicator.ends_on)

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        return ["code"] if obj else []

    def save_model(self, request: HttpRequest, obj: Indicator, form: Any, change: bool) -> None:
        super().save_model(request, obj, form, change)
        for sentence in burden.warnings(obj):
            messages.warning(request, sentence)


@admin.register(MonthlyReport)
class MonthlyReportAdmin(OfficeModelAdmin):
    """To find a report; it is read and decided on its own page."""

    office_section = "reports"
    office_order = 40
    office_label = "Tìm báo cáo"
    list_display = ["unit", "month_words", "status", "is_zero", "submitted_at", "submitted_by"]
    list_filter = ["status", "is_zero", filters.WaitingFilter, filters.PunctualFilter]
    list_select_related = ["unit", "submitted_by"]
    search_fields = ["unit__search"]
    search_help_text = "Tìm theo tên đơn vị, có dấu hay không dấu đều được."

    @admin.display(description="tháng", ordering="month")
    def month_words(self, report: MonthlyReport) -> str:
        return _month_words(report.month)

    def get_search_results(self, request: HttpRequest, queryset: Any, search_term: str) -> Any:
        return super().get_search_results(request, queryset, fold(search_term))

    def change_view(
        self, request: HttpRequest, object_id: str, *args: Any, **kwargs: Any
    ) -> HttpResponse:
        report = self.get_object(request, object_id)
        if report is None:
            return self._get_obj_does_not_exist_redirect(request, self.opts, object_id)
        return redirect("admin:report_page", report.pk)
