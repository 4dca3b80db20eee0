"""Units × months: what came in time, late, not yet, went back, or was not owed."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass, fields, replace

from core.text import fold, last_day, month_slug
from reports import periods, statistics
from reports.models import MonthlyReport, Status
from reports.models.report import HandedIn
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


@dataclass(slots=True)
class Seen(HandedIn):
    """The columns of a report that the grid looks at."""

    pk: int
    status: str
    is_zero: bool
    first_submitted_at: dt.datetime | None
    due_on: dt.date | None
    excused_until: dt.date | None


SEEN = [one.name for one in fields(Seen)]


@dataclass(frozen=True, slots=True)
class Cell:
    """One unit in one month. ``report`` is the key of the report to open, if there is one."""

    month: dt.date
    state: str
    report: int | None = None
    words: str = ""
    is_lacking: bool = False  # owed, opened, and nothing received now: definitions.MISSING

    @property
    def slug(self) -> str:
        return month_slug(self.month)

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

    @property
    def address(self) -> str:
        """From the page of the grid to the page of a cell, but for its month."""
        return f"../o/{self.unit.pk}/"

    @property
    def lacking(self) -> int:
        return sum(cell.is_lacking for cell in self.cells)


@dataclass(frozen=True, slots=True)
class Grid:
    """``figures`` are those of each month over all units, whatever rows are left to show."""

    months: list[dt.date]
    rows: list[Row]
    figures: list[statistics.Punctuality]

    @property
    def lacking(self) -> int:
        """The reports that are missing in the rows shown."""
        return sum(row.lacking for row in self.rows)

    def only(self, *, lacking: bool = False, name: str = "") -> Grid:
        """The rows with something missing, or with ``name`` in the unit's; the figures stay."""
        wanted = fold(name)
        rows = [
            row
            for row in self.rows
            if (row.lacking or not lacking) and (not wanted or wanted in fold(row.unit.name))
        ]
        return replace(self, rows=rows)


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
    # Plain values: 1.800 rows as objects of the model cost as much again as all else here.
    rows_of_months = MonthlyReport.objects.filter(ward=ward, month__in=months)
    reports = {
        (unit_id, month): Seen(*values)
        for unit_id, month, *values in rows_of_months.values_list("unit", "month", *SEEN)
    }
    calendar = calendar or periods.Calendar(ward, months)
    # Months before anybody owed a report say nothing and take the room of those that do.
    while len(months) > 1 and not any(owed(months[0], spans[unit]) for unit in spans):
        months = months[1:]
    rows = []
    tallies = [_Tally() for _ in months]
    for unit in units:
        cells = []
        for month, tally in zip(months, tallies, strict=True):
            if not owed(month, spans[unit.pk]):
                cells.append(Cell(month, "none"))
                continue
            report, period = reports.get((unit.pk, month)), calendar.period(month, unit.pk)
            is_late = report is not None and report.is_late
            tally.add(report, period, is_late=is_late)
            cells.append(_cell(report, period, today, is_late=is_late))
        rows.append(Row(unit, cells))
    return Grid(months, rows, [tally.punctuality for tally in tallies])


@dataclass(slots=True)
class _Tally:
    """:func:`reports.statistics.punctuality` of a month, from the rows that the grid has anyway.

    Twelve months asked of the database one by one are twelve queries; a test holds both equal.
    """

    owing: int = 0
    received: int = 0
    on_time: int = 0
    late: int = 0
    zero: int = 0
    excused: int = 0
    exempt: int = 0

    def add(
        self, report: MonthlyReport | Seen | None, period: periods.Period, *, is_late: bool
    ) -> None:
        """One unit with a duty in the month."""
        if period.is_exempt:
            self.exempt += 1
            return
        self.owing += 1
        self.excused += period.is_excused
        if report is None:
            return
        self.received += report.is_handed_in
        self.zero += report.is_handed_in and report.is_zero
        if report.first_submitted_at is not None:
            self.late += is_late
            self.on_time += not is_late

    @property
    def punctuality(self) -> statistics.Punctuality:
        shares = (self.received, self.on_time, self.late, self.zero, self.excused)
        return statistics.Punctuality(
            *(statistics.Share(count, self.owing) for count in shares), exempt=self.exempt
        )


def owed(month: dt.date, spans: list[tuple[dt.date, dt.date | None]]) -> bool:
    """Does one of the spans, from and to (exclusive, None is open), touch ``month``?"""
    return any(
        starts_on <= last_day(month) and (ends_on is None or ends_on > month)
        for starts_on, ends_on in spans
    )


def cell_of(owed: periods.Owed, today: dt.date) -> Cell:
    """The cell of one unit in a month in which it has a duty."""
    is_late = owed.report is not None and owed.report.is_late
    return _cell(owed.report, owed.period, today, is_late=is_late)


def _cell(
    report: MonthlyReport | Seen | None, period: periods.Period, today: dt.date, *, is_late: bool
) -> Cell:
    """``is_late`` is the report's own, which takes the day in Vietnam: asked once a cell."""
    month = period.month
    if period.is_exempt:
        words = "được miễn, vẫn có báo cáo" if report and report.is_handed_in else ""
        return Cell(month, "exempt", report.pk if words and report else None, words)
    if report is None or report.status == Status.DRAFT:
        return _not_handed_in(report, period, today)
    if report.status == Status.RETURNED:
        return Cell(month, "returned", report.pk, is_lacking=True)
    seen = "đã tiếp nhận" if report.status == Status.ACCEPTED else "chờ xem"
    if report.is_zero:
        late = ", nộp muộn" if is_late else ""
        return Cell(month, "zero", report.pk, f"không phát sinh{late}, {seen}")
    if is_late:
        return Cell(month, "late", report.pk, f"nộp muộn, {seen}")
    first = report.first_submitted_on if period.is_excused else None
    if first and period.usual_until and first > period.usual_until:
        return Cell(month, "excused", report.pk, f"đúng hạn phường cho lùi, {seen}")
    return Cell(month, "on-time", report.pk, f"đúng hạn, {seen}")


def _not_handed_in(
    report: MonthlyReport | Seen | None, period: periods.Period, today: dt.date
) -> Cell:
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
    words = f"{words}, đang viết dở" if report else words
    return Cell(period.month, state, words=words, is_lacking=True)
