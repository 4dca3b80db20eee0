"""Units × months: what came in time, late, not yet, went back, or was not owed."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass

from core.text import last_day
from reports import periods, statistics
from reports.models import MonthlyReport, Status
from units.models import Unit

# State, sign, words: the legend, in its order.
STATES = {
    "on-time": ("●", "đúng hạn"),
    "excused": ("◒", "phường cho lùi hạn"),
    "late": ("◐", "nộp muộn"),
    "zero": ("∅", "không phát sinh"),
    "returned": ("↩", "trả lại để sửa"),
    "missing": ("○", "chưa nộp, đã quá hạn"),
    "draft": ("◌", "chưa nộp, còn hạn"),
    "exempt": ("–", "được miễn"),
    "none": ("·", "không phải nộp"),
}


@dataclass(frozen=True, slots=True)
class Cell:
    """One unit in one month. ``report`` is the key of the report to open, if there is one."""

    month: dt.date
    state: str
    report: int | None = None
    words: str = ""

    @property
    def sign(self) -> str:
        return STATES[self.state][0]

    @property
    def label(self) -> str:
        return self.words or STATES[self.state][1]


@dataclass(frozen=True, slots=True)
class Row:
    unit: Unit
    cells: list[Cell]


@dataclass(frozen=True, slots=True)
class Grid:
    months: list[dt.date]
    rows: list[Row]


def month_grid(
    ward: Unit,
    months: list[dt.date],
    *,
    today: dt.date,
    calendar: periods.Calendar | None = None,
) -> Grid:
    """The grid of ``months`` (first days, the oldest first) for every unit with a duty in them.

    Five queries, however many units and months; three with a ``calendar`` of the ward.
    """
    spans = defaultdict(list)
    for unit_id, starts_on, ends_on in statistics.duties(ward, months[0], months[-1]).values_list(
        "unit", "starts_on", "ends_on"
    ):
        spans[unit_id].append((starts_on, ends_on))
    units = Unit.objects.filter(pk__in=list(spans)).in_order()
    reports = {
        (report.unit_id, report.month): report
        for report in MonthlyReport.objects.filter(ward=ward, month__in=months).only(
            "unit", "month", "status", "is_zero", "first_submitted_at", "due_on", "excused_until"
        )
    }
    calendar = calendar or periods.Calendar(ward, months)
    # Months before anybody owed a report say nothing and take the room of those that do.
    while len(months) > 1 and not any(_owed(months[0], spans[unit]) for unit in spans):
        months = months[1:]
    rows = []
    for unit in units:
        rows.append(
            Row(
                unit,
                [
                    _cell(reports.get((unit.pk, month)), calendar.period(month, unit.pk), today)
                    if _owed(month, spans[unit.pk])
                    else Cell(month, "none")
                    for month in months
                ],
            )
        )
    return Grid(months, rows)


def _owed(month: dt.date, spans: list[tuple[dt.date, dt.date | None]]) -> bool:
    """Does one of the spans, from and to (exclusive, None is open), touch ``month``?"""
    return any(
        starts_on <= last_day(month) and (ends_on is None or ends_on > month)
        for starts_on, ends_on in spans
    )


def _cell(report: MonthlyReport | None, period: periods.Period, today: dt.date) -> Cell:
    month = period.month
    if period.is_exempt:
        words = "được miễn, vẫn có báo cáo" if report and report.is_handed_in else ""
        return Cell(month, "exempt", report.pk if words and report else None, words)
    if report is None or report.status == Status.DRAFT:
        return _not_handed_in(report, period, today)
    if report.status == Status.RETURNED:
        return Cell(month, "returned", report.pk)
    seen = "đã tiếp nhận" if report.status == Status.ACCEPTED else "chờ xem"
    if report.is_zero:
        late = ", nộp muộn" if report.is_late else ""
        return Cell(month, "zero", report.pk, f"không phát sinh{late}, {seen}")
    if report.is_late:
        return Cell(month, "late", report.pk, f"nộp muộn, {seen}")
    first = report.first_submitted_on
    if period.is_excused and first and period.usual_until and first > period.usual_until:
        return Cell(month, "excused", report.pk, f"đúng hạn phường cho lùi, {seen}")
    return Cell(month, "on-time", report.pk, f"đúng hạn, {seen}")


def _not_handed_in(report: MonthlyReport | None, period: periods.Period, today: dt.date) -> Cell:
    if today < period.opens_on:
        return Cell(period.month, "none", words="chưa đến kỳ")
    if period.is_overdue(today):
        state, words = "missing", STATES["missing"][1]
    elif period.is_extended:
        state = "excused" if period.is_excused else "draft"
        until = periods.short_day(period.due_on, period.month)
        words = f"chưa nộp, {'phường cho lùi hạn' if period.is_excused else 'gia hạn'} đến {until}"
    else:
        state, words = "draft", STATES["draft"][1]
    return Cell(period.month, state, words=f"{words}, đang viết dở" if report else words)
