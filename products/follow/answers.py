"""What the answers of this package share: for any cache, without session or cookie."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.cache import cache_control
from django.views.decorators.http import conditional_page, require_safe

from core.access import public
from units.models import Unit
from units.wards import current_ward

HOUR = 3600  # seconds in which a cache need not ask again


def open_to_all(view: Callable[..., HttpResponse], *, fresh: int = HOUR) -> Any:
    """Open to anyone, kept by caches for ``fresh`` seconds, then asked for by its ETag."""
    cached = cache_control(public=True, max_age=fresh)(conditional_page(require_safe(view)))
    return public(wraps(view)(cached))


def ward_or_404(request: HttpRequest) -> Unit:
    """The ward of this host. A portal without a ward has nothing to follow yet."""
    ward = current_ward(request)
    if ward is None:
        raise Http404
    return ward
