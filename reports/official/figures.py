"""Everything that an official report tells, as plain values: prose and annex are drawn from it.

It goes into the snapshot of a finalised document as JSON and comes back equal.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterator
from dataclasses import asdict, dataclass, field
from typing import Any

from django.utils import timezone

from core.text import format_date
from reports import periods, statistics
from reports.models import DeadlineRule, Indicator
from reports.spans import Span
from reports.statistics import OFFICIAL, Amount, Scope

Change = tuple[int, float | None]


@dataclass(frozen=True, slots=True)
class Told:
    """One line of the annex. A share is told by its percent and never by its parts alone."""

    code: str
    name: str
    unit: str
    phrase: str
    section: str
    is_share: bool
    is_last: bool
    attendance_of: str
    note: str
    by_month: tuple[Amount, ...]
    total: Amount
    of_year: Amount
    before: Amount
    before_by_month: tuple[Amount, ...]
    target: int | None = None

    @property
    def is_blank(self) -> bool:
        """Nobody gave a number, now or before, and nobody wants one."""
        amounts = (self.total, self.of_year, self.before)
        return not self.target and not any(one.is_known for one in amounts)

    @property
    def measure(self) -> str:
        return "%" if self.is_share else self.unit

    @property
    def change(self) -> Change | None:
        """What is more or less than in the same span of the year before, and that in percent.

        Of a share tenths of a point and no percent. None where one of the two is not known.
        """
        if not (self.total.is_known and self.before.is_known):
            return None
        if self.is_share:
            points = _tenths(self.total) - _tenths(self.before)
            return points, None
        now, past = self.total.value or 0, self.before.value or 0
        return now - past, 100 * (now - past) / past if past else None

    @property
    def of_target(self) -> float | None:
        """The part of the year's plan that is reached, in percent."""
        if not self.target or self.is_share or self.of_year.value is None:
            return None
        return 100 * self.of_year.value / self.target


def _tenths(amount: Amount) -> int:
    return round((amount.percent or 0) * 10)


@dataclass(frozen=True, slots=True)
class Lacking:
    """A unit whose reports are not all in, and which months."""

    unit: int
    name: str
    months: tuple[int, ...]
    is_all: bool


@dataclass(frozen=True, slots=True)
class Complete:
    """How much came in: units, monthly reports, and what was in time."""

    whole: int
    units: int
    reports: int
    owed: int
    on_time: int
    late: int
    zero: int
    by_month: tuple[tuple[int, int], ...]  # reports that are in, of those owed
    lacking: tuple[Lacking, ...] = ()
    waiting: tuple[Lacking, ...] = ()


@dataclass(frozen=True, slots=True)
class Content:
    pk: int
    title: str
    plan: str
    unit_count: int


@dataclass(frozen=True, slots=True)
class Figures:
    """All figures of ``span``; ``scope`` is the name of the part of the ward, "" for all of it."""

    span: Span
    scope: str
    data_from: dt.date
    data_to: dt.date
    until: dt.date  # the last month that was asked for
    lines: tuple[Told, ...]
    complete: Complete
    contents: tuple[Content, ...]
    changes: tuple[str, ...] = ()  # of the units in the span, a sentence each
    own: dict[str, Told] = field(default_factory=dict, compare=False, repr=False)

    def __post_init__(self) -> None:
        self.own.update({line.code: line for line in self.lines})

    @property
    def is_empty(self) -> bool:
        """No accepted report: there is nothing to draw a document from."""
        return self.complete.reports == 0

    @property
    def is_over(self) -> bool:
        """Every month of the span was asked for."""
        return self.until == self.span.last_month

    def of_section(self, section: str) -> list[Told]:
        return [line for line in self.lines if line.section == section]

    @property
    def months(self) -> list[dt.date]:
        """The columns of the annex; a month's report has its one column only once."""
        return self.span.months if len(self.span.months) > 1 else []

    def as_json(self) -> dict[str, Any]:
        told = asdict(self)
        del told["own"]
        return told | {
            "span": self.span.slug,
            "data_from": self.data_from.isoformat(),
            "data_to": self.data_to.isoformat(),
            "until": self.until.isoformat(),
        }


