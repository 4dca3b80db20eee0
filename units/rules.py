"""Who may act on what, where a rule needs more than the permission table."""

from typing import Any

from units.models import Membership, Role, Unit


def is_secretary_of(user: Any, unit: Unit) -> bool:
    return Membership.objects.active().filter(user=user, role=Role.SECRETARY, unit=unit).exists()


def reviews(user: Any, unit: Unit) -> bool:
    """A reviewer answers for the units below the own one."""
    return user.has_perm("reports.review_monthlyreport", unit)
