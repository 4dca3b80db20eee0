"""What a leader's decision does to the request and to the document, and what refuses it."""

import datetime as dt
from itertools import product

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils import timezone

from approvals import kinds, requests, workflow
from approvals.models import ApprovalRequest, Status
from approvals.tests.factories import link, office
from core.workflow import StaleError, TransitionRefusedError, perform
from plans.models import NamedUnit, Plan
from plans.models import Status as PlanStatus
from units.models import Membership, Role
from units.tests.factories import WardFactory, member

pytestmark = pytest.mark.django_db
PHONE = "iPhone, Zalo"
LEGAL = {
    ("open", "open"): "open",
    ("approve", "open"): "approved",
    ("return", "open"): "returned",
    ("revoke", "open"): "revoked",
}
ILLEGAL = sorted(set(product(workflow.STEPS, Status.values)) - set(LEGAL))


@pytest.fixture
def place():
    return office()


@pytest.fixture
def asked(place):
    return link(place)[0]


def decide(asked, step=workflow.APPROVE, reason="", **changes):
    words = {"seen_version": asked.version, "reason": reason, "device": PHONE} | changes
    return workflow.decide(asked, step, **words)


def put(asked, status):
    """``asked`` in ``status``, past the workflow."""
    decided = timezone.now() if status in ("approved", "returned") else None
    ApprovalRequest.objects.filter(pk=asked.pk).update(
        status=status, decided_at=decided, answer="x"
    )
    asked.refresh_from_db()


def take(place, asked, name):
    actor = place.officer if name == "revoke" else place.leader
    decided = {"decided_at": timezone.now(), "answer": "x"} if name in ("approve", "return") else {}
    return perform(
        workflow.STEPS[name],
        asked,
        actor=actor,
        seen_version=asked.version,
        reason="Sai ngày",
        **decided,
    )


@pytest.mark.parametrize(("name", "status"), LEGAL)
def test_step_moves_the_request_and_records_it(place, asked, name, status):
    moved = take(place, asked, name)

    assert moved.status == LEGAL[name, status]
    assert list(moved.steps.values_list("name", "from_status", "to_status")) == [
        (name, status, LEGAL[name, status])
    ]


@pytest.mark.parametrize(("name", "status"), ILLEGAL)
def test_step_is_refused_from_any_other_status(place, asked, name, status):
    put(asked, status)

    with pytest.raises(TransitionRefusedError):
        take(place, asked, name)

    asked.refresh_from_db()
    assert (asked.status, asked.steps.count()) == (status, 0)


def test_approval_confirms_the_plan_in_the_leaders_name(place, asked):
    decide(asked)

    plan = Plan.objects.get(pk=place.plan.pk)
    step = plan.steps.get()
    assert (plan.status, step.name, step.actor) == (PlanStatus.CONFIRMED, "approve", place.leader)
    assert step.reason == f"Duyệt qua đường dẫn do {place.officer} gửi; máy: iPhone, Zalo."
    assert requests.stamp_of("plan", plan.pk).startswith(f"Đồng chí {place.leader} đã duyệt lúc ")


def test_return_keeps_the_plan_proposed_with_the_reason(place, asked):
    decide(asked, workflow.RETURN, "Thiếu mốc thời gian.")

    plan = Plan.objects.get(pk=place.plan.pk)
    step = plan.steps.get()
    assert (plan.status, step.name, step.actor) == (PlanStatus.PROPOSED, "send_back", place.leader)
    assert step.reason.startswith("Thiếu mốc thời gian.\nTrả lại qua đường dẫn")
    assert ApprovalRequest.objects.to_tell().get().answer == "Thiếu mốc thời gian."


def test_return_needs_a_reason(place, asked):
    with pytest.raises(TransitionRefusedError, match="Cần ghi lý do"):
        decide(asked, workflow.RETURN, "  ")

    assert Plan.objects.get(pk=place.plan.pk).steps.count() == 0


def test_second_decision_is_refused(asked):
    decide(asked)
    asked.refresh_from_db()

    with pytest.raises(TransitionRefusedError, match="đã duyệt"):
        decide(asked, workflow.RETURN, "Đổi ý")


def test_changed_document_refuses_and_leaves_the_link_open(place, asked):
    Plan.objects.filter(pk=place.plan.pk).update(version=place.plan.version + 1)

    with pytest.raises(TransitionRefusedError, match="đã được sửa sau khi gửi"):
        decide(asked)

    asked.refresh_from_db()
    assert (asked.status, asked.steps.count()) == ("open", 0)


def test_expired_link_refuses(asked):
    with (
        time_machine.travel(asked.expires_at + dt.timedelta(seconds=1), tick=False),
        pytest.raises(TransitionRefusedError, match="đã hết hạn"),
    ):
        decide(asked)


