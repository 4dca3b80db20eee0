"""Closed by default, private by default, and no control bytes beyond this point."""

from collections.abc import Callable
from typing import Any
from urllib.parse import parse_qsl, unquote_to_bytes

from csp.constants import HEADER
from csp.middleware import CheckableLazyObject, CSPMiddleware
from csp.utils import build_policy
from django.conf import settings
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed, JsonResponse
from django.shortcuts import resolve_url

from core import errors
from core.access import SAFE_METHODS, wants_json
from core.headers import ISOLATION

URLENCODED = "application/x-www-form-urlencoded"
GetResponse = Callable[[HttpRequest], HttpResponse]


class ClosedByDefaultMiddleware(LoginRequiredMiddleware):
    """Every view needs a sign-in, except those under ``@public``.

    Django's own class loads ``request.user`` before it looks at the decorator.
    That reads the session and puts ``Vary: Cookie`` on the public pages, so no
    cache could share them. Asking the view first keeps them cacheable.
    """

    def process_view(
        self, request: HttpRequest, view_func: Any, view_args: Any, view_kwargs: Any
    ) -> Any:
        if not getattr(view_func, "login_required", True):
            return None
        return super().process_view(request, view_func, view_args, view_kwargs)

    def handle_no_permission(self, request: HttpRequest, view_func: Any) -> Any:
        """A script is told where to sign in; it must not read the page of the redirect."""
        if wants_json(request):
            sign_in = self.get_login_url(view_func)
            return JsonResponse({"ok": False, "sign_in": resolve_url(sign_in)}, status=401)
        return super().handle_no_permission(request, view_func)


class ContentPolicyMiddleware(CSPMiddleware):
    """django-csp; the policy of the settings, which nearly every answer has, is written once.

    Building it anew is 0.1 ms of CPU, a tenth of a cached page. An answer with a nonce or with
    directives of its own goes the long way.
    """

    def __init__(self, get_response: GetResponse) -> None:
        super().__init__(get_response)
        self._usual = build_policy()

    def process_response(self, request: HttpRequest, response: Any) -> Any:
        has_nonce = getattr(request, "_csp_nonce", None) is not None
        if has_nonce or any(name.startswith("_csp") for name in vars(response)):
            return super().process_response(request, response)
        response.headers.setdefault(HEADER, self._usual)
        request.csp_nonce = CheckableLazyObject(self._csp_nonce_post_response)  # type: ignore[attr-defined]
        return response


class SecurityHeadersMiddleware:
    """Isolation headers on everything; ``no-store`` unless a page opts in to be cached."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        for name, value in ISOLATION.items():
            response.headers.setdefault(name, value)
        response.headers.setdefault("Cache-Control", "private, no-store")
        return response


class RefuseBadTextMiddleware:
    """Answer 400 to what no page of ours sends: NUL, invalid UTF-8, too much, twice the same name.

    PostgreSQL raises on NUL and SQLite does not, so a view cannot be trusted to meet it alike. A
    name that comes twice is read one way here and another way by a proxy. Below the middleware of
    the headers, so that the refusal carries them too.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if _is_bad_address(request.path, request.META.get("QUERY_STRING", "")):
            return errors.bad_request(request)
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view_func: Any, view_args: Any, view_kwargs: Any
    ) -> HttpResponse | None:
        # What is long to type is cleaned by its form and shown again, never refused at the door.
        is_typed = hasattr(view_func, "keeps_typed") or hasattr(view_func, "offers_typed")
        if request.method in SAFE_METHODS or is_typed or not _is_bad_form(request):
            return None
        return errors.bad_request(request)


def _is_bad_address(path: str, query: str) -> bool:
    if "\0" in path or len(query) > settings.QUERY_LONGEST:
        return True
    if not query:
        return False
    try:
        pairs = parse_qsl(query, keep_blank_values=True, errors="strict", max_num_fields=500)
    except ValueError:  # also what is no UTF-8
        return True
    if any("\0" in name or "\0" in value for name, value in pairs):
        return True
    single = [name for name, _ in pairs if name not in settings.MULTIPLE_PARAMETERS]
    return len(single) != len(set(single))


def _is_bad_form(request: HttpRequest) -> bool:
    """Django reads what is no UTF-8 as U+FFFD, which may also have been typed."""
    if not request.POST and not request.FILES:
        return False
    if any(len(request.POST.getlist(name)) > 1 for name in settings.SINGLE_FIELDS):
        return True
    texts = [text for name, values in request.POST.lists() for text in (name, *values)]
    texts += [upload.name or "" for uploads in request.FILES.lists() for upload in uploads[1]]
    if any("\0" in text for text in texts):
        return True
    if request.content_type != URLENCODED or not any("\ufffd" in text for text in texts):
        return False
    try:
        unquote_to_bytes(request.body.replace(b"+", b" ")).decode()
    except UnicodeDecodeError:
        return True
    return False


class MethodPageMiddleware:
    """A page, where Django answers a wrong method with nothing.

    Whoever reloads or comes back to an address that only takes what a button sends would see
    a blank screen.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if not isinstance(response, HttpResponseNotAllowed) or response.content:
            return response
        page = errors.method_not_allowed(request)
        page.headers["Allow"] = response.headers["Allow"]
        return page
