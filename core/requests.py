"""One log line for each request: which route, what answer, how long; never what was typed."""

from __future__ import annotations

import logging
import secrets
import time
from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse

from core.counting import count
from core.logs import REQUEST_ID

logger = logging.getLogger("portal.requests")
HEADER = "X-Request-Id"


class RequestLogMiddleware:
    """The first of all: its id stands on every line of the request and in the answer.

    The id is ours; one that a visitor sends could be made to look like another's.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request_id = secrets.token_hex(8)
        before = REQUEST_ID.set(request_id)
        began = time.monotonic()
        try:
            response = self.get_response(request)
            seconds = time.monotonic() - began
            count(response.status_code, seconds)
            fields: dict[str, Any] = {
                "method": (request.method or "")[:10],
                "route": _route(request),
                "status": response.status_code,
                "ms": round(seconds * 1000),
            }
            if (account := _account(request)) is not None:
                fields["account"] = account
            logger.info("Answered", extra={"fields": fields})
        finally:
            REQUEST_ID.reset(before)
        response.headers[HEADER] = request_id
        return response


def _account(request: HttpRequest) -> int | None:
    """Whose request it was, where it was asked for; a public page asks for nobody."""
    return getattr(getattr(request, "_cached_user", None), "pk", None)


def _route(request: HttpRequest) -> str:
    """The pattern of the address, which holds no token and no name."""
    match = request.resolver_match
    return match.route if match else ""
