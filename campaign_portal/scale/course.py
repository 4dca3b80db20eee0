"""When a report was handed in, looked at, returned and accepted, up to a given moment."""

from __future__ import annotations

import datetime as dt
import random
from dataclasses import dataclass, field
from typing import NamedTuple

from django.utils import timezone

from campaign_portal.scale import words
from campaign_portal.scale.answers import Told
from campaign_portal.scale.habits import Manner
from core.workflow import Transition
from reports import workflow
from reports.models import Status
from reports.periods import Period

EARLIEST = 9  # days before the day that is due
LATEST = 14  # days after the last day that counts as in time


class Step(NamedTuple):
    name: str
    source: str
    target: str
    at: dt.datetime
    reason: str


@dataclass
class Course:
    """The steps of one report, oldest first. ``handed_in`` are the moments of its submissions."""

    steps: list[Step] = field(default_factory=list)
    handed_in: list[dt.datetime] = field(default_factory=list)
    status: str = Status.DRAFT
    question: str = ""

    def take(self, step: Transition, at: dt.datetime, reason: str = "") -> None:
        self.steps.append(Step(step.name, self.status, step.target, at, reason))
        self.status = step.target
        if step in (workflow.SUBMIT, workflow.AMEND):
            self.handed_in.append(at)
            self.question = ""


def handed_in_at(rng: random.Random, manner: Manner, period: Period) -> dt.datetime:
    """The moment of the first hand-in: mostly the last days before it is due, or too late."""
    if rng.random() < manner.late:
        day = period.grace_until + dt.timedelta(days=1 + int(rng.random() ** 2 * LATEST))
        if period.closes_on is not None:
            day = min(day, period.closes_on)
    else:
        day = period.due_on - dt.timedelta(days=int(rng.random() ** 1.5 * (EARLIEST + 1)))
    return _moment(max(day, period.opens_on), rng, 7, 21)


def course_of(rng: random.Random, told: Told, first: dt.datetime, end: dt.datetime) -> Course:
    """What became of the report that was handed in at ``first``; nothing happens from ``end`` on."""
    course = Course()
    course.take(workflow.SUBMIT, first)
    looked = _moment(first.date() + dt.timedelta(days=rng.randint(1, 5)), rng, 8, 16)
    amended = first + dt.timedelta(minutes=rng.randint(20, 600))
    if rng.random() < 0.015 and amended < min(looked, end):
        course.take(workflow.AMEND, amended)
    if looked >= end:
        return course
    if rng.random() < _share_returned(told) and len(course.handed_in) == 1:
        course.take(workflow.RETURN, looked, _question(rng, course, told))
        again = _moment(looked.date() + dt.timedelta(days=rng.randint(1, 6)), rng, 7, 21)
        if again >= end or rng.random() < 0.01:
            return course
        course.take(workflow.SUBMIT, again)
        looked = _moment(again.date() + dt.timedelta(days=rng.randint(1, 3)), rng, 8, 16)
    if looked < end:
        course.take(workflow.ACCEPT, looked)
        if rng.random() < 0.003:
            _reopen(rng, course, looked, end)
    return course


def _share_returned(told: Told) -> float:
    if told.odd:
        return 0.15 if told.first.confirmed else 0.6
    return 0.01 if told.first.is_zero else 0.05


def _question(rng: random.Random, course: Course, told: Told) -> str:
    """Point the report at what is to be mended; the words of the return."""
    if told.odd:
        course.question = f"counts:{told.odd}"
        return words.RETURNS["counts"]
    course.question = "zero" if told.first.is_zero else rng.choice(("result", "contents"))
    return words.RETURNS[course.question]


def _reopen(rng: random.Random, course: Course, accepted: dt.datetime, end: dt.datetime) -> None:
    """The unit asks for it back, hands it in again, and it is accepted again."""
    reopened = accepted + dt.timedelta(days=rng.randint(2, 9))
    moments = [reopened + dt.timedelta(hours=hours) for hours in (0, 5, 26)]
    if moments[-1] < end:
        course.take(workflow.REOPEN, moments[0], words.REOPENED)
        course.take(workflow.SUBMIT, moments[1])
        course.take(workflow.ACCEPT, moments[2])


def _moment(day: dt.date, rng: random.Random, from_hour: int, to_hour: int) -> dt.datetime:
    return dt.datetime(
        day.year,
        day.month,
        day.day,
        rng.randint(from_hour, to_hour),
        rng.randint(0, 59),
        rng.randint(0, 59),
        tzinfo=timezone.get_default_timezone(),
    )
