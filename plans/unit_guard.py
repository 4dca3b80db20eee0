"""What plans have to say before units merge, split or close (:mod:`units.changes`).

A plan says whom it named: its assignments stay as the document has them. Which unit goes on after
the one that was named is told by ``UnitSuccession``.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from core.text import first_of_month
from plans.models import Assignment, Plan
from units.changes import Change, Finding


def look(change: Change, today: dt.date) -> Iterator[Finding]:
    """One warning where tasks of plans in force name a unit that ends; one query."""
    if not change.closing:
        return
    plans = Plan.objects.in_force(first_of_month(change.on)).filter(owner=change.ward)
    named = Assignment.objects.filter(unit__in=change.closing, task__plan__in=plans)
    count = named.values("task").distinct().count()
    if count:
        yield Finding(
            f"{count} nhiệm vụ của kế hoạch đang có hiệu lực giao đích danh đơn vị thôi hoạt động; "
            "kế hoạch giữ nguyên chữ, đồng chí giao lại nếu cần."
        )
