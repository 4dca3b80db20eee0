"""A signed cookie that says from which browser a person has signed in before.

It opens nothing. It only gives that browser tries of its own (:mod:`accounts.limits`), so that
guesses from elsewhere keep no owner out.
"""

from __future__ import annotations

import secrets
from typing import Any

from django.conf import settings
from django.core import signing
from django.http import HttpRequest
from django.http.response import HttpResponseBase

SALT = "accounts.known-devices"
LASTS = 400 * 24 * 3600  # seconds; no browser keeps a cookie longer
MOST = 5  # people of one browser


def device_of(request: HttpRequest, username: str) -> str | None:
    """The name of this browser for ``username``; None where that person never signed in here."""
    return _read(request).get(username.lower())


def remember(request: HttpRequest, response: HttpResponseBase, user: Any) -> None:
    known = _read(request)
    name = user.get_username().lower()
    device = known.pop(name, None) or secrets.token_urlsafe(12)
    kept = dict([*known.items(), (name, device)][-MOST:])
    response.set_cookie(
        settings.KNOWN_DEVICE_COOKIE,
        signing.dumps(kept, salt=SALT, compress=True),
        max_age=LASTS,
        httponly=True,
        secure=settings.HTTPS,
        samesite="Lax",
    )


def _read(request: HttpRequest) -> dict[str, str]:
    try:
        kept = signing.loads(
            request.COOKIES.get(settings.KNOWN_DEVICE_COOKIE, ""), salt=SALT, max_age=LASTS
        )
    except signing.BadSignature:
        return {}
    return kept if isinstance(kept, dict) else {}
