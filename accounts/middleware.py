"""The office's sessions end after an hour of rest and after a working day."""

from collections.abc import Callable

from django.conf import settings
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from accounts.adapter import SIGNED_IN_AT
from core.access import PUBLIC

SEEN_AT = "seen_at"  # seconds since 1970, in the session
GRAIN = 60  # seconds; a session is not written on every request


class SessionLimitMiddleware:
    """Sign an office person out when the session is too old or has rested too long.

    A secretary's telephone stays signed in (the session's own age is the limit).
    Public pages are left alone: they must not read the session.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view_func, view_args, view_kwargs) -> None:  # type: ignore[no-untyped-def]
        if getattr(view_func, "policy", "") == PUBLIC or not request.user.is_authenticated:
            return
        if not request.user.has_perm("office.enter"):
            return
        now = int(timezone.now().timestamp())
        session = request.session
        signed_in_at = session.setdefault(SIGNED_IN_AT, now)
        seen_at = session.setdefault(SEEN_AT, now)
        if (
            now - signed_in_at > settings.OFFICE_SESSION_ABSOLUTE
            or now - seen_at > settings.OFFICE_SESSION_IDLE
        ):
            logout(request)
        elif now - seen_at > GRAIN:
            session[SEEN_AT] = now
