"""A list of the office as an .xlsx: what the screen shows, all its pages, and a line in the log."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from django.http import FileResponse, HttpRequest
from django.utils import timezone

from core.access import person
from core.downloads import sheet_response
from core.models import ExportLog
from core.sheets import Column
from core.text import clean, fold, format_date

LONGEST_QUERY = 2000


class _Counted:
    """Rows as they pass, and how many did."""

    def __init__(self, rows: Iterable[Sequence[Any]]) -> None:
        self.rows, self.count = rows, 0

    def __iter__(self) -> Iterator[Sequence[Any]]:
        for row in self.rows:
            self.count += 1
            yield row


def logged_sheet(
    request: HttpRequest,
    *,
    name: str,
    columns: Sequence[Column],
    rows: Iterable[Sequence[Any]],
    heading: Sequence[str] = (),
) -> FileResponse:
    """The table, and who took it when, with which filter and how many rows.

    ``rows`` may be a generator: it is written as it comes. Raises what
    :func:`core.sheets.write_sheet` raises; then nothing is logged.
    """
    counted = _Counted(rows)
    response = sheet_response(
        file_name(name), name=name, columns=columns, rows=counted, heading=(name, *heading)
    )
    ExportLog.objects.create(
        user=person(request),
        name=name[:120],
        query=clean(request.GET.urlencode())[:LONGEST_QUERY],
        columns=", ".join(column.title for column in columns),
        row_count=counted.count,
    )
    return response


def file_name(name: str, day: dt.date | None = None) -> str:
    """ "don-vi-2026-11-28.xlsx"."""
    words = "-".join("".join(c if c.isalnum() else " " for c in fold(name)).split())
    return f"{words[:60] or 'bang'}-{day or timezone.localdate():%Y-%m-%d}.xlsx"


def made_at() -> str:
    """The line below the name of a table that says when it was taken."""
    now = timezone.localtime()
    return f"Xuất lúc {now:%H:%M} ngày {format_date(now.date())}"
