"""A file that is made now and kept nowhere, as an answer."""

from __future__ import annotations

from django.http import HttpResponse
from django.utils.http import content_disposition_header


def attachment(data: bytes, name: str, content_type: str) -> HttpResponse:
    """To be saved under ``name``; no cache keeps it and no browser guesses another type."""
    response = HttpResponse(data, content_type=content_type)
    response["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
    response["Cache-Control"] = "private, no-store"
    response["X-Content-Type-Options"] = "nosniff"
    return response
