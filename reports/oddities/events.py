"""One event that several units tell: counted once by each of them, it counts too often."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from core.text import fold
from reports.models import Activity, MonthlyReport

# "Nhà văn hóa" is another house in each neighbourhood; "Nhà văn hóa tổ dân phố số 12" is one.
MIN_PLACE_WORDS = 4

Day = tuple[int, dt.date]  # ward and day


@dataclass(frozen=True, slots=True)
class Shared:
    """An activity of a report that the reports of other units tell too."""

    held_on: dt.date
    title: str
    units: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Told:
    row: Activity
    title: str
    place: str

    def is_same(self, other: _Told) -> bool:
        """For two activities of one day."""
        if self.place and other.place:
            return self.place == other.place and len(self.place.split()) >= MIN_PLACE_WORDS
        return self.title == other.title


def shared_events(
    reports: Iterable[MonthlyReport], activities: Iterable[Activity]
) -> Mapping[int, list[Shared]]:
    """By the key of the report: which of its activities other units tell too.

    ``activities`` are those of the wards and months of ``reports``, with report and unit.
    """
    days: defaultdict[Day, list[_Told]] = defaultdict(list)
    for row in activities:
        told = _Told(row, fold(row.title), fold(row.place))
        days[row.report.ward_id, row.held_on].append(told)
    asked = {report.pk for report in reports}
    shared: defaultdict[int, list[Shared]] = defaultdict(list)
    for told in days.values():
        for one in told:
            if one.row.report_id in asked and (units := _others(one, told)):
                shared[one.row.report_id].append(Shared(one.row.held_on, one.row.title, units))
    return shared


def _others(one: _Told, told: Iterable[_Told]) -> tuple[str, ...]:
    """The names of the other units that tell ``one`` too, each once."""
    own = one.row.report.unit_id
    names = {
        other.row.report.unit.name: None
        for other in told
        if other.row.report.unit_id != own and one.is_same(other)
    }
    return tuple(names)
