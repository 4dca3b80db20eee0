"""Which ward a page speaks for."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from units.models import Unit, WardProfile
from units.permissions import active_memberships


def profile_for(request: HttpRequest) -> WardProfile | None:
    """The card of the host's ward; where no card names the host, the first ward's."""
    host = request.get_host().split(":")[0]
    profiles = _profiles(request)
    named = [profile for profile in profiles if profile.host and profile.host == host]
    return next(iter(named or profiles), None)


def frame_profile(request: HttpRequest) -> WardProfile | None:
    """The card that a page's frame names: in the office that of the officer's own ward."""
    user = getattr(request, "user", None)  # not there where an early middleware refuses
    # The path first: asking whether there is a user reads the session, and a public page must not.
    if request.path.startswith(reverse("admin:index")) and user and user.is_authenticated:
        paths = [one.unit.ward_path for one in active_memberships(user) if one.unit is not None]
        for profile in _profiles(request):
            if profile.ward.path in paths[:1]:
                return profile
    return profile_for(request)


def _profiles(request: HttpRequest) -> list[WardProfile]:
    if not hasattr(request, "_ward_profiles"):
        rows = WardProfile.objects.select_related("ward").order_by("ward__path")[:200]
        request._ward_profiles = list(rows)  # type: ignore[attr-defined]
    return request._ward_profiles  # type: ignore[attr-defined]


def current_ward(request: HttpRequest) -> Unit | None:
    """The ward of a public page, by the host name; the only one by default."""
    profile = profile_for(request)
    return profile.ward if profile else None


def ward_of(user: Any) -> Unit | None:
    """The ward in which ``user`` works: the root of the first membership that has a unit."""
    for membership in active_memberships(user):
        if membership.unit is not None:
            return membership.unit.ward
    return None


def profile_of(unit: Unit) -> WardProfile | None:
    """The card of the ward of ``unit``: whom its people call."""
    return WardProfile.objects.select_related("ward").filter(ward__path=unit.ward_path).first()
