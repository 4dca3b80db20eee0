"""The office on reports: own pages, and the lists of what the office may change."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from core.admin import OfficeModelAdmin, OfficePage
from core.forms import MonthField, VietnameseDateField
from core.text import fold, format_date
from plans import standing
from reports import coverage, office, periods, rules
from reports.models import DeadlineRule, Extension, Indicator, MonthlyReport
from units.models import Unit
from units.office import WardOwnedAdmin

standing.count_with(coverage.by_month)  # plans lie below and cannot ask

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
        route="bao-cao/theo-thang/",
        name="report_grid",
        view=office.grid_page,
        policy=rules.VIEW,
        section="reports",
        label="Theo tháng",
        order=20,
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
admin.site.add_today(office.today_items)
admin.site.add_meters(office.month_meters)


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
            "attendance_of",
            "is_core",
            "position",
            "starts_on",
            "ends_on",
            "successor",
        ]


class DeadlineRuleForm(forms.ModelForm):
    starts_on = MonthField(label="Áp dụng từ tháng", help_text="Ví dụ: 11/2026.")
    ends_on = MonthField(
        label="Đến trước tháng", required=False, help_text="Để trống khi còn áp dụng."
    )

    class Meta:
        model = DeadlineRule
        fields = [
            "starts_on",
            "ends_on",
            "month_offset",
            "opens_day",
            "due_day",
            "grace_days",
            "closes_after_days",
            "data_from_day",
        ]


class ExtensionForm(forms.ModelForm):
    month = MonthField(label="Tháng báo cáo", help_text="Ví dụ: 11/2026.")
    due_on = VietnameseDateField(label="Hạn mới", help_text="Ví dụ: 28/11/2026.")

    class Meta:
        model = Extension
        fields = ["unit", "month", "due_on", "reason"]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        unit, month, due_on = (cleaned.get(name) for name in ("unit", "month", "due_on"))
        if unit and month and due_on:
            usual = periods.Calendar(unit.ward, []).period(month).due_on
            if due_on <= usual:
                raise ValidationError(
                    {"due_on": f"Hạn mới phải sau hạn chung là {format_date(usual)}."}
                )
        return cleaned


@admin.register(Indicator)
class IndicatorAdmin(WardOwnedAdmin):
    """Names, order and span may change; the code never does."""

    office_section = "reports"
    office_order = 60
    form = IndicatorForm
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


@admin.register(DeadlineRule)
class DeadlineRuleAdmin(WardOwnedAdmin):
    office_section = "reports"
    office_order = 70
    form = DeadlineRuleForm
    list_display = ["__str__", "first_month", "last_month", "grace_days", "closes_after_days"]

    @admin.display(description="áp dụng từ tháng", ordering="starts_on")
    def first_month(self, rule: DeadlineRule) -> str:
        return _month_words(rule.starts_on)

    @admin.display(description="đến trước tháng", ordering="ends_on")
    def last_month(self, rule: DeadlineRule) -> str | None:
        return rule.ends_on and _month_words(rule.ends_on)


@admin.register(Extension)
class ExtensionAdmin(OfficeModelAdmin):
    office_section = "reports"
    office_order = 71
    form = ExtensionForm
    list_display = ["unit", "month_words", "due_on", "reason"]
    list_select_related = ["unit"]

    @admin.display(description="tháng", ordering="month")
    def month_words(self, extension: Extension) -> str:
        return _month_words(extension.month)

    def get_field_queryset(self, db: Any, db_field: Any, request: HttpRequest) -> Any:
        if db_field.name == "unit":
            mine = Unit.objects.permitted(request.user, "reports.add_extension")
            return mine.filter(duties__isnull=False).distinct().in_order()
        return super().get_field_queryset(db, db_field, request)


@admin.register(MonthlyReport)
class MonthlyReportAdmin(OfficeModelAdmin):
    """To find a report; it is read and decided on its own page."""

    office_section = "reports"
    office_order = 40
    office_label = "Tìm báo cáo"
    list_display = ["unit", "month_words", "status", "is_zero", "submitted_at", "submitted_by"]
    list_filter = ["status", "is_zero"]
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
