"""A phone's session lives as long as the phone may be used, and reaches no farther than its unit."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from core.access import PUBLIC
from units.links import phones
from units.models import Device, Role
from units.permissions import active_memberships

SESSION_LINK = "link"  # the link whose PIN is being asked


class PhoneMiddleware:
    """Set ``request.device_id``; end the session of a phone that was revoked, replaced or left.

    A person who is secretary and also works in the office enters the office by password
    alone: six digits open the pages of the unit and nothing else.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.device_id = None  # type: ignore[attr-defined]
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view_func: Any, view_args: Any, view_kwargs: Any
    ) -> None:
        is_public = getattr(view_func, "policy", "") == PUBLIC
        if is_public and not getattr(view_func, "reads_session", False):
            return
        if not request.user.is_authenticated:
            return
        devices = phones.living(request.session, request.user)
        if devices is None:
            return
        if not devices:
            _end(request)
            return
        units = {device.unit_id for device in devices}
        request.user._active_memberships = [  # type: ignore[union-attr]
            one
            for one in active_memberships(request.user)
            if one.role == Role.SECRETARY and one.unit_id in units
        ]
        asked = view_kwargs.get("unit_pk")
        here = next((one for one in devices if one.unit_id == asked), devices[-1])
        request.device_id = here.pk  # type: ignore[attr-defined]
        if phones.touch(here, timezone.now()):
            request.session.modified = True  # the session and its cookie slide with it


def _end(request: HttpRequest) -> None:
    """Sign out, and leave the sentence for the page that comes next."""
    device = Device.objects.select_related("unit", "link").get(
        pk=request.session[phones.SESSION_DEVICE]
    )
    asked = request.session.get(SESSION_LINK)
    logout(request)
    if asked is not None:
        request.session[SESSION_LINK] = asked
    messages.warning(request, _sentence(device))


def _sentence(device: Device) -> str:
    is_only_old = (
        device.revoked_at is None
        and device.link.revoked_at is None
        and timezone.now() - device.last_seen_at >= phones.LONGEST_REST
    )
    if is_only_old:
        return (
            f"Đã hơn {phones.LONGEST_REST.days} ngày điện thoại này không dùng đến. "
            f"Đồng chí nhập lại mã PIN của {device.unit.name}."
        )
    return f"Điện thoại này không còn dùng được cho {device.unit.name}; đồng chí gọi văn phòng."
