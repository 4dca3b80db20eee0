"""Two people at the same moment, with real threads. SQLite has one writer and no row locks."""

import uuid

import pytest
from django.db import connection

from core.tests.together import together
from core.workflow import TransitionRefusedError
from reports import workflow
from reports.models import MonthlyReport, Status, Submission
from reports.tests.factories import (
    ON_TIME,
    IndicatorFactory,
    answers,
    blank,
    hand_in,
    owing_unit,
    secretary,
)
from units.models import Role
from units.tests.factories import WardFactory, member

pytestmark = [
    pytest.mark.threads,
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor != "postgresql", reason="row locks need PostgreSQL"),
]


@pytest.fixture
def owing():
    ward = WardFactory(name="Phường Tân An")
    IndicatorFactory(owner=ward)
    return owing_unit(ward)


@pytest.mark.parametrize("other", [workflow.ACCEPT, workflow.RETURN])
def test_two_reviewers_leave_one_decision(owing, other):
    report = hand_in(owing)
    reviewers = [member(Role.PROPAGANDA, report.ward) for _ in range(2)]

    outcomes = together(
        *(
            lambda step=step, actor=actor: workflow.review(
                step, report, actor=actor, seen_version=report.version, reason="Thiếu"
            )
            for step, actor in zip((workflow.ACCEPT, other), reviewers, strict=True)
        )
    )

    refused = [one for one in outcomes if isinstance(one, TransitionRefusedError)]
    assert len(refused) == 1
    assert report.steps.count() == 2


@pytest.mark.parametrize("keys", [(1, 1), (1, 2)])
def test_two_phones_leave_one_report_and_one_receipt(owing, keys):
    paper, actor = blank(owing), secretary(owing)

    def send(number):
        return workflow.hand_in(
            workflow.report_for(paper),
            answers(),
            paper,
            key=uuid.UUID(int=number),
            actor=actor,
            seen_version=1,
            now=ON_TIME,
        )

    together(*(lambda number=number: send(number) for number in keys))

    assert Submission.objects.count() == 1
    assert MonthlyReport.objects.get().status == Status.SUBMITTED
