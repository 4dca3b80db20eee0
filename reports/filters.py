"""Filters of the office's lists that speak of reports: of the reports, and of the units."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.contrib import admin
from django.db.models import Exists, F, OuterRef, Q
from django.http import HttpRequest
from django.utils import timezone

from core.text import previous_month
from reports import periods
from reports.lacking import is_missing
from reports.models import MonthlyReport, Status
from units.models import ReportingDuty, Unit

WAIT_DAYS = 3
Choices = list[tuple[str, str]]


def month_asked(request: HttpRequest) -> dt.date:
    """The month that the first ward of this person asks for now; two queries."""
    ward = Unit.objects.wards().visible_to(request.user).first()
    today = timezone.localdate()
    return periods.Calendar(ward, []).month_asked(today) if ward else today.replace(day=1)


class WaitingFilter(admin.SimpleListFilter):
    title = "chờ xem"
    parameter_name = "cho-xem"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Choices:
        return [("qua-3-ngay", f"quá {WAIT_DAYS} ngày")]

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        if self.value() != "qua-3-ngay":
            return queryset
        before = timezone.now() - dt.timedelta(days=WAIT_DAYS)
        return queryset.filter(status=Status.SUBMITTED, submitted_at__lt=before)


class PunctualFilter(admin.SimpleListFilter):
    """By the day that counts as on time, as the figures do."""

    title = "hạn nộp"
    parameter_name = "han"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Choices:
        return [("muon-thang-nay", "nộp muộn tháng này"), ("muon", "nộp muộn")]

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        if self.value() not in ("muon-thang-nay", "muon"):
            return queryset
        in_time = Q(first_submitted_at__date__lte=F("due_on"))
        excused = Q(first_submitted_at__date__lte=F("excused_until"), excused_until__isnull=False)
        late = queryset.filter(first_submitted_at__isnull=False).exclude(in_time).exclude(excused)
        return late.filter(month=month_asked(request)) if self.value() != "muon" else late


class UnitReportFilter(admin.SimpleListFilter):
    """Units by what came of them in the month that is asked for."""

    title = "báo cáo"
    parameter_name = "bao-cao"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Choices:
        return [
            ("chua-nop-thang-nay", "chưa nộp tháng này"),
            ("khong-phat-sinh-2-thang", "không phát sinh 2 tháng liền"),
        ]

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        if self.value() == "chua-nop-thang-nay":
            return queryset.filter(is_missing(month_asked(request)))
        if self.value() == "khong-phat-sinh-2-thang":
            return queryset.filter(_nothing_twice(month_asked(request)))
        return queryset


def _nothing_twice(month: dt.date) -> Q:
    """Nothing to report in the two newest months for which the unit has handed something in.

    The current month counts once it came in; before, the two months before it do.
    """
    here = {"unit": OuterRef("pk")}
    zero = MonthlyReport.objects.handed_in().filter(is_zero=True, **here)
    came = MonthlyReport.objects.handed_in().filter(month=month, **here)
    first, second = previous_month(month), previous_month(previous_month(month))
    owing = ReportingDuty.objects.in_month(first).filter(**here)
    now = Q(Exists(zero.filter(month=month)))
    before = Q(Exists(zero.filter(month=first)))
    earlier = Q(Exists(zero.filter(month=second)), ~Exists(came))
    return Q(Exists(owing)) & before & (now | earlier)
