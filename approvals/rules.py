"""Who may ask, who may decide."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db.models import QuerySet

from accounts.models import User
from approvals import kinds
from approvals.models import ApprovalRequest
from units.models import Membership, Role, Unit

ADD = "approvals.add_approvalrequest"


def leaders_of(ward: Unit, on: dt.date | None = None) -> QuerySet[User]:
    """Whom a link can be made for: the ward's leaders of today who may sign in."""
    held = Membership.objects.active(on).filter(unit=ward, role=Role.LEADER)
    people = User.objects.filter(pk__in=held.values("user"), is_active=True)
    return people.order_by("full_name", "pk")


def may_ask(user: Any, kind: kinds.Kind, row: Any) -> bool:
    return user.has_perm(ADD, row.scope_unit) and user.has_perm(kind.asks, row)


def is_the_leader(user: Any, request: ApprovalRequest) -> bool:
    """The one whom the link was made for, and a leader of that ward today."""
    return user.pk == request.leader_id and leaders_of(request.owner).filter(pk=user.pk).exists()


def may_revoke(user: Any, request: ApprovalRequest) -> bool:
    return user.has_perm(ADD, request)
