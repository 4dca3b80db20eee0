"""Text that was sent after the session had ended, kept until the person is back.

It lies in the anonymous session of that browser: a closed tab, a second attempt at the PIN or
an hour on the telephone with the office lose nothing. See docs/decisions/0006-held-posts.md.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from allauth.account.adapter import get_adapter
from django.contrib.sessions.backends.base import SessionBase
from django.core.cache import cache
from django.http import HttpRequest
from django.utils import timezone

from core.sent import Fields, fields_of, is_short

SESSION_HELD = "held"
KEPT = dt.timedelta(days=3)
MOST = 60  # texts from one address in a quarter of an hour; a whole office behind one router
QUARTER = 15 * 60  # seconds


@dataclass(frozen=True)
class Held:
    """``path`` is the address that the text was sent to, with its query."""

    path: str
    fields: Fields


def hold(request: HttpRequest) -> bool:
    """Keep what was sent; ``False`` where it is too much, and must be shown instead."""
    fields = fields_of(request)
    if not is_short([*fields, ("", request.get_full_path())]) or not _is_within_rate(request):
        return False
    request.session[SESSION_HELD] = {
        "path": request.get_full_path(),
        "fields": fields,
        "at": int(timezone.now().timestamp()),
    }
    # Nobody is signed in; who signs in gives the session its own time.
    request.session.set_expiry(KEPT)
    return True


def held_in(session: SessionBase) -> Held | None:
    kept = session.get(SESSION_HELD)
    if not kept or timezone.now().timestamp() - kept["at"] > KEPT.total_seconds():
        return None
    return Held(kept["path"], [(name, value) for name, value in kept["fields"]])


def drop(session: SessionBase) -> None:
    session.pop(SESSION_HELD, None)


def _is_within_rate(request: HttpRequest) -> bool:
    """Nobody fills the database with texts that no one will ever come for."""
    quarter = int(timezone.now().timestamp()) // QUARTER
    key = f"held:{quarter}:{get_adapter(request).get_client_ip(request)}"
    count = cache.get(key, 0) + 1
    cache.set(key, count, QUARTER)  # ``incr`` would date it anew, with the cache's own time
    return count <= MOST
