"""When a number is odd: one definition, asked of the secretary and told to the reviewer.

From DOMAIN §C.3: people without a session, more of them than a room holds, far above the unit's
own usual number or last month's, counted both in the box and one by one. Never an error: whoever
typed it may say that it is right.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from statistics import median

from core.text import format_count, format_number, previous_month
from reports.answers import Answers, Paper
from reports.models import Indicator, IndicatorValue
from reports.periods import last_months
from units.models import Unit

LOOK_BACK = 6  # months
TIMES_MEDIAN = 5
TIMES_LAST_MONTH = 10
MAX_PER_SESSION = 500
# A median of one or two says little: five leaflets after one are no mistake.
SMALL_NUMBER = 10

Past = Mapping[dt.date, int]


@dataclass(frozen=True)
class Numbers:
    """The numbers of one report with what the unit had before; all by the indicator's key."""

    month: dt.date
    values: Mapping[int, int]
    past: Mapping[int, Past]
    indicators: Mapping[int, Indicator]
    listed: Mapping[int, int] = field(default_factory=dict)

    def before(self, pk: int) -> int:
        """Last month's number, 0 where there is none."""
        return self.past.get(pk, {}).get(previous_month(self.month), 0)

    def usual(self, pk: int) -> float:
        """The unit's own median of the six months before, 0 where there is none."""
        window = set(last_months(self.month, LOOK_BACK + 1)[:-1])
        known = [number for month, number in self.past.get(pk, {}).items() if month in window]
        return median(known) if known else 0


@dataclass(frozen=True, slots=True)
class OddNumber:
    """What the reviewer reads, and what the secretary is asked."""

    indicator: Indicator
    remark: str
    question: str


def odd_numbers(numbers: Numbers) -> list[OddNumber]:
    """At most one for each indicator, in the order of ``indicators``."""
    found = []
    for pk, indicator in numbers.indicators.items():
        value = numbers.values.get(pk)
        if not value:
            continue
        said = (
            _crowd(numbers, indicator, value)
            or _jump(numbers, indicator, value)
            or _twice(numbers, indicator, value)
        )
        if said is not None:
            found.append(OddNumber(indicator, *said))
    return found


def past_of(unit: Unit, month: dt.date) -> dict[int, dict[dt.date, int]]:
    """What ``unit`` reported in the months before ``month``: by indicator and month; one query."""
    rows = IndicatorValue.objects.filter(
        unit=unit, month__in=last_months(month, LOOK_BACK + 1)[:-1], value__isnull=False
    ).order_by("month")
    past: dict[int, dict[dt.date, int]] = {}
    for indicator, of, value in rows.values_list("indicator", "month", "value"):
        past.setdefault(indicator, {})[of] = value
    return past


def odd_answers(answers: Answers, paper: Paper, past: Mapping[int, Past]) -> list[OddNumber]:
    """The odd numbers of what is being typed."""
    return odd_numbers(
        Numbers(
            month=paper.month,
            values=_by_pk(answers, paper.indicators),
            past=past,
            indicators={one.pk: one for one in paper.indicators},
            listed=_by_pk(Answers(happenings=answers.happenings), paper.indicators),
        )
    )


def _by_pk(answers: Answers, indicators: Iterable[Indicator]) -> dict[int, int]:
    totals = answers.totals(indicators)
    return {one.pk: totals[one.code].value for one in indicators if one.code in totals}


def _crowd(numbers: Numbers, indicator: Indicator, people: int) -> tuple[str, str] | None:
    """People without a session, or more of them than a room holds."""
    held_pk = indicator.attendance_of_id
    sessions = numbers.indicators.get(held_pk) if held_pk else None
    if sessions is None:
        return None
    held = numbers.values.get(sessions.pk) or 0
    crowd = f"{format_number(people)} {indicator.unit_of_measure}"
    if not held:
        return (
            f"{indicator.name} là {format_number(people)} nhưng không có buổi nào.",
            f"Có {crowd} nhưng “{sessions.name}” chưa ghi buổi nào. Số này đúng không?",
        )
    if people / held <= MAX_PER_SESSION:
        return None
    return (
        f"{indicator.name}: hơn {MAX_PER_SESSION} người một buổi.",
        f"{format_count(held)} {sessions.unit_of_measure} mà có {crowd}. Số này đúng không?",
    )


def _jump(numbers: Numbers, indicator: Indicator, value: int) -> tuple[str, str] | None:
    """Far above the unit's own usual number, or above last month's."""
    if value <= SMALL_NUMBER:
        return None
    before, usual = numbers.before(indicator.pk), numbers.usual(indicator.pk)
    above_usual = bool(usual) and value > TIMES_MEDIAN * usual
    if not above_usual and not (before and value >= TIMES_LAST_MONTH * before):
        return None
    now = format_number(value)
    if above_usual:
        mean = format_number(round(usual, 1))
        remark = f"{now}, gấp hơn {TIMES_MEDIAN} lần mức thường có ({mean})."
    else:
        remark = f"{now}, gấp {value // before} lần tháng trước ({format_number(before)})."
    if before:
        question = f"Tháng trước {format_number(before)}, tháng này {now}."
    else:
        question = f"Mọi tháng khoảng {format_number(round(usual))}, tháng này {now}."
    return f"{indicator.name}: {remark}", f"{question} Số này đúng không?"


def _twice(numbers: Numbers, indicator: Indicator, value: int) -> tuple[str, str] | None:
    """As many in the box as were told one by one: perhaps the same ones."""
    listed = numbers.listed.get(indicator.pk, 0)
    if not listed or value != 2 * listed:
        return None
    told, total = format_number(listed), format_number(value)
    return (
        f"{indicator.name}: ghi {told}, kể từng buổi cũng {told}; có thể tính hai lần.",
        f"Ô này ghi {told}, kể từng buổi ở dưới cũng {told}, cộng là {total}. Số này đúng không?",
    )
