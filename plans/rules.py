"""Who may act on plans, where the permission table alone does not say it."""

from typing import Any

from plans.models import Plan


def may_change(user: Any, plan: Plan) -> bool:
    return user.has_perm("plans.change_plan", plan)


def may_approve(user: Any, plan: Plan) -> bool:
    """A leader: by the link that was made for them (:mod:`approvals`)."""
    return user.has_perm("plans.approve_plan", plan)


def may_open_units(user: Any, plan: Plan) -> bool:
    """A plan may name a unit that the tree lacks; making it is the right of those who keep units."""
    return user.has_perm("units.add_unit", plan.owner)
