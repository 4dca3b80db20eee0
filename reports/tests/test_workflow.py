import uuid
from itertools import product

import pytest
from django.core.exceptions import PermissionDenied

from core.models import OutboxMessage
from core.workflow import StaleError, TransitionRefusedError, perform
from reports import workflow
from reports.models import Status
from reports.tests.factories import (
    MONTH,
    ON_TIME,
    answers,
    hand_in,
    report_in,
)
from reports.workflow import ACCEPT, RETURN, STEPS
from units.models import Role
from units.tests.factories import MembershipFactory, member

LEGAL = {
    ("submit", "draft"): "submitted",
    ("submit", "returned"): "submitted",
    ("amend", "submitted"): "submitted",
    ("file", "draft"): "submitted",
    ("file", "returned"): "submitted",
    ("return", "submitted"): "returned",
    ("accept", "submitted"): "accepted",
    ("reopen", "accepted"): "returned",
}
ILLEGAL = sorted(set(product(STEPS, Status.values)) - set(LEGAL))
SENDER = {"submit", "amend"}
SENDS = SENDER | {"file"}
KEY = uuid.UUID(int=1)


def _take(name, report, actors, **changes):
    return perform(
        STEPS[name],
        report,
        actor=actors["reporter" if name in SENDER else "reviewer"],
        seen_version=report.version,
        reason="Sai số liệu",
        **changes,
    )


@pytest.fixture
def actors(reporter, reviewer):
    return {"reporter": reporter, "reviewer": reviewer}


def _sent(actor):
    return {
        "first_submitted_at": ON_TIME,
        "due_on": MONTH,
        "submitted_at": ON_TIME,
        "submitted_by": actor,
        "returned_question": "",
    }


@pytest.mark.parametrize(
    ("name", "status", "target"), [(*key, target) for key, target in LEGAL.items()]
)
def test_step_moves_the_report_and_records_it(unit, actors, name, status, target):
    report = report_in(status, unit, actors["reviewer"])
    changes = _sent(actors["reporter"]) if name in SENDS else {}

    moved = _take(name, report, actors, **changes)

    last = moved.steps.last()
    assert (moved.status, moved.version) == (target, report.version + 1)
    assert (last.name, last.from_status, last.to_status, last.reason) == (
        name,
        status,
        target,
        "Sai số liệu",
    )


@pytest.mark.parametrize(("name", "status"), ILLEGAL)
def test_step_is_refused_from_any_other_status(unit, actors, name, status):
    report = report_in(status, unit, actors["reviewer"])
    before = report.steps.count()

    with pytest.raises(TransitionRefusedError):
        _take(name, report, actors)

    report.refresh_from_db()
    assert (report.status, report.steps.count()) == (status, before)


def test_nobody_reviews_what_they_handed_in(ward, unit, sessions, reporter):
    MembershipFactory(user=reporter, unit=ward, role=Role.OFFICE)
    report = hand_in(unit, actor=reporter)

    with pytest.raises(PermissionDenied):
        workflow.review(ACCEPT, report, actor=reporter, seen_version=report.version)


def test_review_comes_from_strictly_above(unit, sessions):
    beside = member(Role.OFFICE, unit)
    report = hand_in(unit)

    with pytest.raises(PermissionDenied):
        workflow.review(ACCEPT, report, actor=beside, seen_version=report.version)


def test_return_names_the_question_and_tells_the_secretary(unit, sessions, reporter, reviewer):
    reporter.email = "bithu@example.vn"
    reporter.save()
    report = hand_in(unit)

    report = workflow.review(
        RETURN,
        report,
        actor=reviewer,
        seen_version=report.version,
        reason="Thiếu số buổi",
        question="counts:sessions",
    )

    message = OutboxMessage.objects.get()
    assert report.returned_question == "counts:sessions"
    assert message.recipient == "bithu@example.vn"
    assert "Thiếu số buổi" in message.body


def test_return_without_an_address_still_returns(unit, sessions, reviewer):
    report = report_in(Status.RETURNED, unit, reviewer)

    assert (report.status, OutboxMessage.objects.count()) == ("returned", 0)


def test_return_needs_a_reason(unit, sessions, reviewer):
    report = hand_in(unit)

    with pytest.raises(TransitionRefusedError, match="Cần ghi lý do"):
        workflow.review(RETURN, report, actor=reviewer, seen_version=report.version, reason="  ")


def test_review_of_an_older_version_is_stale(unit, sessions, reviewer):
    report = hand_in(unit)
    seen = report.version
    hand_in(unit, answers(result="Sửa."))

    with pytest.raises(StaleError) as stale:
        workflow.review(ACCEPT, report, actor=reviewer, seen_version=seen)

    assert stale.value.fresh.result == "Sửa."
