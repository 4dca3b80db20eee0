"""A month, a week or a year of the loudspeakers: slots, airings, events and days off."""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from django.utils import timezone

from outreach.loudspeaker.models import Airing, Slot
from outreach.models import Event
from units.models import Unit

DaysOff = Callable[[Unit], Callable[[dt.date], str]]
_days_off: list[DaysOff] = []


def days_off_with(source: DaysOff) -> None:
    """Who knows the holidays lies above and says so once: ward → (day → its name, or "")."""
    _days_off[:] = [source]


@dataclass
class Filled:
    """A slot of one day with what is planned in it."""

    slot: Slot
    day: dt.date
    airings: list[Airing] = field(default_factory=list)

    @property
    def seconds(self) -> int:
        return sum(one.bulletin.seconds for one in self.airings)

    @property
    def is_over(self) -> bool:
        """Longer than the slot: a text or the speed has grown since it was planned."""
        return self.seconds > self.slot.seconds

    @property
    def minutes_left(self) -> int:
        return max(0, self.slot.seconds - self.seconds) // 60

    @property
    def is_past(self) -> bool:
        return self.slot.begins(self.day) <= timezone.now()


@dataclass
class Day:
    day: dt.date
    slots: list[Filled] = field(default_factory=list)
    events: list[Event] = field(default_factory=list)
    holiday: str = ""
    is_inside: bool = True

    @property
    def is_today(self) -> bool:
        return self.day == timezone.localdate()

    @property
    def count(self) -> int:
        return sum(len(filled.airings) for filled in self.slots)

    @property
    def has_conflict(self) -> bool:
        """Aired on a holiday, or a slot that is too full."""
        return any(one.is_over for one in self.slots) or bool(self.holiday and self.count)


def days_between(ward: Unit, first: dt.date, last: dt.date) -> list[Day]:
    """Each day from ``first`` to ``last``; the number of queries does not grow with them."""
    slots = list(Slot.objects.filter(owner=ward))
    airings: dict[tuple[dt.date, int], list[Airing]] = defaultdict(list)
    rows = Airing.objects.filter(owner=ward).between(first, last)
    for row in rows.exclude(status=Airing.Status.CANCELLED).select_related("bulletin", "slot"):
        airings[row.day, row.slot_id].append(row)
    events: dict[dt.date, list[Event]] = defaultdict(list)
    for event in Event.objects.filter(owner=ward, held_on__range=(first, last)):
        events[event.held_on].append(event)
    name_of = _days_off[0](ward) if _days_off else lambda day: ""
    days = []
    for number in range((last - first).days + 1):
        day = first + dt.timedelta(days=number)
        filled = [
            Filled(slot, day, airings[day, slot.pk])
            for slot in slots
            if slot.is_on(day) or airings[day, slot.pk]
        ]
        days.append(Day(day, filled, events[day], name_of(day)))
    return days


def month_of(ward: Unit, month: dt.date) -> list[list[Day]]:
    """Whole weeks from Monday on; days of other months say so."""
    first = month - dt.timedelta(days=month.weekday())
    after = (month.replace(day=28) + dt.timedelta(days=4)).replace(day=1)
    last = after + dt.timedelta(days=(7 - after.weekday()) % 7 - 1)
    days = days_between(ward, first, last)
    for one in days:
        one.is_inside = one.day.month == month.month
    return [days[start : start + 7] for start in range(0, len(days), 7)]


def year_of(ward: Unit, year: int) -> list[tuple[dt.date, list[Day]]]:
    """The twelve months, each with its days."""
    days = days_between(ward, dt.date(year, 1, 1), dt.date(year, 12, 31))
    return [
        (dt.date(year, month, 1), [one for one in days if one.day.month == month])
        for month in range(1, 13)
    ]


def totals(ward: Unit, first: dt.date, last: dt.date) -> dict[str, int]:
    """The ward's own indicators of a span: airings heard, their minutes, missed, still open."""
    rows = Airing.objects.filter(owner=ward, day__range=(first, last))
    return _counted(list(rows.values_list("status", "minutes")))


def totals_of(days: Iterable[Day]) -> dict[str, int]:
    """The same of days that are at hand; no query."""
    slots = [filled for one in days if one.is_inside for filled in one.slots]
    return _counted([(row.status, row.minutes) for filled in slots for row in filled.airings])


def _counted(rows: list[tuple[str, int | None]]) -> dict[str, int]:
    found = Counter(status for status, _ in rows)
    return {
        "aired": found[Airing.Status.AIRED],
        "minutes": sum(minutes or 0 for _, minutes in rows),
        "missed": found[Airing.Status.MISSED],
        "planned": found[Airing.Status.PLANNED],
    }
