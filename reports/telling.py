"""By what a mention of a happening is known again when its report is amended."""

from __future__ import annotations

import datetime as dt
import hashlib

from core.text import fold
from reports.models import Activity


def told_key(unit: int, indicator: int, held_on: dt.date, title: str, place: str) -> str:
    """The same for the same words of the same unit, however they are typed."""
    told = f"{unit}|{indicator}|{held_on.isoformat()}|{fold(title)}|{fold(place)}"
    return hashlib.sha256(told.encode()).hexdigest()


def key_of(row: Activity, unit: int) -> str:
    return told_key(unit, row.indicator_id, row.held_on, row.title, row.place)
