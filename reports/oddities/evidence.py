"""What the rules go by, read for a whole list of reports in seven queries at most."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from reports import helpers
from reports.models import Activity, Indicator, IndicatorValue, MonthlyReport, Photo
from reports.odd_numbers import LOOK_BACK, Numbers, Past
from reports.oddities.events import Shared, shared_events
from reports.oddities.likeness import Match, matches, own_photos
from reports.periods import last_months


class Number(NamedTuple):
    """A number of a report; ``indicator`` is the key of what was counted."""

    indicator: int
    value: int
    is_approximate: bool
    confirmed: bool
    of: int | None = None


Values = Mapping[int, Mapping[int, Number]]


@dataclass
class Evidence:
    """Everything by the key of the report, but ``history`` and ``zero_months`` by the unit's."""

    values: Values
    history: Mapping[int, Mapping[int, Past]]
    zero_months: Mapping[int, set[dt.date]]
    indicators: Mapping[int, Indicator]
    activities: Mapping[int, list[Activity]]
    shared: Mapping[int, list[Shared]]
    photos: Mapping[int, list[Photo]]
    matches: Mapping[int, list[Match]]
    unconfirmed: set[int] = field(default_factory=set)

    def numbers(self, report: MonthlyReport) -> Numbers:
        return Numbers(
            month=report.month,
            values={pk: row.value for pk, row in self.values[report.pk].items()},
            past=self.history[report.unit_id],
            indicators=self.indicators,
            listed=self._listed(report),
        )

    def _listed(self, report: MonthlyReport) -> dict[int, int]:
        """What was told one by one: happenings, and the people at them."""
        people = {
            one.attendance_of_id: pk for pk, one in self.indicators.items() if one.attendance_of_id
        }
        listed: defaultdict[int, int] = defaultdict(int)
        for row in self.activities[report.pk]:
            listed[row.indicator_id] += 1
            if row.attendance and row.indicator_id in people:
                listed[people[row.indicator_id]] += row.attendance
        return dict(listed)


def gather(reports: list[MonthlyReport]) -> Evidence:
    """The evidence on ``reports``, which have their unit."""
    values, history = _numbers(reports)
    photos = own_photos(reports)
    rows = _activities(reports)
    activities: defaultdict[int, list[Activity]] = defaultdict(list)
    for row in rows:
        activities[row.report_id].append(row)
    return Evidence(
        values=values,
        history=history,
        zero_months=_zero_months(reports),
        indicators=_indicators(reports),
        activities=activities,
        shared=shared_events(reports, rows),
        photos=photos,
        matches=matches(reports, photos),
        unconfirmed=set(
            helpers.unconfirmed(report.unit for report in reports)
            .filter(report__in=reports)
            .order_by()
            .values_list("report", flat=True)
        ),
    )


def _numbers(reports: list[MonthlyReport]) -> tuple[Values, Mapping[int, Mapping[int, Past]]]:
    """The numbers of the reports, and those of their units up to then; one query."""
    values: defaultdict[int, dict[int, Number]] = defaultdict(dict)
    history: defaultdict[int, defaultdict[int, dict[dt.date, int]]] = defaultdict(
        lambda: defaultdict(dict)
    )
    own = {report.pk for report in reports}
    rows = IndicatorValue.objects.filter(
        unit__in={report.unit_id for report in reports},
        month__in={m for report in reports for m in last_months(report.month, LOOK_BACK + 1)},
        value__isnull=False,
    )
    for unit, month, report, *number in rows.order_by().values_list(
        "unit",
        "month",
        "report",
        "indicator",
        "value",
        "is_approximate",
        "confirmed",
        "denominator",
    ):
        one = Number(*number)
        history[unit][one.indicator][month] = one.value
        if report in own:
            values[report][one.indicator] = one
    return values, history


def _activities(reports: list[MonthlyReport]) -> list[Activity]:
    """What all units of those wards told of those months, the own ones of ``reports`` among it."""
    rows = Activity.objects.filter(
        report__ward__in={report.ward_id for report in reports},
        report__month__in={report.month for report in reports},
        report__first_submitted_at__isnull=False,
    )
    return list(rows.select_related("report__unit").order_by("held_on", "pk"))


def _zero_months(reports: list[MonthlyReport]) -> Mapping[int, set[dt.date]]:
    months: defaultdict[int, set[dt.date]] = defaultdict(set)
    units = {report.unit_id for report in reports if report.is_zero}
    rows = MonthlyReport.objects.filter(unit__in=units, is_zero=True).handed_in().order_by()
    for unit, month in rows.values_list("unit", "month"):
        months[unit].add(month)
    return months


def _indicators(reports: list[MonthlyReport]) -> dict[int, Indicator]:
    wards = {report.ward_id for report in reports}
    return {one.pk: one for one in Indicator.objects.filter(owner__in=wards)}
