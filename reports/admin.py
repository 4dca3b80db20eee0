"""The office on reports: own pages, and the lists of what the office may change."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from approvals import kinds
from core import converters  # noqa: F401  knows <month:month>
from core.admin import OfficeInline, OfficeModelAdmin, OfficePage, add_filters
from core.finding import add_sources
from core.forms import MonthField
from core.history.pages import add_histories
from core.lists import add_list, add_ready, is_short, matches, one_of
from core.text import fold
from plans import standing
from reports import (
    burden,
    coverage,
    filters,
    finding,
    history,
    office,
    overview,
    rules,
    task_rules,
    unit_guard,
)
from reports.approving import ConsolidatedKind
from reports.models import Indicator, IndicatorTarget, MonthlyReport
from reports.office.consolidated.pages import PAGES
from units import changes
from units.models import Unit
from units.office import WardOwnedAdmin

standing.count_with(coverage.by_month, by_unit=coverage.by_unit)  # plans lie below, cannot ask
changes.register_guard(unit_guard.look)  # so do units
task_rules.register()

admin.site.add_pages(
    OfficePage(
        route="bao-cao/cho-xem/",
        name="report_queue",
        view=office.queue_page,
        policy=rules.REVIEW,
        section="reports",
        label="Chờ xem",
        order=10,
    ),
    OfficePage(
        route="bao-cao/cho-xem/tiep-nhan/",
        name="report_sample",
        view=office.sample_page,
        policy=rules.REVIEW,
        section="reports",
    ),
    OfficePage(
        route="bao-cao/theo-thang/",
        name="report_grid",
        view=office.grid_page,
        policy=rules.VIEW,
        section="reports",
        label="Theo tháng",
        order=20,
    ),
    OfficePage(
        route="bao-cao/o/<int:unit_pk>/<month:month>/",
        name="report_cell",
        view=office.cell_page,
        policy=rules.VIEW,
        section="reports",
    ),
    OfficePage(
        route="bao-cao/o/<int:unit_pk>/<month:month>/nop-ho/",
        name="report_file",
        view=office.file_page,
        policy=rules.REVIEW,
        section="reports",
    ),
    OfficePage(
        route="bao-cao/tong-hop/",
        name="report_totals",
        view=office.totals_page,
        policy=rules.VIEW,
        section="reports",
        label="Tổng hợp tháng",
        order=30,
    ),
    OfficePage(
        route="bao-cao/loi-nhac/",
        name="report_reminder",
        view=office.reminder_page,
        policy=rules.REVIEW,
        section="reports",
        label="Lời nhắc",
        order=25,
    ),
    OfficePage(
        route="bao-cao/nhan-van-ban/",
        name="report_receive",
        view=office.receive_page,
        policy=rules.REVIEW,
        section="reports",
        label="Nhận báo cáo qua Zalo",
        order=35,
    ),
    OfficePage(
        route="bao-cao/bieu-trong/",
        name="report_blank_forms",
        view=office.blank_forms_page,
        policy=office.VIEW_LINKS,
        section="reports",
        label="In biểu trống",
        order=45,
    ),
    OfficePage(
        route="bao-cao/ganh-nang/",
        name="report_burden",
        view=office.burden_page,
        policy=office.VIEW_INDICATORS,
        section="reports",
        label="Gánh nặng báo cáo",
        order=70,
    ),
    OfficePage(
        route="bao-cao/<int:pk>/",
        name="report_page",
        view=office.report_page,
        policy=rules.VIEW,
        section="reports",
    ),
    OfficePage(
        route="bao-cao/<int:pk>/anh/<str:name>",
        name="report_photo",
        view=office.report_photo,
        policy=rules.VIEW,
        section="reports",
    ),
    OfficePage(
        route="bao-cao/<int:pk>/bao-cao.docx",
        name="report_word",
        view=office.report_word,
        policy=rules.VIEW,
        section="reports",
    ),
    OfficePage(
        route="bao-cao/loi-nhac/cong-van.docx",
        name="report_reminder_letter",
        view=office.reminder_letter,
        policy=rules.REVIEW,
        section="reports",
    ),
    OfficePage(
        route="bao-cao/<int:pk>/xac-nhan-nop-ho/",
        name="report_helper",
        view=office.report_helper,
        policy=rules.REVIEW,
        section="reports",
    ),
    OfficePage(
        route="bao-cao/<int:pk>/buoc/",
        name="report_step",
        view=office.report_step,
        policy=rules.REVIEW,
        section="reports",
    ),
)
admin.site.add_pages(
    OfficePage(
        route="bao-cao/han-nop/",
        name="report_deadlines",
        view=office.deadlines.deadlines_page,
        policy="reports.view_deadlinerule",
        section="reports",
        label="Hạn nộp",
        order=50,
    ),
    OfficePage(
        route="bao-cao/han-nop/doi/",
        name="report_deadline_change",
        view=office.deadlines.deadline_change,
        policy="reports.add_deadlinerule",
        section="reports",
    ),
    OfficePage(
        route="bao-cao/han-nop/gia-han/",
        name="report_exceptions",
        view=office.deadlines.exceptions_page,
        policy="reports.view_extension",
        section="reports",
    ),
    OfficePage(
        route="bao-cao/han-nop/gia-han/them/",
        name="report_exception_add",
        view=office.deadlines.exception_add,
        policy="reports.add_extension",
        section="reports",
    ),
    OfficePage(
        route="bao-cao/han-nop/gia-han/<int:pk>/",
        name="report_exception_change",
        view=office.deadlines.exception_change,
        policy="reports.change_extension",
        section="reports",
    ),
    OfficePage(
        route="bao-cao/han-nop/gia-han/<int:pk>/bo/",
        name="report_exception_withdraw",
        view=office.deadlines.exception_withdraw,
        policy="reports.change_extension",
        section="reports",
    ),
    OfficePage(
        route="bao-cao/han-nop/ngay-nghi/",
        name="report_days_off",
        view=office.deadlines.days_off_page,
        policy="reports.view_holiday",
        section="reports",
    ),
    OfficePage(
        route="bao-cao/han-nop/ngay-nghi/them/",
        name="report_day_off_add",
        view=office.deadlines.day_off_add,
        policy="reports.add_holiday",
        section="reports",
    ),
    OfficePage(
        route="bao-cao/han-nop/ngay-nghi/<int:pk>/bo/",
        name="report_day_off_remove",
        view=office.deadlines.day_off_remove,
        policy="reports.change_holiday",
        section="reports",
    ),
)
admin.site.add_pages(*overview.PAGES)
admin.site.add_pages(*office.PIVOT_PAGES)
admin.site.add_today(office.today_items)
admin.site.add_meters(office.month_meters)
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
admin.site.add_pages(
    *(
        OfficePage(
            route=f"bao-cao/{place}/xuat/", name=name, view=view, policy=action, section="reports"
        )
        for place, name, view, action in (
            ("cho-xem", "report_queue_export", office.queue_table, rules.REVIEW),
            ("theo-thang", "report_grid_export", office.grid_table, rules.VIEW),
            ("tong-hop", "report_totals_export", office.totals_table, rules.VIEW),
        )
    )
)


def _month_words(month: dt.date) -> str:
    """A month below a head that already says “tháng”: 11/2026."""
    return f"{month.month}/{month.year}"


admin.site.add_pages(*PAGES)
kinds.register(ConsolidatedKind())


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
