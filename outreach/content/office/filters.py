"""Filters of the lists of what goes out."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.http import HttpRequest


class WaitingFilter(admin.SimpleListFilter):
    """What this person can do something about, and what somebody has to look at again."""

    title = "việc cần làm"
    parameter_name = "viec"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [
            ("cho-toi-duyet", "chờ tôi duyệt"),
            ("can-cu-doi", "đã phát hành, căn cứ không còn hiệu lực"),
            ("phat-hanh-gap", "phát hành gấp, chờ kiểm tra"),
            ("den-gio", "đến giờ hẹn, chờ người gửi"),
        ]

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        if self.value() == "cho-toi-duyet":
            return queryset.awaiting(request.user)
        if self.value() == "can-cu-doi":
            return queryset.published().on_lapsed_bases()
        if self.value() == "phat-hanh-gap":
            return queryset.filter(is_forced=True)
        if self.value() == "den-gio":
            return queryset.waiting_for_hands()
        return queryset
