"""Filters of the list of goods."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.contrib import admin
from django.db.models import Q
from django.http import HttpRequest
from django.utils import timezone

YEAR = dt.timedelta(days=365)


class CheckedFilter(admin.SimpleListFilter):
    """Published goods that nobody compared with their sources for a year, or ever."""

    title = "kiểm tra"
    parameter_name = "kiem-tra"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("qua-12-thang", "đang đăng, quá 12 tháng chưa kiểm tra lại")]

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        if self.value() != "qua-12-thang":
            return queryset
        old = Q(checked_on__isnull=True) | Q(checked_on__lt=timezone.localdate() - YEAR)
        return queryset.published().filter(old)


class WaitingFilter(admin.SimpleListFilter):
    """Goods that this very person can approve: checked, and not their own work."""

    title = "việc của tôi"
    parameter_name = "viec"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("cho-toi-duyet", "chờ tôi duyệt")]

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        if self.value() != "cho-toi-duyet":
            return queryset
        return queryset.awaiting(request.user)
