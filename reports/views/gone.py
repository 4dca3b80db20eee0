"""The unit or the right is gone while someone typed: the text comes back to be copied."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from http import HTTPStatus
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from core.text import format_date
from reports.forms import PART_FORMS
from units.models import Unit
from units.wards import profile_for

WRITTEN = (set(PART_FORMS) | {"reason_text"}) - {"confirmed"}

View = Callable[..., HttpResponse]


def gives_back(view: View) -> Any:
    """Answer a post that is refused as missing or forbidden with the text that was sent.

    Only to whoever once acted for the unit; to anyone else a foreign unit is a missing one.
    """

    @wraps(view)
    def wrapped(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            return view(request, *args, **kwargs)
        except (Http404, PermissionDenied) as refusal:
            unit = _once_mine(request, kwargs["unit_pk"])
            if request.method != "POST" or unit is None:
                raise
            is_missing = isinstance(refusal, Http404)
            context = {
                "unit": unit,
                "sentence": why_gone(unit),
                "texts": _texts(request),
                "ward_profile": profile_for(request),
            }
            status = HTTPStatus.NOT_FOUND if is_missing else HTTPStatus.FORBIDDEN
            return render(request, "reports/secretary/gone.html", context, status=status)

    return wrapped


def why_gone(unit: Unit) -> str:
    """Why nothing can be handed in for ``unit`` any more, or not by this person."""
    today = timezone.localdate()
    if unit.closed_on is None or unit.closed_on > today:
        return "Đồng chí không còn là người báo cáo của đơn vị này."
    day = format_date(unit.closed_on)
    names = [one.to_unit.name for one in unit.successors.select_related("to_unit")]
    if names:
        return f"{unit.name} đã sáp nhập, chia tách từ {day}; nay là {', '.join(names)}."
    return f"{unit.name} đã kết thúc hoạt động từ {day}."


def _texts(request: HttpRequest) -> list[str]:
    """What a person wrote, without ticks and choices."""
    silent = ("-items", "-code")
    return [
        text
        for name, text in request.POST.items()
        if name.partition("-")[0] in WRITTEN and not name.endswith(silent) and text.strip()
    ]


def _once_mine(request: HttpRequest, unit_pk: int) -> Unit | None:
    if not request.user.is_authenticated:
        return None
    return Unit.objects.filter(pk=unit_pk, memberships__user=request.user).first()
