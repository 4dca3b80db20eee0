"""The deadlines said back to the office: a rule as a sentence, the coming months as a calendar."""

from __future__ import annotations

import calendar
import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from core.text import format_date, format_month, next_month, previous_month
from reports.days_off import DaysOff, weekday
from reports.models import DeadlineRule
from reports.periods import Days, Period, dates_of, rule_for, short_day

LACKED_BY_SOME = 28  # a day after this one is missing from some months
# Mark -> (sign, word): the legend of the calendar, in its order.
MARKS = {
    "opens": ("▷", "mở"),
    "due": ("◆", "hạn"),
    "grace": ("◇", "hết châm chước"),
    "closes": ("■", "khóa"),
    "off": ("×", "nghỉ"),
}


@dataclass(frozen=True, slots=True)
class Mark:
    """One sign on a day, with the word that says it."""

    name: str
    report_month: dt.date | None = None

    @property
    def sign(self) -> str:
        return MARKS[self.name][0]

    @property
    def word(self) -> str:
        return MARKS[self.name][1]


@dataclass(frozen=True, slots=True)
class CalendarDay:
    day: dt.date
    marks: tuple[Mark, ...]
    why_off: str


@dataclass(frozen=True, slots=True)
class MonthTable:
    """One month drawn: its weeks from Monday (None outside of it), and the same in sentences."""

    month: dt.date
    weeks: list[list[CalendarDay | None]]
    sentences: list[str]
    holidays: list[CalendarDay]


def rule_sentence(days: DeadlineRule | Days) -> str:
    """The rule as the office would say it to a secretary."""
    where = "trong tháng sau" if days.month_offset else "trong tháng đó"
    due = f"hạn ngày {days.due_day}"
    if days.due_day > LACKED_BY_SOME:
        due += " (tháng không có ngày này thì ngày cuối tháng)"
    grace = f"châm chước {days.grace_days} ngày" if days.grace_days else "không châm chước"
    shift = "chuyển sang ngày làm việc kế tiếp" if days.shifts_to_working_day else "vẫn giữ nguyên"
    return (
        f"Báo cáo tháng nào nộp {where}: mở ngày {days.opens_day}, {due}, {grace}, "
        f"{_closing_words(days.closes_after_days)}. {_data_words(days.data_from_day)} "
        f"Hạn rơi vào ngày nghỉ thì {shift}."
    )


def _closing_words(closes_after_days: int | None) -> str:
    if closes_after_days is None:
        return "không khóa, nộp muộn lúc nào cũng nhận"
    return f"khóa sau {closes_after_days} ngày" if closes_after_days else "khóa ngay khi hết hạn"


def _data_words(from_day: int) -> str:
    if from_day == 1:
        return "Số liệu trọn tháng."
    return f"Số liệu từ ngày {from_day} tháng trước đến ngày {from_day - 1}."


def period_sentence(period: Period, off: DaysOff) -> str:
    """The days of one month: "Tháng 4/2027: mở 1/4, hạn 26/4 (thứ Hai; dời từ …)…"."""

    def day(one: dt.date) -> str:
        return short_day(one, period.month)

    due = weekday(period.due_on)
    if period.moved_from:
        due += f"; dời từ {day(period.moved_from)} là {off.reason(period.moved_from)}"
    elif reason := off.reason(period.due_on):
        due = f"{due}, là ngày nghỉ" if reason == due else f"{due}, là ngày nghỉ: {reason}"
    parts = [f"mở {day(period.opens_on)}", f"hạn {day(period.due_on)} ({due})"]
    if period.grace_until != period.due_on:
        parts.append(f"châm chước đến hết {day(period.grace_until)}")
    if period.closes_on:
        parts.append(f"khóa sau ngày {day(period.closes_on)}")
    parts.append(f"số liệu từ {day(period.data_from)} đến {day(period.data_to)}")
    return f"Báo cáo {format_month(period.month)}: {', '.join(parts)}."


def planner(rules: Iterable[DeadlineRule], off: DaysOff) -> Callable[[dt.date], Period]:
    """What ``rules`` give to a month, also rules that are not saved yet; no query."""
    rules = list(rules)
    return lambda month: dates_of(rule_for(rules, month), month, off)


def month_tables(
    period_of: Callable[[dt.date], Period], off: DaysOff, first: dt.date, count: int = 6
) -> list[MonthTable]:
    """``count`` months from ``first`` with the marks of every report that touches them."""
    months = [first]
    while len(months) < count:
        months.append(next_month(months[-1]))
    # Late days of grace and closing may lie a month or more after the report's own month.
    asked = [previous_month(previous_month(first)), previous_month(first), *months]
    periods = [period_of(month) for month in asked]
    marks: dict[dt.date, list[Mark]] = {}
    for period in periods:
        for name, day in _marked_days(period):
            marks.setdefault(day, []).append(Mark(name, period.month))
    return [_table(month, marks, periods, off) for month in months]


def _marked_days(period: Period) -> list[tuple[str, dt.date]]:
    days = [("opens", period.opens_on), ("due", period.due_on)]
    if period.grace_until != period.due_on:
        days.append(("grace", period.grace_until))
    if period.closes_on:
        days.append(("closes", period.closes_on))
    return days


def _table(
    month: dt.date, marks: dict[dt.date, list[Mark]], periods: list[Period], off: DaysOff
) -> MonthTable:
    def drawn(day: dt.date) -> CalendarDay | None:
        if day.month != month.month:
            return None
        why = off.reason(day)
        own = ([Mark("off")] if why else []) + marks.get(day, [])
        return CalendarDay(day, tuple(own), why)

    weeks = [
        [drawn(day) for day in week]
        for week in calendar.Calendar().monthdatescalendar(month.year, month.month)
    ]
    return MonthTable(
        month,
        weeks,
        [period_sentence(p, off) for p in periods if p.opens_on.replace(day=1) == month],
        [day for week in weeks for day in week if day and off.is_holiday(day.day)],
    )


def moved_days(
    before: Callable[[dt.date], Period], after: Callable[[dt.date], Period], first: dt.date
) -> list[str]:
    """Which due days of the year from ``first`` change, in words."""
    lines, month = [], first
    for _ in range(12):
        old, new = before(month).due_on, after(month).due_on
        if old != new:
            lines.append(
                f"Hạn {format_month(month)} chuyển từ {format_date(old)} sang {format_date(new)}."
            )
        month = next_month(month)
    return lines
