"""What a unit owes and until when: months, their days, and the sentence that says it.

Dates come from the ward's :class:`~reports.models.DeadlineRule`; where none is kept, from
:data:`DEFAULT_DAYS`: the report of a month is due on the 25th of that same month, its data run
from the 20th before to the 19th.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, fields, replace
from functools import cached_property
from typing import Any

from django.db.models import CharField, Q, QuerySet, Value
from django.db.models.functions import Cast, Coalesce, Concat

from core.text import (
    first_of_month,
    format_date,
    format_month,
    last_day,
    next_month,
    previous_month,
)
from reports import days_off
from reports.models import DeadlineRule, Extension, MonthlyReport, Status
from units.models import ReportingDuty, Unit

MONTHS_BACK = 12


@dataclass(frozen=True, slots=True)
class Days:
    """The numbers of a rule, without its row."""

    month_offset: int = 0
    opens_day: int = 1
    due_day: int = 25
    grace_days: int = 0
    closes_after_days: int | None = None
    data_from_day: int = 20
    shifts_to_working_day: bool = False


DEFAULT_DAYS = Days()


@dataclass(frozen=True, slots=True)
class Period:
    """The days of one report: of a unit where an extension was looked for, else of the ward."""

    month: dt.date
    opens_on: dt.date
    due_on: dt.date
    grace_until: dt.date
    closes_on: dt.date | None
    data_from: dt.date
    data_to: dt.date
    is_extended: bool = False
    is_excused: bool = False
    is_exempt: bool = False
    usual_until: dt.date | None = None  # the last day on time without the extension
    moved_from: dt.date | None = None  # the due day of the rule, where that is a day off

    def is_open(self, today: dt.date) -> bool:
        return self.opens_on <= today and not self.is_closed(today)

    def is_closed(self, today: dt.date) -> bool:
        """Past the last day on which a report is taken at all."""
        return self.closes_on is not None and today > self.closes_on

    def is_overdue(self, today: dt.date) -> bool:
        """Past the last day on which it is on time; never where nothing is owed."""
        return today > self.grace_until and not self.is_exempt

    def extended_to(self, due_on: dt.date, *, is_excused: bool = False) -> Period:
        """The same period with a later due day; it opens a closed month until then.

        An extension never takes time away: where the rule gives more, that holds.
        """
        return replace(
            self,
            due_on=max(self.due_on, due_on),
            grace_until=max(self.grace_until, due_on),
            closes_on=self.closes_on and max(self.closes_on, due_on),
            is_extended=True,
            is_excused=is_excused,
            usual_until=self.grace_until,
            moved_from=self.moved_from if due_on <= self.due_on else None,
        )

    def changed_by(self, extension: Extension) -> Period:
        """The period of the unit to which ``extension`` was granted."""
        if extension.due_on is None:
            return replace(self, is_exempt=True)
        is_excused = extension.kind == Extension.Kind.EXCUSED
        return self.extended_to(extension.due_on, is_excused=is_excused)


@dataclass(frozen=True, slots=True)
class Owed:
    """One month that a unit owes, with its report so far."""

    unit: Unit
    period: Period
    report: MonthlyReport | None

    @property
    def month(self) -> dt.date:
        return self.period.month

    @property
    def status(self) -> str:
        return self.report.status if self.report else Status.DRAFT

    @property
    def is_received(self) -> bool:
        return self.report is not None and self.report.is_handed_in


class Calendar:
    """The periods of one ward, by month; two queries however many months and units are asked,
    and a third where a rule looks at the days off.
    """

    def __init__(self, ward: Unit, months: Iterable[dt.date] | None = None) -> None:
        self._ward = ward
        self._rules = list(DeadlineRule.objects.filter(owner=ward).order_by("-starts_on"))
        extensions = Extension.objects.filter(unit__path__startswith=ward.path)
        if months is not None:
            extensions = extensions.filter(month__in=list(months))
        self._extensions = {(e.unit_id, e.month): e for e in extensions}
        self._of_ward: dict[dt.date, Period] = {}

    @cached_property
    def days_off(self) -> days_off.DaysOff:
        return days_off.of_ward(self._ward)

    def period(self, month: dt.date, unit: Unit | int | None = None) -> Period:
        """The days of ``month`` (its first day), with the extension of ``unit`` if one is given."""
        if month not in self._of_ward:
            days = rule_for(self._rules, month)
            off = self.days_off if days.shifts_to_working_day else None
            self._of_ward[month] = dates_of(days, month, off)
        period = self._of_ward[month]
        unit_id = unit.pk if isinstance(unit, Unit) else unit
        extension = self._extensions.get((unit_id, month)) if unit_id else None
        return period.changed_by(extension) if extension else period

    def month_asked(self, today: dt.date) -> dt.date:
        """The month that reports are asked for now: the newest that has opened."""
        month = first_of_month(today)
        while self.period(month).opens_on > today:
            month = previous_month(month)
        return month


def days_rows(ward: Any, month: dt.date) -> QuerySet[DeadlineRule]:
    """The rules of ``ward`` that hold for ``month``, each with ``days``, its numbers as a text.

    One column, so that a union with other tables can carry it. For :func:`days_from`.
    """
    parts = [Cast("starts_on", CharField()), *(_number(one.name) for one in fields(Days))]
    separated = [part for one in parts for part in (one, Value("|"))][:-1]
    rules = DeadlineRule.objects.filter(
        Q(ends_on__isnull=True) | Q(ends_on__gt=month), owner=ward, starts_on__lte=month
    )
    return rules.annotate(days=Concat(*separated, output_field=CharField()))


def _number(name: str) -> Any:
    return Coalesce(Cast(name, CharField()), Value(""))


def days_from(texts: Iterable[str]) -> Days:
    """The numbers of the newest of the rules that :func:`days_rows` gave."""
    newest = max(texts, default="")
    if not newest:
        return DEFAULT_DAYS
    return Days(*(_read(number) for number in newest.split("|")[1:]))


def _read(number: str) -> Any:
    """A number, a truth as either database writes it, or None for what is not set."""
    truths = {"": None, "true": True, "false": False}
    return truths[number] if number in truths else int(number)


def rule_for(rules: Iterable[DeadlineRule], month: dt.date) -> DeadlineRule | Days:
    """The one of ``rules`` that holds in ``month``: the newest that has begun and not ended."""
    held = [
        rule
        for rule in rules
        if rule.starts_on <= month and (rule.ends_on is None or rule.ends_on > month)
    ]
    return max(held, key=lambda rule: rule.starts_on) if held else DEFAULT_DAYS


def dates_of(
    days: DeadlineRule | Days, month: dt.date, off: days_off.DaysOff | None = None
) -> Period:
    """The dates that a rule gives to ``month``; a day that a month lacks is its last day.

    With ``off``, a rule that says so moves its due day to the next working day; the days of
    grace and of closing are counted from there, every day of the calendar alike.
    """
    due_month = month
    for _ in range(days.month_offset):
        due_month = next_month(due_month)
    usual = due_on = _day(due_month, days.due_day)
    if off is not None and days.shifts_to_working_day:
        due_on = off.working_day_from(usual)
    closes_on = None
    if days.closes_after_days is not None:
        closes_on = due_on + dt.timedelta(days=days.closes_after_days)
    data_from, data_to = _data_window(days.data_from_day, month)
    return Period(
        month=month,
        opens_on=_day(due_month, days.opens_day),
        due_on=due_on,
        grace_until=due_on + dt.timedelta(days=days.grace_days),
        closes_on=closes_on,
        data_from=data_from,
        data_to=data_to,
        moved_from=usual if due_on != usual else None,
    )


def period_of(unit: Unit, month: dt.date) -> Period:
    """The days of the report of ``unit`` for ``month``, its extension included."""
    return Calendar(unit.ward, [month]).period(month, unit)


def current_month(ward: Unit, today: dt.date) -> dt.date:
    """The month that reports of ``ward`` are asked for now; see :meth:`Calendar.month_asked`."""
    return Calendar(ward, []).month_asked(today)


def last_months(month: dt.date, count: int) -> list[dt.date]:
    """``count`` first days, the oldest first, ``month`` the last."""
    months = [month]
    while len(months) < count:
        months.append(previous_month(months[-1]))
    return months[::-1]


def owes(unit: Unit, month: dt.date) -> bool:
    """Had ``unit`` a reporting duty in ``month``?"""
    return ReportingDuty.objects.in_month(month).filter(unit=unit).exists()


def owed_by(unit: Unit, today: dt.date) -> list[Owed]:
    """The opened months of the last year in which ``unit`` had a duty, the newest first."""
    ward = unit.ward
    months = last_months(first_of_month(today), MONTHS_BACK)
    calendar = Calendar(ward, months)
    duties = list(unit.duties.all())
    reports = {r.month: r for r in unit.reports.filter(month__in=months)}
    owed = [
        Owed(unit, calendar.period(month, unit), reports.get(month))
        for month in reversed(months)
        if any(_touches(duty, month) for duty in duties)
    ]
    return [one for one in owed if one.period.opens_on <= today]


def overdue(owed: Iterable[Owed], today: dt.date) -> list[Owed]:
    """What should have been received by now and was not, the oldest first."""
    late = [one for one in owed if not one.is_received and one.period.is_overdue(today)]
    return sorted(late, key=lambda one: one.month)


def sentence(owed: Owed, today: dt.date) -> str:
    """What is owed and until when: "Tháng 4/2027: CHƯA NỘP. Hạn 25/4, còn 3 ngày."."""
    return f"{format_month(owed.month).capitalize()}: {state_words(owed, today)}"


def state_words(owed: Owed, today: dt.date) -> str:
    """The sentence after the month: "CHƯA NỘP. Hạn 25/4, còn 3 ngày."."""
    if owed.status == Status.ACCEPTED:
        return "ĐÃ NỘP, phường đã tiếp nhận."
    if owed.status == Status.SUBMITTED:
        return "ĐÃ NỘP, phường đang xem."
    if owed.status == Status.RETURNED:
        return "TRẢ LẠI ĐỂ SỬA. Đồng chí sửa rồi nộp lại."
    if owed.period.is_exempt:
        return "ĐƯỢC MIỄN. Phường không yêu cầu báo cáo tháng này."
    return f"CHƯA NỘP. {due_words(owed.period, today)}"


def due_words(period: Period, today: dt.date) -> str:
    """The due day with what is left of it: "Hạn 25/4, còn 3 ngày."."""
    due = short_day(period.due_on, period.month)
    left = (period.due_on - today).days
    if left > 0:
        return f"Hạn {due}, còn {left} ngày."
    if left == 0:
        return f"Hạn {due}, là hôm nay."
    if not period.is_overdue(today):
        return f"Hạn {due}, nộp đến hết {short_day(period.grace_until, period.month)} vẫn đúng hạn."
    if period.is_closed(today):
        return f"Hạn {due}, đã khóa. Đồng chí gọi văn phòng để được mở lại."
    return f"Hạn {due}, đã quá {-left} ngày."


def short_day(day: dt.date, month: dt.date) -> str:
    """25/4 in the year of the report, 25/4/2028 in another."""
    return f"{day.day}/{day.month}" if day.year == month.year else format_date(day)


def _day(month: dt.date, day: int) -> dt.date:
    return month.replace(day=min(day, last_day(month).day))


def _data_window(from_day: int, month: dt.date) -> tuple[dt.date, dt.date]:
    if from_day == 1:
        return month, last_day(month)
    return _day(previous_month(month), from_day), _day(month, from_day - 1)


def _touches(duty: ReportingDuty, month: dt.date) -> bool:
    return duty.starts_on <= last_day(month) and (duty.ends_on is None or duty.ends_on > month)
