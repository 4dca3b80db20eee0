"""What a unit says of a month, as :class:`reports.answers.Answers`."""

from __future__ import annotations

import datetime as dt
import random
from dataclasses import dataclass, replace

from campaign_portal.scale import words
from campaign_portal.scale.habits import COMMENDED_IN, VOTES_IN, Habit, season
from core.text import Count
from plans.models import ContentItem
from reports.answers import Answers, Happening
from reports.models import Indicator, ZeroReason
from reports.models.figures import MAX_VALUE
from reports.periods import Period
from units.models import Unit


@dataclass(frozen=True, slots=True)
class Event:
    """Something that the ward held; several units may report it as theirs."""

    title: str
    place: str
    held_on: dt.date
    attendance: int
    is_fair: bool


@dataclass(frozen=True)
class Month:
    """One month of a ward: what its paper asks, and what went on."""

    period: Period
    items: list[ContentItem]
    weights: list[float]
    indicators: list[Indicator]
    events: list[Event]

    @property
    def first(self) -> dt.date:
        return self.period.month


@dataclass(frozen=True, slots=True)
class Told:
    """What was handed in at first, and what a second hand-in says; ``odd`` is the wrong count."""

    first: Answers
    mended: Answers
    odd: str = ""


def tell(
    rng: random.Random, habit: Habit, month: Month, last: Answers | None, *, zero: bool
) -> Told:
    """The answers of one unit; ``last`` are those of the month before, which some copy."""
    if zero:
        return _nothing(rng)
    is_copied = rng.random() < habit.manner.copied
    may_copy = is_copied and last and not last.is_zero
    answers = _again(last, month) if may_copy else _fresh(rng, habit, month)
    if not answers.says_something:
        return _nothing(rng)
    if rng.random() < 0.02 and (wrong := _with_mistake(rng, answers)):
        return Told(wrong[0], answers, wrong[1])
    return Told(answers, replace(answers, result=f"{answers.result} {words.ADDED}".strip()))


def _nothing(rng: random.Random) -> Told:
    reason = rng.choice(words.ZERO_REASONS)
    text = words.OTHER_REASON if reason == ZeroReason.OTHER else ""
    answers = Answers(zero_reason=reason, zero_reason_text=text)
    return Told(answers, answers)


def _again(last: Answers, month: Month) -> Answers:
    """The numbers and words of last month, as if they were this month's."""
    known = {item.pk for item in month.items}
    contents = tuple(item for item in last.contents if item.pk in known)
    return replace(last, contents=contents, happenings=(), confirmed=frozenset())


def _fresh(rng: random.Random, habit: Habit, month: Month) -> Answers:
    drive = habit.zeal * season(month.first)
    numbers = _numbers(rng, habit, month.first, drive)
    sessions = min(6, int(rng.random() * 2 * drive + 0.6))
    people = sum(int(habit.room * rng.uniform(0.6, 1.2)) for _ in range(sessions))
    happenings = _happenings(rng, month, sessions, people)
    listed = sum(one.attendance or 0 for one in happenings)
    own = len([one for one in happenings if one.code == "sessions"])
    counts = {code: _count(rng, habit, number) for code, number in numbers.items()}
    if sessions > own or not own:
        counts["sessions"] = Count(max(sessions - own, 0))
    if people > listed or (sessions and not listed):
        counts["session_attendees"] = _count(rng, habit, max(people - listed, 1))
    asked = {one.code for one in month.indicators}
    has_text = rng.random() < 0.7
    return Answers(
        contents=_contents(rng, habit, month),
        counts={code: count for code, count in counts.items() if code in asked},
        result=words.result(rng, month.first.month, numbers) if has_text else "",
        difficulties=rng.choice(words.DIFFICULTIES) if rng.random() < 0.15 else "",
        recommendations=rng.choice(words.RECOMMENDATIONS) if rng.random() < 0.08 else "",
        happenings=happenings,
    )


def _numbers(rng: random.Random, habit: Habit, month: dt.date, drive: float) -> dict[str, int]:
    numbers = {
        code: int(least + (most - least) * rng.random() * drive)
        for code, (least, most, share) in habit.usual.items()
        if rng.random() < share
    }
    if habit.models or rng.random() < 0.2:
        numbers["models"] = habit.models
    if month.month in VOTES_IN and rng.random() < 0.5:
        numbers["votes"] = rng.randint(5, 300)
    if month.month in COMMENDED_IN and rng.random() < 0.2:
        numbers["commended_people"] = rng.randint(1, 3)
    if habit.kind == Unit.Kind.RESIDENTIAL_CELL and rng.random() < 0.04:
        numbers["consumer_feedback"] = rng.randint(1, 2)
    return numbers


def _count(rng: random.Random, habit: Habit, number: int) -> Count:
    """Some units write "khoảng 60"."""
    if number >= 20 and rng.random() < habit.rounds:
        return Count(round(number, -1), is_approximate=True)
    return Count(number)


def _happenings(
    rng: random.Random, month: Month, sessions: int, people: int
) -> tuple[Happening, ...]:
    """Single sessions, in the order of their days; now and then one that the ward held."""
    if not sessions or rng.random() > 0.22:
        return ()
    found = []
    for _ in range(min(sessions, rng.choice((1, 1, 2)))):
        title, place = rng.choice(words.SESSIONS)
        attendance = people // sessions if rng.random() < 0.9 else None
        day = month.period.data_from + dt.timedelta(days=rng.randint(0, 24))
        found.append(Happening("sessions", day, title, place, attendance))
    if month.events and rng.random() < 0.5:
        event = rng.choice(month.events)
        found[0] = Happening("sessions", event.held_on, event.title, event.place, event.attendance)
    return tuple(sorted(found, key=lambda one: one.held_on))


def _contents(rng: random.Random, habit: Habit, month: Month) -> tuple[ContentItem, ...]:
    drive = 0.4 + 0.6 * habit.zeal
    return tuple(
        item
        for item, weight in zip(month.items, month.weights, strict=True)
        if rng.random() < weight * drive
    )


def _with_mistake(rng: random.Random, answers: Answers) -> tuple[Answers, str] | None:
    """One count with a zero too many; half of them were asked about and affirmed."""
    large = sorted(code for code, count in answers.counts.items() if count and count.value >= 5)
    if not large:
        return None
    code = rng.choice(large)
    wrong = min(answers.counts[code].value * rng.choice((10, 10, 12, 20, 100)), MAX_VALUE)
    confirmed = frozenset({code}) if rng.random() < 0.5 else frozenset()
    return replace(
        answers, counts={**answers.counts, code: Count(wrong)}, confirmed=confirmed
    ), code
