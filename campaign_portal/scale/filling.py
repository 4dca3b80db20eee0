"""Sixty months of reports of one ward, row by row into the tables."""

from __future__ import annotations

import datetime as dt
import random
import uuid
from collections import Counter
from typing import Any, NamedTuple

from django.utils import timezone

from campaign_portal.scale import plans, words
from campaign_portal.scale.answers import Event, Month, Told, tell
from campaign_portal.scale.course import Course, course_of, handed_in_at
from campaign_portal.scale.frame import Cell, Frame, morning
from campaign_portal.scale.habits import Year, year_of
from campaign_portal.scale.tables import Table, create, writing, written
from plans.models import ContentItem
from reports.answers import Answers
from reports.models import (
    Activity,
    Draft,
    Extension,
    HelperConfirmation,
    Indicator,
    IndicatorValue,
    MonthlyReport,
    ReportContent,
    ReportStep,
    Status,
    Submission,
)
from reports.periods import Calendar, Period
from reports.receipts import receipt_number
from units.models import Role, Unit

TABLES = {
    MonthlyReport: (
        *("unit_id", "ward_id", "month", "status", "version", "created_at", "updated_at"),
        *("result", "difficulties", "recommendations"),
        *("is_zero", "zero_reason", "zero_reason_text"),
        *("first_submitted_at", "due_on", "excused_until"),
        *("submitted_at", "submitted_by_id", "returned_question"),
    ),
    IndicatorValue: (
        *("report_id", "indicator_id", "unit_id", "ward_id", "month"),
        *("value", "is_approximate", "confirmed"),
    ),
    ReportContent: ("report_id", "content_item_id"),
    Activity: ("report_id", "indicator_id", "held_on", "title", "place", "attendance"),
    Submission: ("report_id", "number", "key", "receipt", "content", "by_id", "helper", "at"),
    HelperConfirmation: ("submission_id", "by_id", "at", "is_by_phone"),
    ReportStep: (
        *("report_id", "name", "from_status", "to_status", "actor_id", "reason", "created_at"),
    ),
    Draft: ("report_id", "content", "part_versions", "version", "saved_at", "saved_by_id"),
}


class Place(NamedTuple):
    """Whose report it is, as the number of a receipt asks for it."""

    ward: Unit
    month: dt.date
    unit_id: int


