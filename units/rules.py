"""Who may act on what, where a rule needs more than the permission table."""

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.db.models import Q

from units.models import Membership, Role, Unit
from units.permissions import scope_q


def is_secretary_of(user: Any, unit: Unit) -> bool:
    return Membership.objects.active().filter(user=user, role=Role.SECRETARY, unit=unit).exists()


def reviews(user: Any, unit: Unit) -> bool:
    """A reviewer answers for the units below the own one."""
    return user.has_perm("reports.review_monthlyreport", unit)


def kept_from(user: Any, people: Iterable[int], today: dt.date) -> set[int]:
    """The accounts among ``people`` whose telephone ``user`` may not change; one query.

    It is a name to sign in with. Who keeps the accounts of a ward changes those of its people;
    the others only those of secretaries that they look after, who are nothing else besides.
    """
    accounts = scope_q(user, "accounts.change_user", prefix="unit__")
    looked_after = Q(role=Role.SECRETARY) & scope_q(user, "accounts.view_user", prefix="unit__")
    held = Membership.objects.filter(Q(ends_on__isnull=True) | Q(ends_on__gt=today))
    beyond = held.filter(user__in=people).exclude(accounts | looked_after)
    return set(beyond.values_list("user", flat=True))
