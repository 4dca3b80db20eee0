"""What the names of units in a plan mean in the tree, and what is preselected for a person."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

from django.utils import timezone

from core.text import fold
from plans.models import NamedUnit, Plan, PlanNode
from plans.reader.tail import TITLE
from units.matching import UnitMatch, find_unit
from units.models import Unit

SURE, LIKELY = 95, 85
PERSON = re.compile(r"^(?:các )?(?:đồng chí|đ/c|ông|bà)\b", re.I)
MANY = re.compile(r"^(?:các|từng|mỗi|toàn thể)\b", re.I)
Choice = NamedUnit.Choice


def day_or_none(text: str | None) -> dt.date | None:
    """The day of an ISO text; None for none, and for 31 February, as printed."""
    try:
        return dt.date.fromisoformat(text) if text else None
    except ValueError:
        return None


def document_day(plan: Plan) -> dt.date:
    """The day whose names of units the plan uses."""
    if plan.issued_on:
        return plan.issued_on
    return dt.date(plan.year, 1, 1) if plan.year else timezone.localdate()


class NamedUnits:
    """The units that a plan names, each matched to the tree once.

    ``new`` are those that :meth:`get` has added.
    """

    def __init__(self, plan: Plan, nodes: dict[int, PlanNode]) -> None:
        self._plan, self._nodes = plan, nodes
        self._found = {row.printed_name: row for row in plan.named_units.all()}
        self.new: list[NamedUnit] = []

    def get(self, printed: str, paragraph: int | None = None) -> NamedUnit:
        printed = printed[:300]
        if printed not in self._found:
            matches = find_unit(self._plan.owner, printed, document_day(self._plan))
            row = NamedUnit(
                plan=self._plan,
                node=self._nodes.get(paragraph) if paragraph is not None else None,
                position=max((row.position for row in self._found.values()), default=0) + 1,
                printed_name=printed,
                **_choice(printed, matches),
            )
            row.save(force_insert=True)
            self._found[printed] = row
            self.new.append(row)
        return self._found[printed]


def _choice(printed: str, matches: list[UnitMatch]) -> dict[str, Any]:
    """What is preselected on the review page for a name."""
    best = matches[0] if matches else None
    if best is not None and best.score >= LIKELY:
        kind = Choice.UNIT if best.unit else Choice.GROUP
        return {"choice": kind, "unit": best.unit, "group": best.group, "score": best.score}
    if is_person(printed):
        return {"choice": Choice.NONE}
    name = printed[:1].upper() + printed[1:200]
    if MANY.match(printed):
        return {"choice": Choice.NEW_GROUP, "new_name": name}
    return {"choice": Choice.NEW_UNIT, "new_name": name, "new_kind": guess_kind(printed)}


def recipient_target(plan: Plan, text: str) -> dict[str, Any]:
    """The unit or the group that a line of “Nơi nhận” surely means."""
    bare = re.sub(r"\s*\([^)]*\)", "", text)
    matches = find_unit(plan.owner, bare, document_day(plan))
    best = matches[0] if matches and matches[0].score >= SURE else None
    return {"unit": best.unit if best else None, "group": best.group if best else None}


def is_person(printed: str) -> bool:
    return bool(PERSON.match(printed) or TITLE.match(printed))


def guess_kind(name: str) -> str:
    """The kind that a unit called ``name`` most likely is."""
    key = fold(name)
    for pattern, kind in (
        (r"^chi bo .*(truong|mam non)", Unit.Kind.SCHOOL_CELL),
        (r"^chi bo .*(cong an|quan su)", Unit.Kind.FORCES_CELL),
        (r"^chi bo .*(to dan pho|khu)", Unit.Kind.RESIDENTIAL_CELL),
        (r"^chi bo", Unit.Kind.AGENCY_CELL),
        (r"^to dan pho", Unit.Kind.RESIDENTIAL_GROUP),
        (r"mat tran|mttq|^(hoi|doan|cong doan)\b", Unit.Kind.FRONT),
        (r"ubnd|uy ban nhan dan|^phong\b|^cong an|^tram", Unit.Kind.GOVERNMENT),
        (r"dang|tuyen giao|khoi van|^van phong", Unit.Kind.COMMITTEE),
    ):
        if re.search(pattern, key):
            return kind
    return Unit.Kind.OTHER
