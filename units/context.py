"""What every page knows of its ward. Public pages get it without reading a session."""

from typing import Any

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from units.wards import profile_for


def site(request: HttpRequest) -> dict[str, Any]:
    """``ward_profile``: the card of the ward that this page speaks for; asked for only when used."""
    return {"ward_profile": SimpleLazyObject(lambda: profile_for(request))}
