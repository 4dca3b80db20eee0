"""The answers of one report as understood, and the blank paper that asks for them."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

from django.db.models import Count as RowCount

from core.text import Count
from plans.models import ContentItem
from reports import coverage
from reports.models import Indicator, ReportContent
from units.models import Unit

# The screens of the form, in their order, and the questions on each.
PARTS = {
    "contents": ("contents",),
    "counts": ("counts",),
    "result": ("result",),
    "difficulties": ("difficulties", "recommendations"),
}
QUESTIONS = {
    "contents": "Nội dung đã thực hiện",
    "counts": "Số liệu",
    "result": "Kết quả",
    "difficulties": "Khó khăn, vướng mắc",
    "recommendations": "Kiến nghị, đề xuất",
    "zero": "Lý do không phát sinh",
}
COUNT_PREFIX = "counts:"
WHOLE = "-of"  # ends the name of the box beside a share's own: "household_share-of"
# Units of measure of what has a day and a place.
HELD = frozenset({"buổi", "cuộc", "lớp", "phiên", "hội nghị"})


@dataclass(frozen=True)
class Paper:
    """What the report of one unit and month asks: contents of the plans in force, indicators."""

    unit: Unit
    ward: Unit
    month: dt.date
    items: list[ContentItem]
    indicators: list[Indicator]
    period: Any = None  # the ward's :class:`reports.periods.Period`, where it came with the rest

    @property
    def core(self) -> list[Indicator]:
        return [one for one in self.indicators if one.is_core]

    @property
    def plan_count(self) -> int:
        return len({item.plan_id for item in self.items})

    @property
    def others(self) -> list[Indicator]:
        return [one for one in self.indicators if not one.is_core]

    @property
    def held(self) -> list[Indicator]:
        """What can be told one by one: sums of things that are held, with people or by their name."""
        attended = {one.attendance_of_id for one in self.indicators}
        return [
            one
            for one in self.indicators
            if one.pk in attended
            or (
                one.roll_up == Indicator.RollUp.SUM
                and one.attendance_of_id is None
                and one.unit_of_measure.casefold() in HELD
            )
        ]

    def questions(self) -> list[tuple[str, str]]:
        """Every place at which a report can be returned: key and words."""
        choices = []
        for key, label in QUESTIONS.items():
            choices.append((key, label))
            if key == "counts":
                choices += [
                    (f"counts:{one.code}", f"Số liệu: {one.name}") for one in self.indicators
                ]
        return choices


@dataclass(frozen=True, slots=True)
class Happening:
    """One single happening behind the count of the indicator ``code``."""

    code: str
    held_on: dt.date
    title: str
    place: str = ""
    attendance: int | None = None

    def as_content(self) -> dict[str, Any]:
        return asdict(self) | {"held_on": self.held_on.isoformat()}


@dataclass(frozen=True)
class Answers:
    """What a report says. A count that is missing from ``counts`` or None was not answered.

    ``counts`` holds what was typed beside the single ``happenings``; :meth:`totals` adds
    them up. ``confirmed`` are the codes of odd numbers that were asked about and affirmed.
    """

    contents: tuple[ContentItem, ...] = ()
    counts: Mapping[str, Count | None] = field(default_factory=dict)
    result: str = ""
    difficulties: str = ""
    recommendations: str = ""
    zero_reason: str = ""
    zero_reason_text: str = ""
    happenings: tuple[Happening, ...] = ()
    confirmed: frozenset[str] = frozenset()

    @property
    def is_zero(self) -> bool:
        return bool(self.zero_reason)

    def totals(self, indicators: Iterable[Indicator]) -> dict[str, Count]:
        """The figure of each indicator: its happenings and the typed remainder (MODEL, Activity).

        The attendance of a happening goes to the indicator that counts its people.
        """
        totals = {code: count for code, count in self.counts.items() if count is not None}
        if not self.happenings:
            return totals
        by_pk = {one.pk: one.code for one in indicators}
        people = {by_pk.get(one.attendance_of_id): one.code for one in indicators}
        for happening in self.happenings:
            _add(totals, happening.code, 1)
            if happening.attendance is not None and happening.code in people:
                _add(totals, people[happening.code], happening.attendance)
        return totals

    @property
    def says_something(self) -> bool:
        """Anything but the flag of a zero report: a content, a count above zero, a text."""
        counted = any(count and count.value for count in self.counts.values())
        return bool(
            self.contents
            or counted
            or self.happenings
            or self.result
            or self.difficulties
            or self.recommendations
        )

    @property
    def has_values(self) -> bool:
        return self.says_something or any(count is not None for count in self.counts.values())

    def as_content(self) -> dict[str, Any]:
        """The JSON that a submission keeps; ``titles`` are there to be read years later."""
        return {
            "is_zero": self.is_zero,
            "zero_reason": self.zero_reason,
            "zero_reason_text": self.zero_reason_text,
            "contents": sorted(item.pk for item in self.contents),
            "titles": {str(item.pk): item.short_title for item in self.contents},
            "counts": {
                code: {"value": count.value, "is_approximate": count.is_approximate}
                | ({} if count.of is None else {"of": count.of})
                for code, count in sorted(self.counts.items())
                if count is not None
            },
            "result": self.result,
            "difficulties": self.difficulties,
            "recommendations": self.recommendations,
            "happenings": [one.as_content() for one in self.happenings],
            "confirmed": sorted(self.confirmed),
        }


def whole_box(code: str) -> str:
    """The name of the box for the whole of which the indicator ``code`` is a share."""
    return f"{code}{WHOLE}"


def _add(totals: dict[str, Count], code: str, number: int) -> None:
    known = totals.get(code, Count(0, False))
    totals[code] = Count(known.value + number, known.is_approximate)


def same_content(one: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
    """Do two submissions say the same? Titles of contents may have been reworded meanwhile.

    An empty answer equals one that was not asked for yet when the older was handed in.
    """

    def said(content: Mapping[str, Any]) -> dict[str, Any]:
        return {k: v for k, v in content.items() if k not in ("titles", "typed") and v}

    # What was typed alike is the same, whatever the paper asks on the day it comes again.
    typed = one.get("typed")
    return said(one) == said(other) or (typed is not None and typed == other.get("typed"))


def digest_of(typed: Mapping[str, Any]) -> str:
    """The same for the same typed text."""
    text = json.dumps(typed, ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()


def paper_for(unit: Unit, month: dt.date, *, ward: Unit | None = None) -> Paper:
    """The blank form of ``unit`` for ``month``.

    What nobody in the ward covered lately stands first, then what the unit covered least.
    """
    ward = ward or unit.ward
    covered = dict(
        ReportContent.objects.filter(report__unit=unit, report__month__lt=month)
        .values_list("content_item")
        .annotate(times=RowCount("pk"))
        .order_by()
    )
    items = list(ContentItem.objects.in_force(ward, month).select_related("plan"))
    told = coverage.told_lately(ward, month)
    # Stable: the plan's order among equals.
    items.sort(key=lambda item: (item.pk in told, covered.get(item.pk, 0)))
    return Paper(unit, ward, month, items, list(Indicator.objects.in_force(ward, month)))


def answers_from(content: Mapping[str, Any], paper: Paper) -> Answers:
    """The answers that a submission kept, for comparing; contents that are gone are left out."""
    kept = set(content.get("contents", ()))
    return Answers(
        contents=tuple(item for item in paper.items if item.pk in kept),
        counts={
            code: Count(count["value"], count["is_approximate"], count.get("of"))
            for code, count in content.get("counts", {}).items()
        },
        happenings=tuple(
            Happening(**{**one, "held_on": dt.date.fromisoformat(one["held_on"])})
            for one in content.get("happenings", ())
        ),
        confirmed=frozenset(content.get("confirmed", ())),
        **{
            name: content.get(name, "")
            for name in (
                "result",
                "difficulties",
                "recommendations",
                "zero_reason",
                "zero_reason_text",
            )
        },
    )


def question_label(key: str, indicators: list[Indicator]) -> str:
    """The words for a question key; "counts:leaflets" is named after its indicator."""
    if key.startswith(COUNT_PREFIX):
        code = key.removeprefix(COUNT_PREFIX)
        return next((one.name for one in indicators if one.code == code), QUESTIONS["counts"])
    return QUESTIONS.get(key, "Toàn bộ báo cáo")


def part_of(key: str) -> str | None:
    """The screen on which a question stands; None for the whole report or a zero report."""
    head = key.split(":", maxsplit=1)[0]
    return next((part for part, questions in PARTS.items() if head in questions), None)
