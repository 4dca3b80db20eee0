"""What is on in the ward, for anyone: a page and a calendar file."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from outreach.models import Event
from products.follow.answers import open_to_all
from products.follow.calendar import LINE_END, folded, text
from products.public import public_page, ward_or_404
from units.models import Unit

MOST, PAST = 60, 12


@public_page
def events(request: HttpRequest) -> HttpResponse:
    ward = ward_or_404(request)
    today = timezone.localdate()
    photos = Event.objects.filter(owner=ward, is_public=True).prefetch_related("photos__picture")
    context = {
        "soon": list(_to_come(photos, today)[:MOST]),
        "past": list(_over(photos, today)[:PAST]),
        "today": today,
    }
    return render(request, "outreach/events/public.html", context)


@open_to_all
def events_ics(request: HttpRequest) -> HttpResponse:
    ward = ward_or_404(request)
    rows = Event.objects.filter(owner=ward, is_public=True)
    host = request.get_host().split(":")[0]
    return HttpResponse(
        calendar_of(host, ward, list(_to_come(rows, timezone.localdate())[:MOST])),
        content_type="text/calendar; charset=utf-8",
        headers={"Content-Disposition": 'attachment; filename="su-kien.ics"'},
    )


def _to_come(rows: Any, today: dt.date) -> Any:
    return rows.filter(Q(held_on__gte=today) | Q(ends_on__gte=today)).order_by("held_on", "pk")


def _over(rows: Any, today: dt.date) -> Any:
    is_over = Q(held_on__lt=today) & (Q(ends_on__isnull=True) | Q(ends_on__lt=today))
    return rows.filter(is_over).order_by("-held_on", "-pk")


def calendar_of(host: str, ward: Unit, rows: list[Event]) -> str:
    """The file; an event without an hour is whole days."""
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Hang Viet//Su kien//VI",
        "CALSCALE:GREGORIAN",
        "METHOD:PUBLISH",
        f"X-WR-CALNAME:{text(f'Sự kiện – {ward}')}",
    ]
    for row in rows:
        lines += [
            "BEGIN:VEVENT",
            f"UID:event-{row.pk}@{host}",
            f"DTSTAMP:{row.updated_at.astimezone(dt.UTC):%Y%m%dT%H%M%SZ}",
            f"SEQUENCE:{row.version}",
            *_span(row),
            f"SUMMARY:{text(row.title)}",
            *([f"LOCATION:{text(row.place)}"] if row.place else []),
            *([f"DESCRIPTION:{text(row.about)}"] if row.about else []),
            "END:VEVENT",
        ]
    lines.append("END:VCALENDAR")
    return "".join(f"{folded(line)}{LINE_END}" for line in lines)


def _span(row: Event) -> list[str]:
    if row.starts_at and not row.ends_on:
        begins = timezone.make_aware(dt.datetime.combine(row.held_on, row.starts_at))
        return [f"DTSTART:{begins.astimezone(dt.UTC):%Y%m%dT%H%M%SZ}"]
    after = (row.ends_on or row.held_on) + dt.timedelta(days=1)
    return [f"DTSTART;VALUE=DATE:{row.held_on:%Y%m%d}", f"DTEND;VALUE=DATE:{after:%Y%m%d}"]
