"""What happens at the door, in the log: the number of the account, never a name or a password."""

from __future__ import annotations

import logging
from typing import Any

from allauth.mfa.signals import (
    authentication_failed,
    authenticator_added,
    authenticator_removed,
    authenticator_used,
)
from django.contrib.auth.signals import user_logged_in, user_logged_out, user_login_failed
from django.dispatch import Signal

logger = logging.getLogger("portal.access")

EVENTS: dict[str, tuple[Signal, int]] = {
    "Signed in": (user_logged_in, logging.INFO),
    "Signed out": (user_logged_out, logging.INFO),
    "Password refused": (user_login_failed, logging.WARNING),
    "Second factor refused": (authentication_failed, logging.WARNING),
    "Second factor shown": (authenticator_used, logging.INFO),
    "Second factor added": (authenticator_added, logging.WARNING),
    "Second factor taken away": (authenticator_removed, logging.WARNING),
}


def listen() -> None:
    for event, (signal, level) in EVENTS.items():
        signal.connect(_writer(event, level), weak=False, dispatch_uid=f"portal.access.{event}")


def _writer(event: str, level: int) -> Any:
    def write(*, user: Any = None, **kwargs: Any) -> None:
        pk = getattr(user, "pk", None)
        logger.log(level, event, extra={"fields": {"account": pk} if pk else {}})

    return write
