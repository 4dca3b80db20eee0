"""A file that is made now and kept nowhere, as an answer."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Sequence
from typing import Any, TypeVar

from django.http import FileResponse, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.http import content_disposition_header

from core.sheets import CONTENT_TYPE, Column, write_sheet

Answer = TypeVar("Answer", bound=HttpResponseBase)


def attachment(data: bytes, name: str, content_type: str) -> HttpResponse:
    """To be saved under ``name``; no cache keeps it and no browser guesses another type."""
    return _saved_as(name, HttpResponse(data, content_type=content_type))


def sheet_response(
    file_name: str,
    *,
    name: str,
    columns: Sequence[Column],
    rows: Iterable[Sequence[Any]],
    heading: Sequence[str] = (),
) -> FileResponse:
    """``rows`` as an .xlsx called ``file_name``; it goes through a file, not through memory."""
    file = tempfile.TemporaryFile()  # noqa: SIM115  the response closes it
    try:
        write_sheet(file, name=name, columns=columns, rows=rows, heading=heading)
    except BaseException:
        file.close()
        raise
    file.seek(0)
    return _saved_as(file_name, FileResponse(file, content_type=CONTENT_TYPE))


def _saved_as(name: str, response: Answer) -> Answer:
    response["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
    response["Cache-Control"] = "private, no-store"
    response["X-Content-Type-Options"] = "nosniff"
    return response
