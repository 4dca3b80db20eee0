"""Public events as a calendar file (RFC 5545): one, or all that are on or to come."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404

from products.follow.answers import open_to_all
from products.models import Promotion
from products.public import ward_or_404

MOST = 200
LINE = 75  # octets, without the line end
LINE_END = "\r\n"


@open_to_all
def all_events(request: HttpRequest) -> HttpResponse:
    ward = ward_or_404(request)
    rows = Promotion.objects.filter(owner=ward).published().from_day()[:MOST]
    return _answer(request, ward.name, rows, "hoi-cho.ics")


@open_to_all
def event(request: HttpRequest, slug: str) -> HttpResponse:
    ward = ward_or_404(request)
    row = get_object_or_404(Promotion.objects.filter(owner=ward).published(), slug=slug)
    return _answer(request, ward.name, [row], f"{row.slug}.ics")


def calendar_of(host: str, ward: str, rows: Iterable[tuple[Promotion, str]]) -> str:
    """The file; ``rows`` are (event, address of its page). All days are whole days."""
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Hang Viet//Hoi cho//VI",
        "CALSCALE:GREGORIAN",
        "METHOD:PUBLISH",
        f"X-WR-CALNAME:{text(f'Hội chợ, khuyến mại – {ward}')}",
    ]
    for row, url in rows:
        about = "\n".join(filter(None, (row.hours, row.text, url)))
        lines += [
            "BEGIN:VEVENT",
            f"UID:promotion-{row.pk}@{host}",
            f"DTSTAMP:{row.updated_at.astimezone(dt.UTC):%Y%m%dT%H%M%SZ}",
            f"SEQUENCE:{row.version}",
            f"DTSTART;VALUE=DATE:{row.first_on:%Y%m%d}",
            # The end of whole days is the first day that is none of them.
            f"DTEND;VALUE=DATE:{row.last_on + dt.timedelta(days=1):%Y%m%d}",
            f"SUMMARY:{text(row.title)}",
            *([f"LOCATION:{text(row.place)}"] if row.place else []),
            f"DESCRIPTION:{text(about)}",
            f"URL:{url}",
            "END:VEVENT",
        ]
    lines.append("END:VCALENDAR")
    return "".join(f"{folded(line)}{LINE_END}" for line in lines)


def _answer(request: HttpRequest, ward: str, rows: Iterable[Promotion], name: str) -> HttpResponse:
    host = request.get_host().split(":")[0]
    told = [(row, request.build_absolute_uri(row.get_absolute_url())) for row in rows]
    return HttpResponse(
        calendar_of(host, ward, told),
        content_type="text/calendar; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


def text(value: str) -> str:
    """A text value: what separates values is escaped, a line end is written out."""
    for sign in ("\\", ";", ","):
        value = value.replace(sign, f"\\{sign}")
    return value.replace("\n", "\\n")


def folded(line: str) -> str:
    """Cut to pieces of 75 octets, never inside a letter; each further piece begins with a space."""
    pieces, piece, size = [], "", 0
    for char in line:
        width = len(char.encode())
        if size + width > LINE:
            pieces.append(piece)
            piece, size = " ", 1
        piece, size = piece + char, size + width
    return "\r\n".join([*pieces, piece])
