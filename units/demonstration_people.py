"""Who may do without a second factor: people of the demonstration, on a machine for trials.

The password of the demonstration is printed by ``make run``, so a second factor would protect
nothing there and would keep out whoever came to look. The three conditions cannot meet in
production: HTTPS is on there, which alone ends the excuse; ``prepare`` then refuses to load the
demonstration; and ``check --deploy`` fails while HTTPS is off.
"""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib.sessions.backends.base import SessionBase

from accounts.second_factor import has_factor
from units.models import WardProfile
from units.permissions import active_memberships

EXCUSED = "second_factor_excused"  # in the session: asked once, not with every page


def is_excused(session: SessionBase, user: Any) -> bool:
    """Whoever has set up a factor is asked for it in the demonstration too."""
    if settings.HTTPS:
        return False
    wards = _wards(user)
    if session.get(EXCUSED) == f"{user.pk} {wards}":
        return True
    if not _are_demonstration(wards) or has_factor(user):
        return False
    session[EXCUSED] = f"{user.pk} {wards}"
    return True


def _wards(user: Any) -> list[str]:
    """The wards in which ``user`` works; "" stands for a membership above all wards."""
    held = active_memberships(user)
    return sorted({one.unit.ward_path if one.unit else "" for one in held})


def _are_demonstration(wards: list[str]) -> bool:
    cards = WardProfile.objects.filter(ward__path__in=wards, is_demonstration=True)
    return bool(wards) and cards.count() == len(wards)
