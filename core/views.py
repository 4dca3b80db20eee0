"""Public pictures. Nothing else that people uploaded is served without a check."""

import re

from django.core.files.storage import default_storage
from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseNotFound
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_safe

from core.access import public

# Exactly what ``core.files`` names its pictures; no other name reaches the storage.
_NAME = re.compile(r"[A-Za-z0-9_-]{32}-[1-9][0-9]{0,4}\.webp")
_HEADERS = {
    "Cache-Control": "public, max-age=31536000, immutable",  # a changed picture has a new key
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'; sandbox",
    "X-Content-Type-Options": "nosniff",
}


@public
@require_safe
def picture(request: HttpRequest, name: str) -> HttpResponseBase:
    """One width of a picture, "<key>-<width>.webp", for anyone and any cache; else 404."""
    if not _NAME.fullmatch(name):
        return _missing()
    try:
        file = default_storage.open(f"public/{name}")
    except FileNotFoundError:
        return _missing()
    return FileResponse(file, content_type="image/webp", headers=_HEADERS)


def _missing() -> HttpResponse:
    return HttpResponseNotFound("Không có ảnh này.", content_type="text/plain; charset=utf-8")
