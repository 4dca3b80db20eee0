"""Which days are no working days: the country's holidays, the weekend, the ward's own list.

The official days come from the library ``holidays``: Tết and Giỗ Tổ by the lunar calendar of
Vietnam, days given instead of a holiday on a weekend, and the working days that the government
exchanges each year. What a year's notice changes later, the ward adds to its own list.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

import holidays
from django.db.models import CharField, IntegerField, QuerySet, Value
from django.db.models.functions import Cast, Concat

from reports.models import Holiday
from units.models import Unit

SATURDAY = 5
LONGEST_REST = 31  # days; no list moves a deadline further
ASKED = 100  # days from the first of a month to the last on which its report can be due
WEEKDAYS = ("thứ Hai", "thứ Ba", "thứ Tư", "thứ Năm", "thứ Sáu", "thứ Bảy", "Chủ nhật")


@dataclass(frozen=True, slots=True)
class OfficialYear:
    """The holidays of a year by day, and the weekend days that were made working days."""

    names: Mapping[dt.date, str]
    working: frozenset[dt.date]


@dataclass(frozen=True, slots=True)
class DaysOff:
    """The working days of one ward; ``own`` maps its own days to (name, is it a working day)."""

    own: Mapping[dt.date, tuple[str, bool]] = field(default_factory=dict)

    def reason(self, day: dt.date) -> str:
        """Why nobody works on ``day``: the holiday's name, "thứ Bảy"; empty on a working day."""
        if day in self.own:
            name, is_working = self.own[day]
            return "" if is_working else name
        year = official(day.year)
        if day in year.names:
            return year.names[day]
        if day.weekday() >= SATURDAY and day not in year.working:
            return WEEKDAYS[day.weekday()]
        return ""

    def is_holiday(self, day: dt.date) -> bool:
        """Off for another reason than the weekend."""
        return self.reason(day) not in ("", WEEKDAYS[day.weekday()])

    def working_day_from(self, day: dt.date) -> dt.date:
        """``day`` itself, or the next working day; ``day`` where a month would not be enough."""
        for passed in range(LONGEST_REST + 1):
            later = day + dt.timedelta(days=passed)
            if not self.reason(later):
                return later
        return day


@lru_cache(maxsize=256)
def official(year: int) -> OfficialYear:
    """The holidays of Vietnam in ``year``, with their Vietnamese names."""
    found = holidays.country_holidays("VN", years=[year], language="vi", expand=False)
    return OfficialYear(dict(found.items()), frozenset(found.weekend_workdays))


def of_ward(ward: Unit) -> DaysOff:
    """The days of ``ward``; one query."""
    rows = Holiday.objects.filter(owner=ward).values_list("day", "name", "is_working")
    return DaysOff({day: (name, is_working) for day, name, is_working in rows})


def names_in(ward: Unit) -> Callable[[dt.date], str]:
    """Day → the name of its holiday in ``ward``, "" on all others and on plain weekends; one query."""
    off = of_ward(ward)
    return lambda day: off.reason(day) if off.is_holiday(day) else ""


def own_rows(ward: Any, month: dt.date) -> QuerySet[Holiday]:
    """What moves a due day of ``month`` in ``ward``, each with ``text``, its day in words.

    One column, so that a union with other tables can carry it. For :func:`own_from`.
    """
    until = month + dt.timedelta(days=ASKED)
    parts = (Cast("day", CharField()), Cast("is_working", IntegerField()), "name")
    separated = [part for one in parts for part in (one, Value("|"))][:-1]
    rows = Holiday.objects.filter(owner=ward, day__gte=month, day__lt=until)
    return rows.annotate(text=Concat(*separated, output_field=CharField()))


def own_from(texts: Iterable[str]) -> dict[dt.date, tuple[str, bool]]:
    """The days that :func:`own_rows` gave, as :class:`DaysOff` keeps them."""
    found = {}
    for text in texts:
        day, is_working, name = text.split("|", 2)
        found[dt.date.fromisoformat(day)] = (name, is_working == "1")
    return found


def weekday(day: dt.date) -> str:
    return WEEKDAYS[day.weekday()]
