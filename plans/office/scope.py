"""The one door to a plan in the office."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from plans.models import Plan


def visible_plan(request: HttpRequest, pk: int, *, action: str = "plans.view_plan") -> Plan:
    """The plan, where the person may see it (else 404) and may do ``action`` on it (else 403)."""
    plans = Plan.objects.visible_to(request.user).select_related("owner", "source")
    plan = get_object_or_404(plans, pk=pk)
    if not request.user.has_perm(action, plan):
        raise PermissionDenied
    return plan


def version_in(request: HttpRequest) -> int:
    """The version that the sent page had seen; 0, which no row has, where none was sent."""
    text = request.POST.get("seen_version", "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0
