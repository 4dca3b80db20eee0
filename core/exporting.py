"""A list of the office as an .xlsx: what the screen shows, all its pages, and a line in the log."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from typing import Any

from django.http import FileResponse, HttpRequest
from django.utils import timezone

from core.access import person
from core.downloads import sheet_response
from core.models import ExportLog
from core.sheets import Column
from core.text import clean, fold, format_date

LONGEST_QUERY = 2000
ALL_WARDS = "*"

_REACH: list[Callable[[Any, str], Collection[str]]] = []


def add_reach(reach: Callable[[Any, str], Collection[str]]) -> None:
    """``reach(user, action)`` gives the wards in which somebody holds a right, by their paths."""
    _REACH.append(reach)


def reached(user: Any, action: str) -> set[str]:
    return {path for reach in _REACH for path in reach(user, action)}


def as_wards(paths: Iterable[str]) -> str:
    """ ",0001,0003,": each path is found between two commas; all of them where they are too many."""
    text = "".join(f"{path}," for path in sorted(set(paths)))
    longest = ExportLog._meta.get_field("wards").max_length or 0
    return f",{text}" if len(text) < longest else f",{ALL_WARDS},"


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
    wards: Iterable[str],
    heading: Sequence[str] = (),
) -> FileResponse:
    """The table, and who took it when, with which filter and how many rows.

    ``wards`` are the paths of the wards whose rows it may hold: there the log is read.
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
        wards=as_wards(wards),
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
