"""A ward with a leader, an officer and a proposed plan; links with a declared PIN."""

from dataclasses import dataclass
from typing import Any

from django.contrib.auth.hashers import make_password

from approvals import kinds, requests
from approvals.models import ApprovalRequest
from plans.models import Plan, Status
from plans.tests.factories import PlanFactory
from units.models import Role, Unit
from units.tests.factories import PIN, WardFactory, member


@dataclass
class Office:
    ward: Unit
    officer: Any
    leader: Any
    plan: Plan


def office(ward=None):
    ward = ward or WardFactory()
    return Office(
        ward,
        member(Role.OFFICE, ward),
        member(Role.LEADER, ward),
        PlanFactory(owner=ward, status=Status.PROPOSED),
    )


def link(place, *, leader=None, plan=None, **changes):
    """The request with its token; opened by ``units.tests.factories.PIN``."""
    plan = plan or place.plan
    made, token, _ = requests.make(
        kinds.get("plan"),
        plan,
        leader=leader or place.leader,
        actor=place.officer,
        seen_version=plan.version,
    )
    ApprovalRequest.objects.filter(pk=made.pk).update(pin=make_password(PIN), **changes)
    made.refresh_from_db()
    return made, token
