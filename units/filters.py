"""Filters of the list of units."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db.models import Exists, OuterRef
from django.http import HttpRequest
from django.utils import timezone

from units.models import Membership, ReportingDuty, Role
from units.models.tree import holds_on


class SecretaryFilter(admin.SimpleListFilter):
    """Units that report today and have nobody who may sign in to do so."""

    title = "bí thư"
    parameter_name = "bi-thu"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("chua-co", "chưa có")]

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        if self.value() != "chua-co":
            return queryset
        today = timezone.localdate()
        here = {"unit": OuterRef("pk")}
        duties = ReportingDuty.objects.filter(holds_on(today, "starts_on", "ends_on"), **here)
        held = Membership.objects.active(today).filter(
            role=Role.SECRETARY, user__is_active=True, **here
        )
        return queryset.open_on(today).filter(Exists(duties), ~Exists(held))
