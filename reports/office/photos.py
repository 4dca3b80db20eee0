"""The photos of a report, for whoever may read it."""

from __future__ import annotations

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_safe

from reports import photos
from reports.views.photos import picture_response


@require_safe
def report_photo(request: HttpRequest, pk: int, name: str) -> HttpResponseBase:
    """One width of a photo of the report ``pk``; 404 where the person may not read the report."""
    return picture_response(photos.of_office(request.user).filter(report_id=pk), name)
