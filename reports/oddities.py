"""What is odd about a report, in one sentence each, for whoever reviews it (DOMAIN §C.3)."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping

from django.db.models import Count, Sum

from reports.models import Activity, Indicator, IndicatorValue, MonthlyReport
from reports.odd_numbers import LOOK_BACK, Numbers, Past, odd_numbers
from reports.periods import last_months
from units.models import Unit

# Fewer equal numbers than this are chance.
MIN_COPIED = 3

Values = Mapping[int, Mapping[int, IndicatorValue]]


def oddities(reports: Iterable[MonthlyReport]) -> dict[int, list[str]]:
    """The remarks on each of ``reports``, by key; five queries for the whole list."""
    reports = list(reports)
    values = _by_report(reports)
    history = _history(reports)
    zero_months = _zero_months(reports)
    indicators = _indicators(reports)
    listed = _listed(reports, indicators)
    found = {}
    for report in reports:
        numbers = Numbers(
            month=report.month,
            values={pk: row.value for pk, row in values[report.pk].items()},
            past=history[report.unit_id],
            indicators=indicators,
            listed=listed[report.pk],
        )
        found[report.pk] = [
            *_late(report),
            *_zero_again(report, zero_months),
            *_odd(report, numbers, values[report.pk]),
            *_copied(numbers),
        ]
    return found


def _late(report: MonthlyReport) -> list[str]:
    return [f"Nộp muộn {report.days_late} ngày."] if report.is_late else []


def _zero_again(report: MonthlyReport, zero_months: Mapping[int, set[dt.date]]) -> list[str]:
    if not report.is_zero:
        return []
    run = 1
    for month in reversed(last_months(report.month, LOOK_BACK + 1)[:-1]):
        if month not in zero_months[report.unit_id]:
            break
        run += 1
    return [f"Tháng thứ {run} liền không phát sinh."] if run > 1 else []


def _odd(report: MonthlyReport, numbers: Numbers, rows: Mapping[int, IndicatorValue]) -> list[str]:
    """The odd numbers, each with whether the secretary was asked and stood by it."""
    we = "chi bộ" if report.unit.kind in Unit.CELL_KINDS else "đơn vị"
    asked = f" Đã hỏi lại, {we} xác nhận đúng."
    return [
        one.remark + (asked if rows[one.indicator.pk].confirmed else "")
        for one in odd_numbers(numbers)
    ]


def _copied(numbers: Numbers) -> list[str]:
    """Everything that happens anew each month is the same as the month before."""
    counted = {
        pk: value
        for pk, value in numbers.values.items()
        if value and numbers.indicators[pk].roll_up == Indicator.RollUp.SUM
    }
    is_same = all(numbers.before(pk) == value for pk, value in counted.items())
    if len(counted) < MIN_COPIED or not is_same:
        return []
    return [f"Cả {len(counted)} số liệu giống hệt tháng trước."]


def _by_report(reports: list[MonthlyReport]) -> Values:
    values: defaultdict[int, dict[int, IndicatorValue]] = defaultdict(dict)
    for row in IndicatorValue.objects.filter(report__in=reports, value__isnull=False):
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


def _listed(
    reports: list[MonthlyReport], indicators: Mapping[int, Indicator]
) -> Mapping[int, Mapping[int, int]]:
    """What was told one by one: happenings, and the people at them."""
    people = {one.attendance_of_id: pk for pk, one in indicators.items() if one.attendance_of_id}
    listed: defaultdict[int, dict[int, int]] = defaultdict(dict)
    rows = Activity.objects.filter(report__in=reports).order_by().values("report", "indicator")
    for row in rows.annotate(held=Count("pk"), attended=Sum("attendance")):
        listed[row["report"]][row["indicator"]] = row["held"]
        if row["attended"] and row["indicator"] in people:
            listed[row["report"]][people[row["indicator"]]] = row["attended"]
    return listed


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
