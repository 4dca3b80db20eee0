"""What every page knows of its ward. Public pages get it without reading a session."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from core import outages
from units.links import known_phone
from units.wards import frame_profile


def site(request: HttpRequest) -> dict[str, Any]:
    """``outage``, which is planned, and two that are asked for only when used: ``ward_profile``, the
    card of the ward that this page speaks for, and ``known_phone``, the row of the phone that
    asks, dead or alive, where it holds a card.
    """
    return {
        "ward_profile": SimpleLazyObject(lambda: frame_profile(request)),
        "outage": outages.current(settings.PLANNED_OUTAGE),
        "known_phone": SimpleLazyObject(lambda: known_phone(request)),
    }
