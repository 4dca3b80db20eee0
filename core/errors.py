"""Error pages: what is wrong, what to do, whom to call. They never fail themselves."""

from __future__ import annotations

import logging
import sys
from typing import Any

from django.conf import settings
from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.http import HttpRequest, HttpResponse, JsonResponse, UnreadablePostError
from django.middleware.csrf import get_token
from django.template import loader

from core.access import wants_json
from core.contact import contact_for
from core.faults import Fault, fault_of
from core.sent import fields_of, is_from_here, is_short, texts_of

logger = logging.getLogger(__name__)

TOO_LARGE = (RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent)
SENTENCES = {
    400: "Yêu cầu gửi lên không đọc được, mời tải lại trang rồi thử lại.",
    403: "Trang này không thuộc phần việc của đồng chí.",
    404: "Không tìm thấy trang này.",
    405: "Địa chỉ này chỉ nhận phần gửi từ một nút bấm, mời quay lại trang trước.",
    413: "Phần gửi lên quá lớn nên máy chủ không nhận, mời gửi ít hơn hoặc chọn tệp nhỏ hơn.",
    429: "Thử nhiều lần quá, mời chờ 5 phút rồi thử lại.",
    500: "Máy chủ đang gặp lỗi nên chưa lưu được, mời thử lại sau ít phút.",
    503: "Máy chủ của phường đang bận nên chưa lưu được, mời thử lại sau ít phút.",
    507: "Máy chủ của phường hết chỗ nên chưa lưu được, mời gọi văn phòng.",
}


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    if isinstance(exception, TOO_LARGE):
        return _page(request, "413.html", 413)
    return _page(request, "400.html", 400)


def permission_denied(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return _page(request, "403.html", 403)


def page_not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return _page(request, "404.html", 404)


def method_not_allowed(request: HttpRequest) -> HttpResponse:
    return _page(request, "405.html", 405)


def too_many_requests(request: HttpRequest) -> HttpResponse:
    return _page(request, "429.html", 429)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A script gets JSON. What was typed on a page of ours is offered to be sent once more;
    another site's text is not, or it could make people send it themselves.
    """
    if wants_json(request):
        sentence = "Trang để lâu quá nên chưa lưu được. Nội dung vẫn còn trên máy."
        return JsonResponse({"ok": False, "csrf": True, "sentence": sentence}, status=403)
    view = request.resolver_match.func if request.resolver_match else None
    chosen = getattr(view, "offers_typed", None)
    if (chosen or getattr(view, "keeps_typed", False)) and is_from_here(request):
        fields = fields_of(request)
        texts = texts_of(fields, unread=chosen or ())
        context = {"fields": fields, "texts": texts, "path": request.get_full_path()}
        template = "403_csrf_public.html" if chosen else "403_csrf_kept.html"
        page = loader.render_to_string(template, context, request)
        return HttpResponse(page, status=403)
    return _page(request, "403_csrf.html", 403)


def server_error(request: HttpRequest) -> HttpResponse:
    """A full disk and a lost database have pages of their own; all else is our mistake.

    What was typed on a secretary's page could not be saved, so it stands on this one.
    """
    error = sys.exc_info()[1]
    if isinstance(error, UnreadablePostError):
        return _page(request, "400.html", 400)
    fault = fault_of(error)
    status = fault.status if fault else 500
    context = {"is_sent": request.method == "POST", **_typed(request)}
    # Asking a database that is gone may take long; what this process remembers does not.
    is_alive = fault in (None, Fault.FULL) and contact_for(request) is None
    response = _page(request, f"{status}.html", status, context, asks=is_alive)
    if fault:
        response.headers["Retry-After"] = str(fault.retry_after)
    return response


def _page(
    request: HttpRequest,
    template: str,
    status: int,
    context: dict[str, Any] | None = None,
    *,
    asks: bool = True,
) -> HttpResponse:
    """``template`` in the face of the page that was wanted; without the database if need be."""
    if wants_json(request):
        return JsonResponse({"ok": False, "sentence": SENTENCES[status]}, status=status)
    is_secretary = request.path.startswith(settings.SECRETARY_PATHS)
    context = {
        "is_secretary": is_secretary,
        "face": "base_secretary.html" if is_secretary else "base_public.html",
        **(context or {}),
    }
    if asks:
        try:
            page = loader.render_to_string(template, context, request)
        except Exception:
            logger.warning("An error page was written without the database", exc_info=True)
        else:
            return HttpResponse(page, status=status)
    context["ward_profile"] = contact_for(request)
    return HttpResponse(loader.get_template(template).render(context), status=status)


def _typed(request: HttpRequest) -> dict[str, Any]:
    """What a secretary had typed, to be read, copied and sent once more."""
    if request.method != "POST" or not request.path.startswith(settings.SECRETARY_TYPING_PATHS):
        return {}
    try:
        fields = fields_of(request)
        if not is_from_here(request) or not is_short(fields):
            return {}
        return {
            "fields": fields,
            "texts": texts_of(fields),
            "path": request.get_full_path(),
            "csrf_token": get_token(request),
        }
    except Exception:  # the form itself may be what could not be read
        logger.warning("What was typed cannot be shown again", exc_info=True)
        return {}
