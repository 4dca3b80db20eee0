"""The pages for when something is wrong, each from its own handler."""

import errno

from django.core.exceptions import RequestDataTooBig
from django.db import OperationalError
from django.test import RequestFactory
from django.urls import resolve

from core import errors


def error_pages():
    """Name and answer, as a secretary gets them."""
    asked = RequestFactory().get("/bao-cao/loi/", headers={"host": "localhost"})
    sent = RequestFactory().post(
        "/bao-cao/1/2026-03/ket-qua/",
        {"result-result": "Đã nói chuyện với các hộ."},
        headers={"host": "localhost", "origin": "http://localhost"},
    )
    handlers = {
        400: errors.bad_request,
        403: errors.permission_denied,
        404: errors.page_not_found,
        405: errors.method_not_allowed,
        413: lambda request: errors.bad_request(request, RequestDataTooBig()),
        429: errors.too_many_requests,
        500: errors.server_error,
    }
    for status, handler in handlers.items():
        yield str(status), handler(asked)
    yield "csrf", errors.csrf_failure(asked)
    sent.resolver_match = resolve(sent.path)
    yield "csrf-kept", errors.csrf_failure(sent)
    for name, fault in (("503", OperationalError("lost")), ("507", _full_disk())):
        try:
            raise fault
        except (OperationalError, OSError):
            yield name, errors.server_error(sent)


def _full_disk():
    return OSError(errno.ENOSPC, "No space left on device")
