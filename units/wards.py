"""Which ward a page speaks for."""

from __future__ import annotations

from typing import Any

from django.db.models import Case, When
from django.http import HttpRequest
from django.urls import reverse

from units.models import Unit, WardProfile
from units.permissions import active_memberships


def profile_for(request: HttpRequest) -> WardProfile | None:
    """The card of the host's ward; where no card names the host, the first ward's."""
    return _profile(request, "")


def frame_profile(request: HttpRequest) -> WardProfile | None:
    """The card that a page's frame names: in the office that of the officer's own ward."""
    user = getattr(request, "user", None)  # not there where an early middleware refuses
    # The path first: asking whether there is a user reads the session, and a public page must not.
    if request.path.startswith(reverse("admin:index")) and user and user.is_authenticated:
        paths = [one.unit.ward_path for one in active_memberships(user) if one.unit is not None]
        return _profile(request, next(iter(paths), ""))
    return profile_for(request)


def _profile(request: HttpRequest, path: str) -> WardProfile | None:
    """The card of the ward at ``path``, else that of the host, else the first one.

    The database chooses one: a city has 126, and every page would make objects of them all.
    """
    known: dict[str, WardProfile | None] = vars(request).setdefault("_ward_profiles", {})
    if path not in known:
        cards = WardProfile.objects.select_related("ward")
        own = cards.filter(ward__path=path).first() if path else None
        host = request.get_host().split(":")[0]
        is_named = Case(When(host=host, then=0), default=1)
        known[path] = own or cards.order_by(is_named, "ward__path").first()
    return known[path]


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