class Filling:
    """Writes the reports of ``frame`` up to the day ``until``, which is not over yet."""

    def __init__(self, frame: Frame, until: dt.date) -> None:
        self._frame = frame
        self._end = timezone.make_aware(dt.datetime.combine(until, dt.time()))
        self._tables = {model: Table(model, *columns) for model, columns in TABLES.items()}
        self._last: dict[int, Answers] = {}
        self._years: dict[tuple[int, int], Year] = {}
        self._tastes: dict[int, float] = {}

    def run(self) -> Counter[str]:
        """Write everything; how many rows of each kind."""
        frame = self._frame
        with writing(*self._tables):
            self._except()
            calendar = Calendar(frame.ward)
            indicators = list(Indicator.objects.in_force(frame.ward, frame.months[-1]))
            for first in frame.months:
                month = self._month(calendar, first, indicators)
                for cell in frame.cells:
                    if cell.owes(first):
                        self._write_month(cell, month, calendar)
            return written(self._tables.values())

    def _except(self) -> None:
        """Another due day for a few units and months, or no report; with the reason."""
        frame = self._frame
        calendar = Calendar(frame.ward)
        rows = []
        for cell in frame.cells:
            for month in frame.months:
                year = self._year(cell, month)
                if year.excepted == month.month and cell.owes(month):
                    due_on = calendar.period(month).due_on + dt.timedelta(days=year.days)
                    rows.append(
                        Extension(
                            unit=cell.unit,
                            month=month,
                            kind=year.kind,
                            due_on=None if year.kind == Extension.Kind.EXEMPT else due_on,
                            reason=words.EXTENSIONS[(cell.key + year.days) % len(words.EXTENSIONS)],
                        )
                    )
        create(Extension, rows, at=morning(frame.months[0]))

    def _year(self, cell: Cell, month: dt.date) -> Year:
        known = (cell.key, month.year)
        if known not in self._years:
            self._years[known] = year_of(self._frame.rng("năm", *known))
        return self._years[known]

    def _month(self, calendar: Calendar, first: dt.date, indicators: list[Indicator]) -> Month:
        frame = self._frame
        period = calendar.period(first)
        items = list(ContentItem.objects.in_force(frame.ward, first))
        rng = frame.rng("tháng", first)
        events = [
            Event(
                title, place, period.data_from + dt.timedelta(rng.randint(5, 24)), people, is_fair
            )
            for title, place, is_fair, months in words.EVENTS
            if first.month in months and (people := rng.randint(60, 300))
        ]
        return Month(
            period, items, [self._weight(item, first) for item in items], indicators, events
        )

    def _weight(self, item: ContentItem, first: dt.date) -> float:
        """How readily units cover a content: the ward likes some, forgets others; days matter."""
        place = item.position + (100 if item.plan.valid_to else 0)
        if place not in self._tastes:
            rng = self._frame.rng("nội dung", place)
            self._tastes[place] = rng.choice((0.02, 0.08, 0.15, 0.25, 0.35, 0.55))
        for title, months in plans.SEASONAL.items():
            if title in item.short_title:
                return 0.7 if first.month in months else 0.04
        return self._tastes[place]

    def _write_month(self, cell: Cell, month: Month, calendar: Calendar) -> None:
        rng = self._frame.rng(cell.key, month.first)
        manner = cell.habit.manner
        period = calendar.period(month.first, cell.unit.pk)
        if period.is_exempt:
            return
        is_missing = rng.random() < manner.missing
        zero = rng.random() < manner.zero or (
            month.first.month in self._year(cell, month.first).asleep
        )
        first = handed_in_at(rng, manner, period)
        told = tell(rng, cell.habit, month, self._last.get(cell.key), zero=zero)
        if is_missing or first >= self._end:
            if rng.random() < 0.25:
                self._begin(rng, cell, month, min(first, self._end), told)
            return
        course = course_of(rng, told, first, self._end)
        said = told.mended if len(course.handed_in) > 1 else told.first
        self._last[cell.key] = said
        pk = self._report(rng, cell, month, course, said, period)
        self._rows(pk, cell, month, said)
        self._submissions(rng, pk, cell, month, course, told, said)
        for step in course.steps:
            is_own = step.target == Status.SUBMITTED
            actor = cell.secretary if is_own else self._reviewer(cell, month)
            self._add(
                ReportStep, pk, step.name, step.source, step.target, actor.pk, step.reason, step.at
            )

    def _reviewer(self, cell: Cell, month: Month) -> Any:
        by_office = (cell.key + month.first.month) % 4 == 0
        return self._frame.staff[Role.OFFICE if by_office else Role.PROPAGANDA]

    def _begin(
        self, rng: random.Random, cell: Cell, month: Month, by: dt.datetime, told: Told
    ) -> None:
        """A form that was begun and is not handed in."""
        at = by - dt.timedelta(minutes=rng.randint(30, 3000))
        if at.date() < month.period.opens_on:
            return
        items = [str(item.pk) for item in told.mended.contents[:2]]
        typed = {
            code: f"khoảng {count.value}" if count.is_approximate else str(count.value)
            for code, count in list(told.mended.counts.items())[:2]
            if count
        }
        content = {"contents": {"items": items}, "counts": typed}
        none = ("", "", "", False, "", "", None, None, None, None, None, "")
        place = (cell.unit.pk, self._frame.ward.pk, month.first)
        pk = self._add(MonthlyReport, *place, Status.DRAFT, 1, at, at, *none)
        self._add(Draft, pk, content, {"contents": 1, "counts": 2}, 2, at, cell.secretary.pk)

    def _report(
        self,
        rng: random.Random,
        cell: Cell,
        month: Month,
        course: Course,
        said: Answers,
        period: Period,
    ) -> int:
        first = course.handed_in[0]
        # Half of what the ward excuses was granted after the hand-in.
        is_later = period.is_excused and cell.key % 2 == 0
        due_on = month.period.grace_until if is_later else period.grace_until
        excused_until = period.due_on if is_later else None
        return self._add(
            MonthlyReport,
            *(cell.unit.pk, self._frame.ward.pk, month.first),
            *(course.status, 1 + len(course.steps)),
            *(first - dt.timedelta(minutes=3 + int(rng.expovariate(0.08))), course.steps[-1].at),
            *(said.result, said.difficulties, said.recommendations),
            *(said.is_zero, said.zero_reason, said.zero_reason_text),
            *(first, due_on, excused_until),
            *(course.handed_in[-1], cell.secretary.pk, course.question),
        )

    def _rows(self, pk: int, cell: Cell, month: Month, said: Answers) -> None:
        """The live rows, as :mod:`reports.workflow` writes them at a hand-in."""
        place = (cell.unit.pk, self._frame.ward.pk, month.first)
        totals = said.totals(month.indicators)
        by_code = {}
        for one in month.indicators:
            by_code[one.code] = one.pk
            if (count := totals.get(one.code)) is not None:
                confirmed = one.code in said.confirmed
                self._add(
                    IndicatorValue, pk, one.pk, *place, count.value, count.is_approximate, confirmed
                )
        for item in said.contents:
            self._add(ReportContent, pk, item.pk)
        for one in said.happenings:
            self._add(
                Activity, pk, by_code[one.code], one.held_on, one.title, one.place, one.attendance
            )

    def _submissions(
        self,
        rng: random.Random,
        pk: int,
        cell: Cell,
        month: Month,
        course: Course,
        told: Told,
        said: Answers,
    ) -> None:
        """Each hand-in word for word: the earlier ones as it was at first, the last as it stands."""
        place: Any = Place(self._frame.ward, month.first, cell.unit.pk)
        for number, at in enumerate(course.handed_in, start=1):
            answers = said if number == len(course.handed_in) else told.first
            helper = words.HELPER if rng.random() < 0.015 else ""
            submission = self._add(
                Submission,
                *(pk, number, uuid.UUID(int=rng.getrandbits(128), version=4)),
                *(receipt_number(place, number), answers.as_content()),
                *(cell.secretary.pk, helper, at),
            )
            confirmed_at = at + dt.timedelta(minutes=rng.randint(5, 900))
            if helper and rng.random() < 0.7 and confirmed_at < self._end:
                self._add(HelperConfirmation, submission, cell.secretary.pk, confirmed_at, False)

    def _add(self, model: Any, *values: Any) -> int:
        return self._tables[model].add(*values)
