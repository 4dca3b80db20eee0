"""Who has shown a second factor in this session, and what follows when factors change.

The session holds the person's key, not a mere yes: what one person showed is worth nothing
to the next in the same browser. See docs/decisions/0031-second-factor.md.
"""

from __future__ import annotations

import hmac
import time
from functools import wraps
from typing import Any

from allauth.account.signals import authentication_step_completed
from allauth.mfa import app_settings as mfa_settings
from allauth.mfa.models import Authenticator
from allauth.mfa.signals import authenticator_removed, authenticator_used
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.contrib.auth import update_session_auth_hash
from django.contrib.sessions.backends.base import SessionBase
from django.db import transaction
from django.db.models import F
from django.http import HttpRequest
from django.http.response import HttpResponseBase

from accounts.models import User
from accounts.sealing import unseal
from core.access import View

SHOWN = "second_factor"  # in the session: the primary key of the person who showed one
PROVED_AT = "proved_at"  # in the session: seconds since 1970, when a password or factor was given
LAST_STEP = "last_step"  # of the app's secret: the newest half minute whose code was taken
_STEP = "proved_in_this_request"
STRONG = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)


def has_factor(user: Any) -> bool:
    return Authenticator.objects.filter(user_id=user.pk, type__in=STRONG).exists()


def has_shown(session: SessionBase, user: Any) -> bool:
    return session.get(SHOWN) == user.pk


def before_second_factor(view: View) -> Any:
    """Open to a person whose session has the password alone: the way to the second factor."""
    view.before_second_factor = True  # type: ignore[attr-defined]
    return view


def new_key_when_shown(view: View) -> Any:
    """Another session key where ``view`` took a password or a factor; allauth keeps the old one."""

    @wraps(view)
    def rotated(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        request.session.pop(_STEP, None)
        response = view(request, *args, **kwargs)
        if request.session.pop(_STEP, None):
            request.session.cycle_key()
        return response

    return rotated


def proved_at(session: SessionBase) -> float:
    """When the person of ``session`` last gave a password or a factor."""
    return session.get(PROVED_AT, 0)


def take_code(row: Authenticator, code: str) -> bool:
    """Is ``code`` the app's code of this half minute, shown for the first time?

    Compared and remembered under the row's lock: of the same code on two nodes one is taken.
    """
    with transaction.atomic():
        row = Authenticator.objects.select_for_update().get(pk=row.pk)
        step = _step()
        expected = format_hotp_value(hotp_value(unseal(row.data["secret"]), step))
        typed = "".join(code.split())
        if not _is_same(typed, expected) or step <= row.data.get(LAST_STEP, 0):
            return False
        row.data[LAST_STEP] = step
        row.save(update_fields=["data"])
    return True


def end_sessions(user: Any, *, but: HttpRequest | None = None) -> None:
    """Every session of ``user`` ends with its next request, the one of ``but`` alone goes on."""
    User.objects.filter(pk=user.pk).update(sign_outs=F("sign_outs") + 1)
    user.refresh_from_db(fields=["sign_outs"])
    if but is not None:
        update_session_auth_hash(but, user)


def remove_factors(user: User) -> int:
    """All factors of ``user`` and all sessions; the count of what was removed."""
    with transaction.atomic():
        count, _ = Authenticator.objects.filter(user=user).delete()
        end_sessions(user)
    return count


def listen() -> None:
    authentication_step_completed.connect(_proved, dispatch_uid="second_factor.proved")
    authenticator_used.connect(_used, dispatch_uid="second_factor.used")
    authenticator_removed.connect(_removed, dispatch_uid="second_factor.removed")


def _proved(*, request: HttpRequest, **kwargs: Any) -> None:
    request.session[PROVED_AT] = int(time.time())
    request.session[_STEP] = True


def _used(*, request: HttpRequest, user: Any, **kwargs: Any) -> None:
    request.session[SHOWN] = user.pk


def added(request: HttpRequest, row: Authenticator) -> None:
    """After ``row`` became a factor of the person of ``request``, who has shown it by that."""
    if row.type == Authenticator.Type.TOTP:
        row.data[LAST_STEP] = _step()  # its first code was typed to set it up
        row.save(update_fields=["data"])
    request.session[SHOWN] = row.user_id
    end_sessions(request.user, but=request)


def _removed(*, request: HttpRequest, user: Any, **kwargs: Any) -> None:
    if not has_factor(user):
        request.session.pop(SHOWN, None)
    end_sessions(user, but=request)


def _step() -> int:
    return int(time.time()) // mfa_settings.TOTP_PERIOD


def _is_same(typed: str, expected: str) -> bool:
    return hmac.compare_digest(typed.encode(), expected.encode())
