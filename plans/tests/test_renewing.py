"""A plan copied to the next year."""

import datetime as dt

import pytest

from core.workflow import TransitionRefusedError
from plans import register, renewing, review
from plans.models import LegalInstrument, Plan, Status, Task
from plans.tests.factories import PlanFactory, proposal
from plans.tests.test_office import url
from units.models import Role
from units.tests.factories import WardFactory, member

pytestmark = pytest.mark.django_db
TODAY = dt.date(2026, 11, 20)


@pytest.fixture
def office(client, media):
    user = member(Role.OFFICE, WardFactory())
    client.force_login(user)
    return user


@pytest.fixture
def plan(office):
    ward = office.memberships.get().unit
    made = proposal("62-KH-DU.txt", ward=ward)
    return review.confirm(made, review.Edits(), actor=office, seen_version=1)


@pytest.mark.parametrize(
    ("text", "moved"),
    [
        ("năm 2026", "năm 2027"),
        ("trước ngày 30/11/2026", "trước ngày 30/11/2027"),
        ("giai đoạn 2025-2030", "giai đoạn 2025-2030"),
        ("Kế hoạch số 12-KH/TU ngày 03/02/2026", "Kế hoạch số 12-KH/TU ngày 03/02/2026"),
        ("theo Nghị quyết 5/2026/NQ-HĐND, năm 2026", "theo Nghị quyết 5/2026/NQ-HĐND, năm 2027"),
        ("12026 và 20260", "12026 và 20260"),
    ],
)
def test_the_year_moves_and_citations_stay(text, moved):
    assert renewing.Mover(2026, 2027).text(text) == moved


@pytest.mark.parametrize(
    ("code", "moved"),
    [
        ("2026-11-30", "2027-11-30"),
        ("2026-Q4", "2027-Q4"),
        ("2026-03", "2027-03"),
        ("2026-03-08/2026-03-26", "2027-03-08/2027-03-26"),
        ("2028-02-29", "2029-02-28"),
        ("monthly:20", "monthly:20"),
        ("yearly:11-15", "yearly:11-15"),
    ],
)
def test_deadlines_move_by_a_year(code, moved):
    assert renewing.Mover(2026, 2027).code(code) == moved


def test_the_copy_is_a_proposal_with_all_that_is_unfinished(plan, office):
    done = plan.tasks.first()
    Task.objects.filter(pk=done.pk).update(state="done", evidence="Báo cáo số 5")
    before = [m.objects.filter(plan=plan).count() for m in (Task, type(plan.content_items.first()))]

    copy = renewing.renew(plan, user=office, today=TODAY)

    assert (copy.status, copy.code, copy.issued_on, copy.year, copy.copied_from) == (
        Status.PROPOSED, "", None, plan.year + 1, plan,
    )  # fmt: skip
    assert str(plan.year + 1) in copy.subject
    assert (copy.valid_from, copy.valid_to) == (
        dt.date(copy.year, 1, 1), dt.date(copy.year + 1, 1, 1),
    )  # fmt: skip
    assert [copy.tasks.count(), copy.content_items.count()] == [before[0] - 1, before[1]]
    assert set(copy.tasks.values_list("state", flat=True)) == {"todo"}
    assert plan.tasks.count() == before[0]


def test_units_nodes_and_cooperation_are_copied_with_their_links(plan, office):
    task = plan.tasks.select_related("lead", "node").last()
    task.cooperating.add(plan.named_units.first())

    copy = renewing.renew(plan, user=office, today=TODAY)

    new = copy.tasks.select_related("lead", "node").last()
    assert (new.lead.plan, new.lead.printed_name) == (copy, task.lead.printed_name)
    assert (new.node.plan, new.node.paragraph) == (copy, task.node.paragraph)
    assert [str(name) for name in new.cooperating.all()] == [
        str(name) for name in task.cooperating.all()
    ]
    assert copy.nodes.count() == plan.nodes.count()
    assert copy.nodes.exclude(parent=None).exclude(parent__plan=copy).count() == 0


def test_the_same_copy_is_made_once(plan, office):
    first, second = (
        renewing.renew(plan, user=office, today=TODAY),
        renewing.renew(plan, user=office, today=TODAY),
    )

    assert (first, Plan.objects.count()) == (second, 2)


def test_bases_that_were_replaced_are_listed_with_what_follows_them(client, plan, office):
    register.fill(plan)
    old = LegalInstrument.objects.first()
    text = "Chỉ thị số 77-CT/TW ngày 01/02/2027"
    register.change(
        old, status="replaced", successor=None, successor_text=text, note="", seen_version=1
    )

    page = client.get(url("plan_renew", plan)).content.decode()
    copy = renewing.renew(plan, user=office, today=TODAY)

    assert ("Chỉ thị 77-CT/TW" in page, "Căn cứ cần xem lại: 1" in page) == (True, True)
    review_page = client.get(url("plan_review", copy)).content.decode()
    assert review_page.count("Theo sổ căn cứ") == 1


def test_a_plan_that_was_extended_is_copied_to_the_year_after_this_one(plan):
    type(plan).objects.update(year=2023)
    plan.refresh_from_db()

    renewal = renewing.look(plan, today=TODAY)

    assert (renewal.was, renewal.year) == (2023, 2027)
    assert renewing.Mover(2023, 2027).code("2023-Q4") == "2027-Q4"


def test_a_proposal_is_not_copied():
    with pytest.raises(TransitionRefusedError, match="đã xác nhận"):
        renewing.look(PlanFactory(status=Status.PROPOSED), today=TODAY)


def test_the_page_makes_the_copy_and_refuses_a_proposal(client, plan, office):
    done = client.post(url("plan_renew", plan))
    copy = Plan.objects.get(copied_from=plan)
    refused = client.get(url("plan_renew", copy))

    assert (done.url, refused.status_code) == (url("plan_review", copy), 422)


def test_the_page_opens_to_those_who_may_add_plans(client, plan, office):
    answers = []
    for user in (
        office, member(Role.LEADER, plan.owner), member(Role.OFFICE, WardFactory()), None,
    ):  # fmt: skip
        client.force_login(user) if user else client.logout()
        answers.append(client.get(url("plan_renew", plan)).status_code)

    assert answers == [200, 403, 404, 302]
