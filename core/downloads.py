"""A table as a file that the browser saves."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Sequence
from typing import Any

from django.http import FileResponse
from django.utils.http import content_disposition_header

from core.sheets import CONTENT_TYPE, Column, write_sheet


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
    response = FileResponse(file, content_type=CONTENT_TYPE)
    response["Content-Disposition"] = content_disposition_header(True, file_name) or "attachment"
    response["Cache-Control"] = "private, no-store"
    response["X-Content-Type-Options"] = "nosniff"
    return response
