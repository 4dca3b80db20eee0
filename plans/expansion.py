"""To which units a group of the ward expands on a day: those that owe reports then."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from plans.models import Plan
from units.models import Unit, UnitGroup


def duty_day(plan: Plan, today: dt.date) -> dt.date:
    """The day of which a group of ``plan`` is told: today, or its first day when that is ahead."""
    return max(plan.valid_from or today, today)


def expand(ward: Unit, groups: Iterable[UnitGroup], day: dt.date) -> dict[int, list[str]]:
    """Group's key -> names of its units that owe a report in the month of ``day``.

    Two queries however many groups.
    """
    owing = Unit.objects.under(ward).open_on(day).owing(day.replace(day=1)).in_order()
    units = [(unit.pk, unit.kind, unit.name) for unit in owing]
    members = UnitGroup.members.through.objects.filter(unitgroup__owner=ward)
    chosen = set(members.values_list("unitgroup_id", "unit_id"))
    return {
        group.pk: [
            name for pk, kind, name in units if kind in group.kinds or (group.pk, pk) in chosen
        ]
        for group in groups
    }
