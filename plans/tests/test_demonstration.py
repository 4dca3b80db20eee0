"""The plan of the demonstration that waits: to be confirmed, or approved by a leader."""

import datetime as dt

from approvals import kinds
from plans import demonstration, tracking
from plans.models import ContentItem, Status
from plans.tracking import How
from units.models import Role
from units.tests.factories import member

TODAY = dt.date(2026, 11, 28)


def test_waiting_plan_says_what_it_is_and_may_be_approved_at_once(phuong_liet):
    officer = member(Role.PROPAGANDA, phuong_liet)
    confirmed = demonstration.load(phuong_liet, user=officer)
    before = list(ContentItem.objects.in_force(phuong_liet, dt.date(2026, 12, 1)))

    plan = demonstration.load_waiting(phuong_liet, user=officer, today=TODAY)

    assert (plan.status, plan.code, plan.valid_from) == (Status.PROPOSED, "", TODAY)
    assert plan.subject.startswith("trình diễn, tuyên truyền hàng Việt Nam")
    assert (plan.content_items.count(), plan.tasks.count()) == (2, 3)
    assert kinds.get("plan").refusal(plan) == ""
    # It asks nothing of anybody until it is confirmed.
    assert list(ContentItem.objects.in_force(phuong_liet, dt.date(2026, 12, 1))) == before
    assert before[0].plan == confirmed


def test_leader_s_approval_puts_its_contents_in_force(phuong_liet):
    plan = demonstration.load_waiting(
        phuong_liet, user=member(Role.PROPAGANDA, phuong_liet), today=TODAY
    )
    leader = member(Role.LEADER, phuong_liet)

    kinds.get("plan").approve(plan, actor=leader, seen_version=plan.version, reason="")

    plan.refresh_from_db()
    assert plan.status == Status.CONFIRMED
    assert ContentItem.objects.in_force(phuong_liet, dt.date(2026, 12, 1)).count() == 2


def test_tasks_stand_in_every_way_and_say_that_it_is_made_up(phuong_liet):
    plan = demonstration.load(phuong_liet, user=member(Role.PROPAGANDA, phuong_liet))

    demonstration.load_progress(plan, today=TODAY)

    tasks = list(plan.tasks.filter(parent=None).select_related("plan"))
    found = tracking.standings(phuong_liet, tasks, TODAY)
    shown = [found[task.pk] for task in tasks]
    assert {one.how for one in shown} == {How.HAND, How.PARTS, How.COUNTED}
    assert [sum(one.is_overdue for one in shown), sum(one.is_soon for one in shown)] == [1, 1]
    assert {one.state for one in shown} == {"todo", "doing", "done"}
    assert plan.tasks.exclude(parent=None).count() == 2
