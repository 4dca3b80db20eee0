"""Airings as a calendar file (RFC 5545), each with its hour."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from outreach.loudspeaker.models import Airing
from products.follow.calendar import LINE_END, folded, text


def airings_file(host: str, ward: str, rows: Iterable[Airing]) -> str:
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Hang Viet//Loa//VI",
        "CALSCALE:GREGORIAN",
        "METHOD:PUBLISH",
        f"X-WR-CALNAME:{text(f'Loa truyền thanh – {ward}')}",
    ]
    for row in rows:
        begins = row.begins.astimezone(dt.UTC)
        ends = begins + dt.timedelta(minutes=row.slot.minutes)
        lines += [
            "BEGIN:VEVENT",
            f"UID:airing-{row.pk}@{host}",
            f"DTSTAMP:{row.updated_at.astimezone(dt.UTC):%Y%m%dT%H%M%SZ}",
            f"SEQUENCE:{row.version}",
            f"DTSTART:{begins:%Y%m%dT%H%M%SZ}",
            f"DTEND:{ends:%Y%m%dT%H%M%SZ}",
            f"SUMMARY:{text(f'Loa: {row.bulletin}')}",
            f"DESCRIPTION:{text(f'{row.slot}. {row.get_status_display()}.')}",
            "END:VEVENT",
        ]
    lines.append("END:VCALENDAR")
    return "".join(f"{folded(line)}{LINE_END}" for line in lines)
