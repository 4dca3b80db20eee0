"""The usual report read without the forms: what they would answer, at a tenth of their time.

Four forms with some twenty fields cost 3 ms of CPU to build, bind and clean; the fields alone,
made once, 0.3 ms. Whatever is not plainly right, and the rarer parts, is left to the forms.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.core.exceptions import ValidationError
from django.db import DEFAULT_DB_ALIAS
from django.db.models import Case, Subquery, Value, When

from core.statements import Question, Row
from core.text import Count
from plans.models import ContentItem
from reports.answers import Answers, Paper, whole_box
from reports.days_off import DaysOff, own_from, own_rows
from reports.forms import DifficultiesForm, ResultForm
from reports.forms.counts import FigureField
from reports.models import Indicator
from reports.periods import Period, dates_of, days_from, days_rows
from units.models import Unit

COUNTED, COVERED, RULE, WARD, OFF = range(5)
PLAIN_PARTS = frozenset({"contents", "counts", "result", "difficulties"})
FEW_DIGITS = 6  # less than the greatest number that is taken
_DIGITS = re.compile("[1-9][0-9]*|0")
_IS_SHARE = Case(When(roll_up=Indicator.RollUp.SHARE, then=Value(1)), default=Value(0))
_FIGURE = FigureField(required=False)
_RESULT = ResultForm.base_fields["result"]
_DIFFICULTIES = DifficultiesForm.base_fields["difficulties"]
_RECOMMENDATIONS = DifficultiesForm.base_fields["recommendations"]


@dataclass(frozen=True)
class Sheet:
    """What a ward asks in a month, as far as the hand-in needs it. Shared: nobody changes it."""

    ward: Unit
    period: Period
    indicators: list[Indicator]
    shares: frozenset[str]  # codes of the indicators with two boxes
    items: dict[str, ContentItem]

    def paper(self, unit: Unit) -> Paper:
        items = list(self.items.values())
        return Paper(unit, self.ward, self.period.month, items, self.indicators, self.period)


def sheet_for(unit: Unit, month: dt.date) -> Sheet:
    """Read anew each time, in one statement; made into objects once for the same rows."""
    return _sheet(month, tuple(_question(unit.ward_path, month).ask()))


def plain_answers(content: Mapping[str, Mapping[str, Any]], sheet: Sheet) -> Answers | None:
    """What ``content`` says, or None where the forms have to look.

    ``content`` has the shape of a draft, see :func:`reports.letters.read_letter`.
    """
    if any(typed for part, typed in content.items() if part not in PLAIN_PARTS):
        return None
    try:
        return Answers(
            contents=_chosen(content.get("contents", {}).get("items", []), sheet),
            counts=_counts(content.get("counts", {}), sheet),
            result=_RESULT.clean(content.get("result", {}).get("result")),
            **_difficulties(content.get("difficulties", {})),
        )
    except ValidationError:
        return None


def _chosen(ticked: Any, sheet: Sheet) -> tuple[ContentItem, ...]:
    if not isinstance(ticked, list) or not all(one in sheet.items for one in ticked):
        raise ValidationError("no such content")
    found = (sheet.items[one] for one in set(ticked))
    return tuple(sorted(found, key=lambda item: (item.plan_id, item.position)))


def _counts(typed: Mapping[str, Any], sheet: Sheet) -> dict[str, Count | None]:
    if any(typed.get(code) or typed.get(whole_box(code)) for code in sheet.shares):
        raise ValidationError("two boxes that must fit")
    return {
        one.code: _figure(text) if (text := typed.get(one.code)) else None
        for one in sheet.indicators
    }


def _figure(text: Any) -> Count | None:
    """Most numbers are a few plain digits."""
    if text.__class__ is str and len(text) <= FEW_DIGITS and _DIGITS.fullmatch(text):
        return Count(int(text), False)
    return _FIGURE.clean(text)


def _difficulties(typed: Mapping[str, Any]) -> dict[str, str]:
    return {
        "difficulties": _DIFFICULTIES.clean(typed.get("difficulties")),
        "recommendations": _RECOMMENDATIONS.clean(typed.get("recommendations")),
    }


@lru_cache(maxsize=1000)
def _question(ward_path: str, month: dt.date) -> Question:
    """All in one statement: what it is, its key, a text, two numbers."""
    wards = Unit.objects.filter(path=ward_path).order_by()
    ward = Subquery(wards.values("pk"))

    def everything() -> Any:
        indicators = Indicator.objects.in_force(ward, month).values_list(
            Value(COUNTED), "pk", "code", "attendance_of_id", _IS_SHARE
        )
        items = ContentItem.objects.in_force(ward, month).values_list(
            Value(COVERED), "pk", "short_title", "plan_id", "position"
        )
        rules = days_rows(ward, month).values_list(Value(RULE), "pk", "days", Value(0), Value(0))
        named = wards.values_list(Value(WARD), "pk", "name", Value(0), Value(0))
        off = own_rows(ward, month).values_list(Value(OFF), "pk", "text", Value(0), Value(0))
        others = (items.order_by(), rules.order_by(), named, off.order_by())
        return indicators.order_by().union(*others, all=True)

    return Question(everything)


@lru_cache(maxsize=64)
def _sheet(month: dt.date, rows: tuple[Row, ...]) -> Sheet:
    found: dict[int, list[Row]] = {COUNTED: [], COVERED: [], RULE: [], WARD: [], OFF: []}
    for kind, *row in sorted(rows):
        found[kind].append(tuple(row))
    days = days_from([text for _, text, *_ in found[RULE]])
    off = DaysOff(own_from(text for _, text, *_ in found[OFF]))
    return Sheet(
        ward=_partial(Unit, ["id", "name"], found[WARD][0]),
        period=dates_of(days, month, off),
        indicators=[
            _partial(Indicator, ["id", "code", "attendance_of_id"], row) for row in found[COUNTED]
        ],
        shares=frozenset(row[1] for row in found[COUNTED] if row[3]),
        items={
            str(row[0]): _partial(ContentItem, ["id", "short_title", "plan_id", "position"], row)
            for row in found[COVERED]
        },
    )


def _partial(model: Any, names: list[str], row: Row) -> Any:
    """An object that knows no more than ``names``; it would ask for the rest."""
    values = dict(zip(names, row, strict=False))
    ordered = [field.attname for field in model._meta.concrete_fields if field.attname in values]
    return model.from_db(DEFAULT_DB_ALIAS, ordered, [values[name] for name in ordered])
