"""What the rules go by, read for a whole list of reports in nine queries at most."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field

from reports import helpers
from reports.models import Activity, Indicator, IndicatorValue, MonthlyReport
from reports.odd_numbers import LOOK_BACK, Numbers, Past
from reports.oddities.events import Shared, shared_events
from reports.oddities.likeness import Match, matches
from reports.periods import last_months

Values = Mapping[int, Mapping[int, IndicatorValue]]


@dataclass
class Evidence:
    """Everything by the key of the report, but ``history`` and ``zero_months`` by the unit's."""

    values: Values
    history: Mapping[int, Mapping[int, Past]]
    zero_months: Mapping[int, set[dt.date]]
    indicators: Mapping[int, Indicator]
    activities: Mapping[int, list[Activity]]
    shared: Mapping[int, list[Shared]]
    photos: Mapping[int, list[Match]]
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
    rows = _activities(reports)
    activities: defaultdict[int, list[Activity]] = defaultdict(list)
    for row in rows:
        activities[row.report_id].append(row)
    return Evidence(
        values=_by_report(reports),
        history=_history(reports),
        zero_months=_zero_months(reports),
        indicators=_indicators(reports),
        activities=activities,
        shared=shared_events(reports, rows),
        photos=matches(reports),
        unconfirmed=set(
            helpers.unconfirmed(report.unit for report in reports)
            .filter(report__in=reports)
            .order_by()
            .values_list("report", flat=True)
        ),
    )


def _by_report(reports: list[MonthlyReport]) -> Values:
    values: defaultdict[int, dict[int, IndicatorValue]] = defaultdict(dict)
    for row in IndicatorValue.objects.filter(report__in=reports, value__isnull=False).order_by():
        values[row.report_id][row.indicator_id] = row
    return values


def _history(reports: list[MonthlyReport]) -> Mapping[int, Mapping[int, Past]]:
    history: defaultdict[int, defaultdict[int, dict[dt.date, int]]] = defaultdict(
        lambda: defaultdict(dict)
    )
    months = {m for report in reports for m in last_months(report.month, LOOK_BACK + 1)[:-1]}
    rows = IndicatorValue.objects.filter(
        unit__in={report.unit_id for report in reports}, month__in=months, value__isnull=False
    ).order_by()
    for unit, indicator, month, value in rows.values_list("unit", "indicator", "month", "value"):
        history[unit][indicator][month] = value
    return history


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
