"""What is odd about a report, in one sentence each, for whoever reviews it (DOMAIN §C.3)."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping
from statistics import median

from core.text import format_number
from reports.models import Indicator, IndicatorValue, MonthlyReport
from reports.periods import last_months

LOOK_BACK = 6  # months
TIMES_MEDIAN = 5
MAX_PER_SESSION = 500
# A median of one or two says little: five leaflets after one are no mistake.
SMALL_NUMBER = 10


def oddities(reports: Iterable[MonthlyReport]) -> dict[int, list[str]]:
    """The remarks on each of ``reports``, by key; four queries for the whole list."""
    reports = list(reports)
    values = _by_report(reports)
    history = _history(reports)
    zero_months = _zero_months(reports)
    indicators = {i.pk: i for i in _indicators(reports)}
    return {
        report.pk: [
            *_late(report),
            *_zero_again(report, zero_months),
            *_crowds(values[report.pk], indicators),
            *_jumps(report, values[report.pk], history, indicators),
        ]
        for report in reports
    }


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


def _crowds(values: Mapping[int, int], indicators: Mapping[int, Indicator]) -> list[str]:
    """People without a session, or more of them than a room holds."""
    remarks = []
    for pk, people in values.items():
        indicator = indicators[pk]
        if indicator.attendance_of_id is None or not people:
            continue
        held = values.get(indicator.attendance_of_id) or 0
        if not held:
            remarks.append(f"{indicator.name} là {format_number(people)} nhưng không có buổi nào.")
        elif people / held > MAX_PER_SESSION:
            remarks.append(f"{indicator.name}: hơn {MAX_PER_SESSION} người một buổi.")
    return remarks


def _jumps(
    report: MonthlyReport,
    values: Mapping[int, int],
    history: Mapping[tuple[int, int], list[tuple[dt.date, int]]],
    indicators: Mapping[int, Indicator],
) -> list[str]:
    """A value far above the unit's own usual one."""
    window = set(last_months(report.month, LOOK_BACK + 1)[:-1])
    remarks = []
    for pk, value in values.items():
        past = [number for month, number in history[report.unit_id, pk] if month in window]
        usual = median(past) if past else 0
        if value > SMALL_NUMBER and usual and value > TIMES_MEDIAN * usual:
            remarks.append(
                f"{indicators[pk].name}: {format_number(value)}, "
                f"gấp hơn {TIMES_MEDIAN} lần mức thường có ({format_number(round(usual, 1))})."
            )
    return remarks


def _by_report(reports: list[MonthlyReport]) -> Mapping[int, dict[int, int]]:
    values: defaultdict[int, dict[int, int]] = defaultdict(dict)
    rows = IndicatorValue.objects.filter(report__in=reports, value__isnull=False)
    for report, indicator, value in rows.values_list("report", "indicator", "value"):
        values[report][indicator] = value
    return values


def _history(
    reports: list[MonthlyReport],
) -> Mapping[tuple[int, int], list[tuple[dt.date, int]]]:
    history: defaultdict[tuple[int, int], list[tuple[dt.date, int]]] = defaultdict(list)
    months = {m for report in reports for m in last_months(report.month, LOOK_BACK + 1)[:-1]}
    rows = IndicatorValue.objects.filter(
        unit__in={report.unit_id for report in reports}, month__in=months, value__isnull=False
    ).order_by()
    for unit, indicator, month, value in rows.values_list("unit", "indicator", "month", "value"):
        history[unit, indicator].append((month, value))
    return history


def _zero_months(reports: list[MonthlyReport]) -> Mapping[int, set[dt.date]]:
    months: defaultdict[int, set[dt.date]] = defaultdict(set)
    units = {report.unit_id for report in reports if report.is_zero}
    rows = MonthlyReport.objects.filter(unit__in=units, is_zero=True).handed_in().order_by()
    for unit, month in rows.values_list("unit", "month"):
        months[unit].add(month)
    return months


def _indicators(reports: list[MonthlyReport]) -> Iterable[Indicator]:
    return Indicator.objects.filter(owner__in={report.ward_id for report in reports})