def test_stale_page_refuses(asked):
    with pytest.raises(StaleError):
        decide(asked, seen_version=asked.version + 1)


@pytest.mark.parametrize("change", [{"ends_on": dt.date(2026, 1, 1)}, {"role": Role.EDITOR}])
def test_who_is_no_leader_today_decides_nothing(place, asked, change):
    Membership.objects.filter(user=place.leader).update(**change)

    with pytest.raises(PermissionDenied):
        decide(asked)


def test_locked_account_decides_nothing(place, asked):
    place.leader.is_active = False
    place.leader.save(update_fields=["is_active"])

    with pytest.raises(PermissionDenied):
        decide(asked)


def test_link_of_one_leader_is_dead_when_another_decided(place, asked):
    other = link(place, leader=member(Role.LEADER, place.ward))[0]
    decide(other)

    with pytest.raises(TransitionRefusedError, match="đã được sửa sau khi gửi"):
        decide(asked)


# -- Making -------------------------------------------------------------------


def make(place, **changes):
    words = {
        "leader": place.leader,
        "actor": place.officer,
        "seen_version": place.plan.version,
    } | changes
    return requests.make(kinds.get("plan"), place.plan, **words)


def test_token_and_pin_are_kept_as_hashes_alone(place):
    made, token, pin = make(place)

    row = ApprovalRequest.objects.filter(pk=made.pk).values().get()
    assert (len(token), len(pin)) == (32, 6)
    assert not [value for value in row.values() if token in str(value) or str(value) == pin]
    assert requests.find(token) == made
    assert made.expires_at - made.made_at == dt.timedelta(hours=72)


def test_new_link_revokes_the_older_one_of_the_same_leader(place, asked):
    made, _, _ = make(place)

    asked.refresh_from_db()
    assert (asked.status, made.status) == ("revoked", "open")


def test_database_refuses_two_open_links_for_one_leader(place, asked):
    row = {**ApprovalRequest.objects.filter(pk=asked.pk).values().get(), "token_hash": "x"}
    del row["id"]

    with (
        pytest.raises(IntegrityError, match=r"approvalrequest_open_once_for_a_leader|UNIQUE"),
        transaction.atomic(),
    ):
        ApprovalRequest.objects.create(**row)


@pytest.mark.parametrize(
    ("values", "name"),
    [
        ({"status": "nonsense"}, "status_is_known"),
        ({"status": "approved"}, "decided_has_a_time"),
        ({"decided_at": timezone.now()}, "decided_has_a_time"),
        ({"status": "returned", "decided_at": timezone.now()}, "returned_has_a_reason"),
        (
            {"expires_at": dt.datetime(2020, 1, 1, tzinfo=dt.UTC)},
            "expires_after_it_was_made",
        ),
    ],
)
def test_database_refuses(asked, values, name):
    with pytest.raises(IntegrityError, match=f"approvalrequest_{name}"), transaction.atomic():
        ApprovalRequest.objects.filter(pk=asked.pk).update(**values)


def test_confirmed_plan_cannot_be_asked_for(place):
    Plan.objects.filter(pk=place.plan.pk).update(status=PlanStatus.CONFIRMED)

    with pytest.raises(TransitionRefusedError, match="không trình duyệt được nữa"):
        make(place)


def test_plan_without_a_first_day_cannot_be_asked_for(place):
    Plan.objects.filter(pk=place.plan.pk).update(valid_from=None, valid_to=None)

    with pytest.raises(TransitionRefusedError, match="chưa có ngày bắt đầu hiệu lực"):
        make(place)


def test_plan_with_a_new_unit_cannot_be_asked_for(place):
    NamedUnit.objects.create(
        plan=place.plan,
        position=1,
        printed_name="Chi bộ lạ",
        choice=NamedUnit.Choice.NEW_UNIT,
        new_name="Chi bộ lạ",
        new_kind="school_cell",
    )

    with pytest.raises(TransitionRefusedError, match="nêu đơn vị chưa có"):
        make(place)


def test_leader_of_another_ward_cannot_be_asked(place):
    with pytest.raises(TransitionRefusedError, match="không còn là lãnh đạo"):
        make(place, leader=member(Role.LEADER, WardFactory()))


def test_version_that_was_not_seen_is_told(place):
    with pytest.raises(StaleError):
        make(place, seen_version=place.plan.version + 1)


@pytest.mark.parametrize("role", [Role.LEADER, Role.AUDITOR, Role.SECRETARY, Role.EDITOR])
def test_others_make_no_links(place, role):
    with pytest.raises(PermissionDenied):
        make(place, actor=member(role, place.ward))
