"""What a phone kept is taken from the person who wrote it, and from nobody else on that phone."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from http import HTTPStatus
from typing import Any

from django.http import HttpRequest, JsonResponse
from django.http.response import HttpResponseBase

from core.access import person

WRITER = "HTTP_X_PERSON"  # of the header: the mark of whoever was signed in when it was written
NOT_YOURS = "Phần này do người khác viết trên máy này. Người đó đăng nhập lại thì máy tự gửi."


def by_its_writer(view: Callable[..., HttpResponseBase]) -> Callable[..., Any]:
    """Refuse as signed out what somebody else wrote; a request without the header is a page's own."""

    @wraps(view)
    def asked(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        mark = request.META.get(WRITER)
        if mark is not None and mark != person(request).mark:
            words = {"ok": False, "is_other": True, "sentence": NOT_YOURS}
            return JsonResponse(words, status=HTTPStatus.UNAUTHORIZED)
        return view(request, *args, **kwargs)

    return asked
