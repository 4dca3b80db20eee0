"""Which ward a page speaks for."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest

from units.models import Unit, WardProfile
from units.permissions import active_memberships


def profile_for(request: HttpRequest) -> WardProfile | None:
    """The card of the host's ward; where no card names the host, the first ward's."""
    if not hasattr(request, "_ward_profile"):
        host = request.get_host().split(":")[0]
        profiles = list(WardProfile.objects.select_related("ward").order_by("ward__path")[:200])
        named = [profile for profile in profiles if profile.host and profile.host == host]
        request._ward_profile = next(iter(named or profiles), None)  # type: ignore[attr-defined]
    return request._ward_profile  # type: ignore[attr-defined]


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
