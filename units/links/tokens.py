"""The token of a card: derived, never stored, found again by its hash."""

from __future__ import annotations

import base64
import hashlib
import secrets

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.crypto import salted_hmac

from units.models import UnitLink

_SALT = "units.links.token"
_BYTES = 24  # 32 characters in the address


def fresh_nonce() -> tuple[str, str]:
    """A nonce for a new link and the hash of the token that belongs to it."""
    nonce = secrets.token_hex(16)
    return nonce, hash_of(_derive(nonce, settings.SECRET_KEY))


def token_of(link: UnitLink) -> str | None:
    """The token of ``link``; ``None`` when the key it was made with is gone.

    Old keys are tried too, so a card can be printed again after a rotation. A printed card
    opens its page whatever the keys: it is found by the hash.
    """
    for key in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS):
        token = _derive(link.nonce, key)
        if secrets.compare_digest(hash_of(token), link.token_hash):
            return token
    return None


def find(token: str) -> UnitLink | None:
    """The link of ``token``, also a revoked one."""
    rows = UnitLink.objects.select_related("unit")
    return rows.filter(token_hash=hash_of(token)).first()


def address(link: UnitLink, request: HttpRequest) -> str | None:
    """The whole address on the card, on the host of ``request``; ``None`` as in ``token_of``."""
    token = token_of(link)
    if token is None:
        return None
    return request.build_absolute_uri(reverse("units:open_link", args=[token]))


def hash_of(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def _derive(nonce: str, key: str) -> str:
    digest = salted_hmac(_SALT, nonce, secret=key, algorithm="sha256").digest()[:_BYTES]
    return base64.urlsafe_b64encode(digest).decode()
