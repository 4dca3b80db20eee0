"""Secrets of the second factor, encrypted at rest under a key that comes from ``SECRET_KEY``.

A copy of the database opens nobody's second step. An old ``SECRET_KEY`` still opens what it
sealed while it stands in ``SECRET_KEY_FALLBACKS``.
"""

from __future__ import annotations

import base64
import binascii
import hmac
import secrets
from collections.abc import Iterator

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings

PURPOSE = b"accounts.second-factor.1"
NONCE = 12  # bytes


class UnsealError(ValueError):
    """Sealed under a key that the settings no longer hold, or changed since."""


def seal(text: str) -> str:
    nonce = secrets.token_bytes(NONCE)
    sealed = nonce + next(_ciphers()).encrypt(nonce, text.encode(), PURPOSE)
    return base64.urlsafe_b64encode(sealed).decode()


def unseal(sealed: str) -> str:
    try:
        raw = base64.urlsafe_b64decode(sealed.encode())
    except (binascii.Error, ValueError) as error:
        raise UnsealError from error
    for cipher in _ciphers():
        try:
            return cipher.decrypt(raw[:NONCE], raw[NONCE:], PURPOSE).decode()
        except (InvalidTag, ValueError):
            continue
    raise UnsealError


def _ciphers() -> Iterator[AESGCM]:
    for key in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS):
        yield AESGCM(hmac.digest(key.encode(), PURPOSE, "sha256"))