def from_json(told: dict[str, Any]) -> Figures:
    """What :meth:`Figures.as_json` wrote."""
    complete = told["complete"]
    return Figures(
        span=Span.parse(told["span"]),
        scope=told["scope"],
        data_from=dt.date.fromisoformat(told["data_from"]),
        data_to=dt.date.fromisoformat(told["data_to"]),
        until=dt.date.fromisoformat(told["until"]),
        lines=tuple(_told(line) for line in told["lines"]),
        complete=Complete(
            **complete
            | {name: tuple(map(_lacking, complete[name])) for name in ("lacking", "waiting")}
            | {"by_month": tuple(map(tuple, complete["by_month"]))}
        ),
        contents=tuple(Content(**one) for one in told["contents"]),
        changes=tuple(told.get("changes", ())),
    )


def _told(line: dict[str, Any]) -> Told:
    amounts: dict[str, Any] = {
        name: Amount(**line[name]) for name in ("total", "of_year", "before")
    }
    for name in ("by_month", "before_by_month"):
        amounts[name] = tuple(Amount(**one) for one in line[name])
    return Told(**line | amounts)


def _lacking(one: dict[str, Any]) -> Lacking:
    return Lacking(**one | {"months": tuple(one["months"])})


def gather(
    scope: Scope,
    span: Span,
    *,
    statuses: Collection[str] = OFFICIAL,
    today: dt.date | None = None,
) -> Figures:
    """The figures of ``span`` as they are now; ten queries, however many reports.

    Months for which no report is asked yet are not missing.
    """
    data_from, data_to, until = days_asked(scope, span, today)
    return Figures(
        span=span,
        scope="" if scope.is_whole else scope.name,
        data_from=data_from,
        data_to=data_to,
        until=until,
        lines=lines_told(scope, span, statuses=statuses),
        complete=_complete(statistics.completeness(scope, span, statuses=statuses, until=until)),
        contents=tuple(
            Content(one.pk, one.title, one.plan, one.unit_count)
            for one in statistics.covered(scope, span, statuses=statuses)
        ),
        changes=tuple(
            f"Từ ngày {format_date(day)}, {new} báo cáo thay {old}."
            for day, new, old in statistics.went_on(scope, span)
        ),
    )


def days_asked(
    scope: Scope, span: Span, today: dt.date | None = None
) -> tuple[dt.date, dt.date, dt.date]:
    """The first and last day of the data of ``span``, and the last month asked for; one query."""
    rules = list(DeadlineRule.objects.filter(owner=scope.ward))
    days = {month: periods.dates_of(periods.rule_for(rules, month), month) for month in span.months}
    now = today or timezone.localdate()
    asked = (month for month in span.months if days[month].opens_on <= now)
    until = max(asked, default=span.start)
    return days[span.start].data_from, days[until].data_to, until


def lines_told(
    scope: Scope, span: Span, *, statuses: Collection[str] = OFFICIAL
) -> tuple[Told, ...]:
    """The lines of the annex alone."""
    return tuple(one for one in _lines(scope, span, statuses) if not one.is_blank)


def _lines(scope: Scope, span: Span, statuses: Collection[str]) -> Iterator[Told]:
    """In the order of the form, those who came directly behind what they came to."""
    found = statistics.lines(scope, span, statuses=statuses)
    codes = {one.pk: line.code for line in found for one in line.family.members}
    for line in found:
        head = line.indicator
        yield Told(
            code=head.code,
            name=head.name,
            unit=head.unit_of_measure,
            phrase=head.phrase,
            section=head.section,
            is_share=head.roll_up == Indicator.RollUp.SHARE,
            is_last=head.roll_up == Indicator.RollUp.LAST,
            attendance_of=codes.get(head.attendance_of_id or 0, ""),
            note=line.family.note(span.last_month),
            by_month=line.by_month,
            total=line.total,
            of_year=line.of_year,
            before=line.before,
            before_by_month=line.before_by_month,
            target=line.target,
        )


def _complete(found: statistics.Completeness) -> Complete:
    return Complete(
        whole=found.whole.count,
        units=found.whole.of,
        reports=found.reports.count,
        owed=found.reports.of,
        on_time=found.on_time.count,
        late=found.late_count,
        zero=found.zero_count,
        by_month=tuple(
            (
                sum(month in one.counted for one in found.units),
                sum(month in one.owed for one in found.units),
            )
            for month in found.span.months
        ),
        lacking=tuple(_of_unit(one, one.lacking) for one in found.lacking),
        waiting=tuple(_of_unit(one, one.waiting) for one in found.waiting),
    )


def _of_unit(one: statistics.UnitShare, months: list[dt.date]) -> Lacking:
    return Lacking(
        one.pk, one.name, tuple(month.month for month in months), len(months) == len(one.owed)
    )
