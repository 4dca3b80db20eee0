"""The office's sessions end after an hour of rest and after a working day; typed text survives."""

from collections.abc import Callable

from allauth.account.adapter import get_adapter
from django.conf import settings
from django.contrib.auth import logout
from django.contrib.sessions.middleware import SessionMiddleware
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render, resolve_url
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode

from accounts import held
from accounts.adapter import SIGNED_IN_AT
from accounts.second_factor import proved_at
from core.access import PUBLIC, SAFE_METHODS, wants_json
from core.sent import fields_of, texts_of

SEEN_AT = "seen_at"  # seconds since 1970, in the session
GRAIN = 60  # seconds; a session is not written on every request
ANSWERED = (200, 302, 409, 422)  # saved, or shown again with the reason


class LastingSessionMiddleware(SessionMiddleware):
    """Django's, but only what signs a person out takes the cookie away.

    Django's also takes it where the session that a request named is gone. A script's last
    saving of a dead session may be answered after the page has a new one, which holds the text
    that was just sent: taking that cookie would lose it. A cookie of no session opens nothing.
    """

    def process_response(
        self, request: HttpRequest, response: HttpResponseBase
    ) -> HttpResponseBase:
        response = super().process_response(request, response)
        cookie = response.cookies.get(settings.SESSION_COOKIE_NAME)
        if cookie is not None and not cookie.value and not request.session.was_ended:
            del response.cookies[settings.SESSION_COOKIE_NAME]
        return response


class LastingTokenMiddleware:
    """Below Django's CSRF middleware: what a script fetches beside the page renews no cookie.

    Such an answer may come after a sign-in has changed the token: the older one that it brings
    back would refuse the next form.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        known = request.COOKIES.get(settings.CSRF_COOKIE_NAME)
        is_beside = wants_json(request) or "HTTP_X_KEEP" in request.META
        if is_beside and known is not None and known == request.META.get("CSRF_COOKIE"):
            request.META["CSRF_COOKIE_NEEDS_UPDATE"] = False
        return response


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


class AskAgainMiddleware:
    """What gives or takes rights is open for a quarter of an hour after a password or a factor.

    Asked when the form is opened, so that nothing typed is lost; whoever left the form open for
    long comes back to it.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view_func, view_args, view_kwargs
    ) -> HttpResponse | None:  # type: ignore[no-untyped-def]
        action = getattr(view_func, "write_policy", "")
        if action not in settings.CONSEQUENTIAL_ACTIONS or not request.user.is_authenticated:
            return None
        age = timezone.now().timestamp() - proved_at(request.session)
        # More time to fill in what was opened in time.
        limit = settings.CONSEQUENTIAL_AFTER * (1 if request.method in SAFE_METHODS else 3)
        methods = get_adapter(request).get_reauthentication_methods(request.user)
        if age < limit or not methods or not request.user.has_perm(action):
            return None
        if wants_json(request):
            return JsonResponse({"ok": False, "sign_in": methods[0]["url"]}, status=401)
        return redirect(f"{methods[0]['url']}?{urlencode({'next': request.get_full_path()})}")


class HoldTypedMiddleware:
    """A form that is sent after the session ended is kept, and the person asked to sign in.

    Only for views that say ``@keeps_typed``. What is kept goes when it was sent once more
    and the view has answered.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if getattr(request, "sends_held", False) and response.status_code in ANSWERED:
            held.drop(request.session)
        return response

    def process_view(
        self, request: HttpRequest, view_func, view_args, view_kwargs
    ) -> HttpResponse | None:  # type: ignore[no-untyped-def]
        if request.method != "POST" or not getattr(view_func, "keeps_typed", False):
            return None
        if request.user.is_authenticated:
            kept = held.held_in(request.session)
            request.sends_held = kept is not None and kept.path == request.get_full_path()  # type: ignore[attr-defined]
            return None
        if wants_json(request):
            return None  # the script keeps its own copy
        if held.hold(request):
            return redirect(f"{reverse('account_login')}?next={resolve_url(settings.HELD_URL)}")
        context = {"texts": texts_of(fields_of(request))}
        return render(request, "account/not_held.html", context, status=413)
