"""Closed by default, private by default, and no control bytes beyond this point."""

from collections.abc import Callable
from typing import Any
from urllib.parse import unquote_to_bytes

from csp.constants import HEADER
from csp.middleware import CheckableLazyObject, CSPMiddleware
from csp.utils import build_policy
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed, JsonResponse
from django.shortcuts import resolve_url

from core import errors
from core.access import wants_json
from core.headers import ISOLATION

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
    """Answer 400 to NUL bytes and invalid UTF-8 in the address.

    PostgreSQL raises on NUL and SQLite does not, so a view cannot be trusted
    to meet it alike. Bodies are cleaned by the form fields.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        raw = unquote_to_bytes(request.META.get("QUERY_STRING", "").replace("+", " "))
        try:
            text = raw.decode()
        except UnicodeDecodeError:
            return _refusal()
        if "\0" in text or "\0" in request.path:
            return _refusal()
        return self.get_response(request)


def _refusal() -> HttpResponse:
    return HttpResponse(
        "Địa chỉ trang có ký tự không dùng được. Hãy mở lại trang từ đầu.",
        status=400,
        content_type="text/plain; charset=utf-8",
    )


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
