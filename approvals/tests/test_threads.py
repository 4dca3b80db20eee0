"""Two decisions at the same moment, with real threads. SQLite has one writer."""

from functools import partial

import pytest
from django.db import connection

from approvals import workflow
from approvals.models import ApprovalRequest
from approvals.tests.factories import link, office
from core.tests.together import together
from core.workflow import TransitionRefusedError
from plans.models import PlanStep
from units.models import Role
from units.tests.factories import member

pytestmark = [
    pytest.mark.threads,
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor != "postgresql", reason="row locks need PostgreSQL"),
]


def test_two_approvals_of_one_link_are_one():
    asked, _ = link(office())
    approve = partial(
        workflow.decide, asked, workflow.APPROVE, seen_version=asked.version, reason=""
    )

    outcomes = together(*(partial(approve, device=str(number)) for number in range(4)))

    refused = [one for one in outcomes if isinstance(one, TransitionRefusedError)]
    assert (len(refused), PlanStep.objects.count()) == (3, 1)
    asked.refresh_from_db()
    assert (asked.status, asked.steps.count()) == ("approved", 1)


def test_two_leaders_with_two_links_decide_once():
    place = office()
    asked = [link(place)[0], link(place, leader=member(Role.LEADER, place.ward))[0]]
    steps = [(workflow.APPROVE, ""), (workflow.RETURN, "Sai ngày")]

    def decide(number):
        step, reason = steps[number]
        return workflow.decide(
            asked[number], step, seen_version=asked[number].version, reason=reason, device="x"
        )

    outcomes = together(*(partial(decide, number) for number in range(2)))

    refused = [one for one in outcomes if isinstance(one, TransitionRefusedError)]
    assert (len(refused), PlanStep.objects.count()) == (1, 1)
    assert ApprovalRequest.objects.filter(status="open").count() == 1
