"""The usual report read without the forms: what they would answer, at a tenth of their time.

Four forms with some twenty fields cost 3 ms of CPU to build, bind and clean; the fields alone,
made once, 0.3 ms. Whatever is not plainly right, and the rarer parts, is left to the forms.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.core.exceptions import ValidationError
from django.db import DEFAULT_DB_ALIAS
from django.db.models import F, Value

from core.statements import Question, Row
from core.text import Count
from plans.models import ContentItem
from reports.answers import Answers, Paper
from reports.forms import DifficultiesForm, ResultForm
from reports.forms.counts import FigureField
from reports.models import Indicator
from units.models import Unit

COUNTED, COVERED = 0, 1
PLAIN_PARTS = frozenset({"contents", "counts", "result", "difficulties"})
_FIGURE = FigureField(required=False)
_RESULT = ResultForm.base_fields["result"]
_DIFFICULTIES = DifficultiesForm.base_fields["difficulties"]
_RECOMMENDATIONS = DifficultiesForm.base_fields["recommendations"]


@dataclass(frozen=True)
class Sheet:
    """What a ward asks in a month, as far as the hand-in needs it. Shared: nobody changes it."""

    indicators: list[Indicator]
    items: dict[str, ContentItem]

    def paper(self, unit: Unit, ward: Unit, month: dt.date) -> Paper:
        return Paper(unit, ward, month, list(self.items.values()), self.indicators)


def sheet_for(ward: Unit, month: dt.date) -> Sheet:
    """Read anew each time, in one statement; made into objects once for the same rows."""
    return _sheet(tuple(_question(ward.pk, month).ask()))


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
    return {
        one.code: _FIGURE.clean(text) if (text := typed.get(one.code)) else None
        for one in sheet.indicators
    }


def _difficulties(typed: Mapping[str, Any]) -> dict[str, str]:
    return {
        "difficulties": _DIFFICULTIES.clean(typed.get("difficulties")),
        "recommendations": _RECOMMENDATIONS.clean(typed.get("recommendations")),
    }


@lru_cache(maxsize=1000)
def _question(ward_pk: int, month: dt.date) -> Question:
    """Indicators and contents in one statement: kind, key, code or title, two numbers."""

    def both() -> Any:
        indicators = Indicator.objects.in_force(ward_pk, month).values_list(
            Value(COUNTED), "pk", "code", "attendance_of_id", F("position")
        )
        items = ContentItem.objects.in_force(ward_pk, month).values_list(
            Value(COVERED), "pk", "short_title", "plan_id", "position"
        )
        return indicators.order_by().union(items.order_by(), all=True)

    return Question(both)


@lru_cache(maxsize=64)
def _sheet(rows: tuple[Row, ...]) -> Sheet:
    asked = ["id", "code", "attendance_of_id"]
    covered = ["id", "short_title", "plan_id", "position"]
    return Sheet(
        indicators=[
            Indicator.from_db(DEFAULT_DB_ALIAS, asked, row[1:4])
            for row in sorted(rows, key=lambda row: row[1])
            if row[0] == COUNTED
        ],
        items={
            str(row[1]): ContentItem.from_db(DEFAULT_DB_ALIAS, covered, row[1:])
            for row in rows
            if row[0] == COVERED
        },
    )
