"""A phone's session lives as long as the phone may be used, and reaches no farther than its unit."""

from __future__ import annotations

from collections.abc import Callable
from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.middleware import AuthenticationMiddleware
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import SimpleLazyObject
from django.utils.http import urlencode

from accounts.second_factor import has_factor, has_shown
from core.access import PUBLIC, person, wants_json
from core.sent import fields_of, texts_of
from units.backends import ask_both, person_of
from units.demonstration_people import is_excused
from units.links import phones
from units.models import Device, Role
from units.permissions import active_memberships
from units.rules import is_secretary_of
from units.wards import profile_of

SESSION_LINK = "link"  # the link whose PIN is being asked


class PersonMiddleware(AuthenticationMiddleware):
    """Django's, with one message to the database for session and person instead of two."""

    def process_request(self, request: HttpRequest) -> None:
        super().process_request(request)
        request.session.ask_beside = ask_both  # type: ignore[attr-defined]
        request.user = SimpleLazyObject(lambda: _person(request))  # type: ignore[assignment]


def _person(request: Any) -> Any:
    if not hasattr(request, "_cached_user"):
        request._cached_user = person_of(request)
    return request._cached_user


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
    ) -> HttpResponse | None:
        is_public = getattr(view_func, "policy", "") == PUBLIC
        if is_public and not getattr(view_func, "reads_session", False):
            return None
        if not request.user.is_authenticated:
            return None
        request.user = person(request)  # type: ignore[assignment]  # each look through the lazy one is a call more
        devices = phones.living(request.session, request.user)
        if devices is None:
            return None
        if not devices:
            return _end(request, view_func)
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
        return None


class SecondFactorMiddleware:
    """Nobody enters the office by a password alone (docs/decisions/0031-second-factor.md).

    Below the phones' middleware: the session of a unit's phone has no office to enter.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view_func: Any, view_args: Any, view_kwargs: Any
    ) -> HttpResponse | None:
        is_open = getattr(view_func, "before_second_factor", False)
        if is_open or getattr(view_func, "policy", "") == PUBLIC:
            return None
        user = request.user
        if not user.is_authenticated or has_shown(request.session, user):
            return None
        if not user.has_perm("office.enter") or is_excused(request.session, user):
            return None
        target = reverse("mfa_reauthenticate" if has_factor(user) else "mfa_index")
        if wants_json(request):
            return JsonResponse({"ok": False, "sign_in": target}, status=401)
        here = request.get_full_path() if request.method == "GET" else reverse("home_of_user")
        return redirect(f"{target}?{urlencode({'next': here})}")


def _end(request: HttpRequest, view_func: Any) -> HttpResponse | None:
    """Sign out, and leave the sentence for the page that comes next.

    Whoever is no longer the unit's secretary cannot come back to a text that waits, so what
    was just sent is shown at once.
    """
    device = Device.objects.select_related("unit", "link").get(
        pk=request.session[phones.SESSION_DEVICE]
    )
    sentence = _sentence(device)
    is_replaced = not is_secretary_of(device.user, device.unit)
    asked = request.session.get(SESSION_LINK)
    logout(request)
    if asked is not None:
        request.session[SESSION_LINK] = asked
    keeps_typed = request.method == "POST" and getattr(view_func, "keeps_typed", False)
    if is_replaced and keeps_typed and not wants_json(request):
        context = {
            "sentence": sentence,
            "unit": device.unit,
            "ward_profile": profile_of(device.unit),
            "texts": texts_of(fields_of(request)),
        }
        return render(request, "units/phone_ended.html", context, status=HTTPStatus.FORBIDDEN)
    messages.warning(request, sentence)
    return None


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
