"""How tasks stand: counted where a rule says so, from their parts, or by hand.

What reports count lies above plans in the layers, so it hands its measure in with
:func:`measure_with`; what the ward sends out is asked of :mod:`plans.standing`. A hand-set state
over a counted one needs a reason and is shown as such.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from enum import Enum

from core.text import first_of_month, next_month
from plans.models import Assignment, ContentItem, Task
from plans.standing import REPORTS, Light, counts_of, last_day
from units.models import Unit, UnitGroup

SOON = dt.timedelta(days=14)

TODO, DOING, DONE = Task.State.TODO, Task.State.DOING, Task.State.DONE


class How(Enum):
    HAND = "ghi tay"
    COUNTED = "cổng tính"
    PARTS = "theo việc con"
    OVERRIDDEN = "ghi tay, khác số tính"


@dataclass(frozen=True, slots=True)
class Measure:
    """So many of so many, in words: what a rule has counted."""

    done: int
    of: int
    words: str

    @property
    def state(self) -> str:
        if self.of and self.done >= self.of:
            return DONE
        return DOING if self.done else TODO

    @property
    def percent(self) -> int:
        return min(100, 100 * self.done // self.of) if self.of else 0


@dataclass(frozen=True, slots=True)
class Standing:
    """How one task stands on a day."""

    state: str
    percent: int
    how: How
    last_day: dt.date | None
    today: dt.date
    measure: Measure | None = None

    @property
    def word(self) -> str:
        return str(Task.State(self.state).label)

    @property
    def is_done(self) -> bool:
        return self.state == DONE

    @property
    def is_overdue(self) -> bool:
        return not self.is_done and self.last_day is not None and self.last_day < self.today

    @property
    def is_soon(self) -> bool:
        """Due within two weeks."""
        return (
            not self.is_done
            and self.last_day is not None
            and self.today <= self.last_day <= self.today + SOON
        )

    @property
    def light(self) -> Light:
        """As the margin of the plan shows it."""
        counted = f" ({self.measure.words})" if self.measure and self.how is How.COUNTED else ""
        word = self.word.capitalize() + counted
        if self.is_done:
            return Light("good", word)
        if self.is_overdue and self.last_day:
            day = self.last_day
            return Light("bad", f"{word}, quá hạn {day.day}/{day.month}/{day.year}")
        return Light("some" if self.state == DOING else "none", word)

    @property
    def rank(self) -> tuple[int, dt.date]:
        """Overdue first, then due soon, then by the day, what is done last."""
        group = 3 if self.is_done else 0 if self.is_overdue else 1 if self.is_soon else 2
        return group, self.last_day or dt.date.max


def months_of(task: Task, today: dt.date) -> list[dt.date]:
    """The months of the plan up to now: what was done in other years says nothing of its tasks."""
    month = first_of_month(task.plan.valid_from or today)
    end = min(task.plan.valid_to or dt.date.max, next_month(today))
    months = []
    while month < end:
        months.append(month)
        month = next_month(month)
    return months


def sent_out(ward: Unit, tasks: list[Task], today: dt.date) -> dict[int, Measure]:
    """Done with the first bulletin or article of the content; one query and those of the sources."""
    items = ContentItem.objects.filter(pk__in={task.rule_item_id for task in tasks})
    spans = {task.pk: months_of(task, today) for task in tasks}
    every = sorted({month for months in spans.values() for month in months})
    counts = counts_of(ward, list(items), every)
    found = {}
    for task in tasks:
        sums: defaultdict[str, int] = defaultdict(int)
        by_month = counts.get(task.rule_item_id or 0, {})
        for month in spans[task.pk]:
            for noun, number in by_month.get(month, {}).items():
                sums[noun] += number if noun != REPORTS else 0
        words = ", ".join(f"{number} {noun}" for noun, number in sums.items() if number)
        found[task.pk] = Measure(bool(words), 1, words or "chưa phát, chưa đăng lần nào")
    return found


# (ward, tasks with that rule, today) -> task's key: what was counted
Measurer = Callable[[Unit, list[Task], dt.date], Mapping[int, Measure]]
_measurers: dict[str, Measurer] = {Task.Rule.OUT: sent_out}


def measure_with(rule: str, measurer: Measurer) -> None:
    """Let ``measurer`` count the tasks that have ``rule``."""
    _measurers[rule] = measurer


# ward -> (code, name) of the indicators that a task may be counted by
Choices = Callable[[Unit], list[tuple[str, str]]]
_choices: list[Choices] = []


def count_choices_with(choices: Choices) -> None:
    _choices[:] = [choices]


def count_choices(ward: Unit) -> list[tuple[str, str]]:
    return [one for choices in _choices for one in choices(ward)]


def standings(ward: Unit, tasks: Iterable[Task], today: dt.date) -> dict[int, Standing]:
    """By key, of ``tasks`` of ``ward`` (with their plans) and of the parts among them.

    One query for the parts, and those of each rule that is used.
    """
    tasks = list(tasks)
    parts: defaultdict[int, list[Task]] = defaultdict(list)
    below = Task.objects.filter(parent__in=[task.pk for task in tasks], is_left_out=False)
    for part in below.select_related("plan").defer("plan__reading"):
        parts[part.parent_id].append(part)  # type: ignore[index]
    every = {task.pk: task for task in [*tasks, *(p for of in parts.values() for p in of)]}
    measures = _measured(ward, list(every.values()), today)
    found: dict[int, Standing] = {}
    # Parts before wholes: a part has no parts of its own.
    for task in sorted(every.values(), key=lambda task: task.parent_id is None):
        measure = measures.get(task.pk)
        how = How.COUNTED
        if measure is None and parts.get(task.pk):
            measure, how = _of_parts([found[part.pk] for part in parts[task.pk]]), How.PARTS
        found[task.pk] = judged(task, today, measure, how)
    return found


def _measured(ward: Unit, tasks: list[Task], today: dt.date) -> dict[int, Measure]:
    found: dict[int, Measure] = {}
    for rule, measurer in _measurers.items():
        if of_rule := [task for task in tasks if task.rule == rule]:
            found |= measurer(ward, of_rule, today)
    return found


def _of_parts(parts: list[Standing]) -> Measure:
    done = sum(part.is_done for part in parts)
    return Measure(done, len(parts), f"{done}/{len(parts)} việc con đã xong")


def judged(
    task: Task, today: dt.date, measure: Measure | None = None, how: How = How.HAND
) -> Standing:
    """How ``task`` stands by what was written, and by ``measure``, what ``how`` has counted."""
    last = last_day(task.due, task.plan.year)
    if measure is None or (task.override_reason and task.state != measure.state):
        overridden = measure is not None
        percent = 100 if task.state == DONE else task.percent
        shown = How.OVERRIDDEN if overridden else How.HAND
        return Standing(task.state, percent, shown, last, today, measure)
    return Standing(measure.state, measure.percent, how, last, today, measure)


def assigned_units(ward: Unit, tasks: Iterable[Task], day: dt.date) -> dict[int, set[int]]:
    """Task's key -> the units that lead or cooperate, groups as they stand on ``day``.

    Three queries, however many tasks. A group stands for its units that owe reports then.
    """
    rows = list(Assignment.objects.filter(task__in=list(tasks)).select_related("group"))
    owing = list(
        Unit.objects.under(ward).open_on(day).owing(day.replace(day=1)).values_list("pk", "kind")
    )
    members = UnitGroup.members.through.objects.filter(unitgroup__owner=ward)
    chosen = set(members.values_list("unitgroup_id", "unit_id"))
    found: dict[int, set[int]] = defaultdict(set)
    for row in rows:
        if row.unit_id is not None:
            found[row.task_id].add(row.unit_id)
        elif row.group is not None:
            found[row.task_id] |= {
                pk for pk, kind in owing if kind in row.group.kinds or (row.group_id, pk) in chosen
            }
    return found
