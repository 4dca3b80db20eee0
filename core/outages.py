"""A planned outage, told on every page at least seven working days before it begins.

It stands in the environment: whoever stops the server is who may tell of it, and telling must not
need the database.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from zoneinfo import ZoneInfo

import holidays
from django.core.exceptions import ImproperlyConfigured
from django.utils import timezone

AHEAD = 7  # working days between the telling and the outage
HERE = ZoneInfo("Asia/Ho_Chi_Minh")
SHAPE = "2026-12-20T22:00/2026-12-21T02:00/2026-12-08/nâng cấp máy chủ"


@dataclass(frozen=True)
class Outage:
    starts_at: dt.datetime
    ends_at: dt.datetime
    told_on: dt.date
    reason: str


def parse(text: str) -> Outage | None:
    """``text`` as "start/end/day told/reason"; ``ImproperlyConfigured`` where it cannot be."""
    if not text.strip():
        return None
    try:
        start, end, told, reason = (one.strip() for one in text.split("/", 3))
        outage = Outage(
            dt.datetime.fromisoformat(start).replace(tzinfo=HERE),
            dt.datetime.fromisoformat(end).replace(tzinfo=HERE),
            dt.date.fromisoformat(told),
            reason,
        )
    except ValueError as error:
        raise ImproperlyConfigured(f"PLANNED_OUTAGE must look like {SHAPE}") from error
    if not reason or outage.ends_at <= outage.starts_at:
        raise ImproperlyConfigured("PLANNED_OUTAGE needs a reason and must end after it starts.")
    if working_days(outage.told_on, outage.starts_at.date()) < AHEAD:
        raise ImproperlyConfigured(f"PLANNED_OUTAGE must be told {AHEAD} working days ahead.")
    return outage


def current(outage: Outage | None) -> Outage | None:
    """``outage`` until it is over."""
    return outage if outage and timezone.now() < outage.ends_at else None


def working_days(first: dt.date, last: dt.date) -> int:
    """Working days from ``first`` on, before ``last``; public holidays are none."""
    free = holidays.country_holidays("VN", years=range(first.year, last.year + 1))
    days = (first + dt.timedelta(days=one) for one in range((last - first).days))
    return sum(1 for day in days if day.weekday() < 5 and day not in free)
