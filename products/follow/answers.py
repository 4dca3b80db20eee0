"""What the answers of this package share: for any cache, without session or cookie."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpResponse
from django.views.decorators.cache import cache_control
from django.views.decorators.http import conditional_page, require_safe

from core.access import public

HOUR = 3600  # seconds in which a cache need not ask again


def open_to_all(view: Callable[..., HttpResponse], *, fresh: int = HOUR) -> Any:
    """Open to anyone, kept by caches for ``fresh`` seconds, then asked for by its ETag."""
    cached = cache_control(public=True, max_age=fresh)(conditional_page(require_safe(view)))
    return public(wraps(view)(cached))
