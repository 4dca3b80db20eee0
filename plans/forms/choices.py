"""What a unit's name may be, and how a field's value reads."""

from __future__ import annotations

from typing import Any

from django import forms

from plans.models import NamedUnit, Plan
from units.models import Unit, UnitGroup

Choice = NamedUnit.Choice


def shown(bound: Any) -> str:
    """A field's value as the page shows it."""
    value = bound.value()
    if isinstance(bound.field, forms.BooleanField):
        return "có" if value else "không"
    if isinstance(bound.field, forms.ChoiceField):
        return choice_label(bound.field.choices, str(value or ""))
    return " ".join(str(bound.field.prepare_value(value) or "").split())


def choice_label(choices: Any, value: str) -> str:
    for key, label in choices:
        if isinstance(label, (list, tuple)):
            found = choice_label(label, value)
            if found:
                return found
        elif str(key) == value:
            return str(label)
    return ""


def unit_choices(plan: Plan, *, may_open_units: bool) -> list[Any]:
    """Units and groups of the ward, and what else a name may be. Two queries a plan."""
    units = Unit.objects.under(plan.owner).filter(closed_on__isnull=True).exclude(depth=1)
    others = [(Choice.NONE.value, Choice.NONE.label.capitalize())]
    if may_open_units:
        others = [
            (Choice.NEW_UNIT.value, "Tạo đơn vị mới"),
            (Choice.NEW_GROUP.value, "Tạo nhóm đơn vị mới"),
            *others,
        ]
    groups = UnitGroup.objects.filter(owner=plan.owner)
    return [
        *others,
        ("Nhóm đơn vị", [(f"group:{group.pk}", group.name) for group in groups]),
        ("Đơn vị", [(f"unit:{unit.pk}", unit.name) for unit in units.in_order()]),
    ]
