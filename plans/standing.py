"""How a plan stands: contents by the reports that cover them, tasks as the office writes them all.

Reports, and later bulletins and articles, are above plans in the layers, so each hands its count in
with :func:`count_with`.
"""

from __future__ import annotations

import calendar
import datetime as dt
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db import transaction

from core.workflow import TransitionRefusedError, save_seen
from plans.models import ContentItem, Plan, Status, Task
from units.models import Unit

# (ward, contents, first months) -> {content's key: {month: reports that cover it}}
Counter = Callable[[Unit, list[ContentItem], list[dt.date]], dict[int, dict[dt.date, int]]]
# (ward, content, first months) -> {(unit's key, month)} in which a unit covers it
UnitCounter = Callable[[Unit, ContentItem, list[dt.date]], set[tuple[int, dt.date]]]
# content's key -> month -> noun of the source -> how many
Counts = dict[int, dict[dt.date, dict[str, int]]]


@dataclass(frozen=True)
class Source:
    """What covers contents: "báo cáo", "bản tin". ``by_unit`` where units do it."""

    noun: str
    count: Counter
    by_unit: UnitCounter | None = None


_sources: dict[str, Source] = {}


@dataclass(frozen=True)
class Light:
    """``level`` is good, some, bad or none; ``text`` says it in words."""

    level: str
    text: str


REPORTS = "báo cáo"  # the noun of the one source that units tell; the others the ward sends out


def count_with(
    counter: Counter, *, noun: str = REPORTS, by_unit: UnitCounter | None = None
) -> None:
    """Let ``counter`` say how many ``noun`` cover a content; for each noun the last one given."""
    _sources[noun] = Source(noun, counter, by_unit)


def counts_of(ward: Unit, items: list[ContentItem], months: list[dt.date]) -> Counts:
    """What covers ``items``, by content, month and noun; one call a source."""
    found: Counts = {item.pk: {} for item in items}
    for source in _sources.values():
        for pk, by_month in source.count(ward, items, months).items():
            for month, number in by_month.items():
                found.setdefault(pk, {}).setdefault(month, {})[source.noun] = number
    return found


def has_sendings() -> bool:
    """Is there a source that the ward sends out: bulletins, articles?"""
    return any(noun != REPORTS for noun in _sources)


def covered_by_units(
    ward: Unit, item: ContentItem, months: list[dt.date]
) -> set[tuple[int, dt.date]]:
    """The units and months in which ``item`` was covered; one call a source that knows units."""
    found: set[tuple[int, dt.date]] = set()
    for source in _sources.values():
        if source.by_unit is not None:
            found |= source.by_unit(ward, item, months)
    return found


def content_lights(plan: Plan, items: list[ContentItem], today: dt.date) -> dict[int, Light]:
    """Content's key -> whether reports of this month and this quarter cover it.

    Nothing for a plan that is not in force, and for a content that reports no longer ask for.
    """
    month = today.replace(day=1)
    items = [item for item in items if not item.left_out_from or item.left_out_from > month]
    if not _sources or not items or not plan.is_in_force_on(today):
        return {}
    first = month.replace(month=month.month - (month.month - 1) % 3)
    months = [first.replace(month=first.month + step) for step in range(3)]
    counts = counts_of(plan.owner, items, months)
    return {item.pk: _light_of(counts.get(item.pk, {}), month) for item in items}


def _light_of(counts: dict[dt.date, dict[str, int]], month: dt.date) -> Light:
    now = {noun: number for noun, number in counts.get(month, {}).items() if number}
    quarter = sum(number for of_month in counts.values() for number in of_month.values())
    if now:
        words = ", ".join(f"{number} {noun}" for noun, number in now.items())
        return Light("good", f"Tháng này {words} có thực hiện, cả quý {quarter}")
    if quarter:
        return Light("some", f"Tháng này chưa có báo cáo nào, cả quý {quarter}")
    return Light("bad", "Quý này chưa có báo cáo nào thực hiện")


def last_day(codes: list[str], year: int | None) -> dt.date | None:
    """The last day that the deadlines in ``codes`` allow; None while one comes back or is open."""
    days = [_day_of(code, year) for code in codes]
    known = [day for day in days if day is not None]
    return max(known) if known and len(known) == len(days) else None


def _day_of(code: str, year: int | None) -> dt.date | None:
    code = code.rsplit("/", maxsplit=1)[-1]
    if match := re.fullmatch(r"yearly:(\d{2})-(\d{2})", code):
        return _safe_day(year, int(match[1]), int(match[2])) if year else None
    if match := re.fullmatch(r"(\d{4})-Q([1-4])", code):
        return _safe_day(int(match[1]), int(match[2]) * 3, 31)
    if match := re.match(r"(\d{4})-(\d{2})(?:-(\d{2}))?(?:T[\d:]+)?$", code):
        return _safe_day(int(match[1]), int(match[2]), int(match[3] or 31))
    return None


def _safe_day(year: int, month: int, day: int) -> dt.date | None:
    """The day, or the last one of its month; None for a month that no year has."""
    if not (1 <= month <= 12 and day >= 1 and 1 <= year <= 9999):
        return None
    return dt.date(year, month, min(day, calendar.monthrange(year, month)[1]))


@transaction.atomic
def write(plan: Plan, rows: list[tuple[Task, dict[str, Any]]], *, seen_version: int) -> Plan:
    """Write how tasks of a confirmed ``plan`` stand by hand: ``state`` and ``evidence`` of each.

    Raises :class:`~core.workflow.StaleError`, and ``TransitionRefusedError`` for a proposal.
    """
    fresh: Plan = save_seen(plan, seen_version=seen_version)
    if fresh.status == Status.PROPOSED:
        raise TransitionRefusedError("Kế hoạch chưa xác nhận nên chưa ghi tiến độ được.")
    for row, changes in rows:
        if any(getattr(row, name) != value for name, value in changes.items()):
            for name, value in changes.items():
                setattr(row, name, value)
            row.percent = {Task.State.TODO: 0, Task.State.DONE: 100}.get(
                Task.State(row.state), min(row.percent, 99)
            )
            row.version += 1
            row.save(update_fields=[*changes, "percent", "version"])
    return fresh
