"""What the hash of a row is made of."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from typing import Any

from django.apps import apps
from django.conf import settings
from django.utils.crypto import salted_hmac

from core.chained import Chained

SALT = "core.chain"
START = "0" * 64


def chained_models() -> list[type[Chained]]:
    """Every table with a chain, in the order of its name."""
    found = [model for model in apps.get_models() if issubclass(model, Chained)]
    return sorted(found, key=lambda model: model._meta.label)


def field_names(model: type[Chained]) -> list[str]:
    """The columns under the hash, all but those of the chain itself."""
    return [
        field.attname
        for field in model._meta.concrete_fields
        if field.attname not in ("sequence", "hash")
    ]


def link(before: str, label: str, sequence: int, row: dict[str, Any], fields: list[str]) -> str:
    """The hash of ``row``, which stands at ``sequence`` after the row with the hash ``before``."""
    said = [before, label, sequence, [[name, row[name]] for name in fields]]
    words = json.dumps(said, ensure_ascii=False, sort_keys=True, default=_plain)
    return hashlib.sha256(words.encode()).hexdigest()


def _plain(value: Any) -> str:
    if isinstance(value, dt.datetime):
        return value.astimezone(dt.UTC).isoformat()
    return str(value)


def signature(words: str, secret: str | None = None) -> str:
    """Under the server's key, which whoever rewrites the database does not have."""
    return salted_hmac(SALT, words, secret=secret, algorithm="sha256").hexdigest()


def is_signed(words: str, given: str) -> bool:
    keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    return any(signature(words, key) == given for key in keys)
