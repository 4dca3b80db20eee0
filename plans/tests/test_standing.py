"""How a plan stands: the light beside each place, and the state of tasks by hand."""

import datetime as dt

import pytest
from django.db import IntegrityError

from plans import standing, tracking
from plans.models import Plan, PlanNode, Task
from plans.tests.factories import ContentItemFactory, PlanFactory
from plans.tests.test_office import url
from units.models import Role
from units.tests.factories import WardFactory, member

pytestmark = pytest.mark.django_db
TODAY = dt.date(2026, 11, 20)


@pytest.fixture
def plan(client):
    plan = PlanFactory()
    client.force_login(member(Role.OFFICE, plan.owner))
    return plan


@pytest.fixture
def counter():
    """The counts that a test hands in; the ones of reports come back after it."""
    kept = dict(standing._sources)
    counts = {}
    standing.count_with(lambda ward, items, months: counts)
    yield counts
    standing._sources.clear()
    standing._sources.update(kept)


def task(plan, number=1, **values):
    return Task.objects.create(plan=plan, position=number, text=f"Việc {number}.", **values)


@pytest.mark.parametrize(
    ("codes", "day"),
    [
        (["2026-11-30"], dt.date(2026, 11, 30)),
        (["2026-11-30T16:00"], dt.date(2026, 11, 30)),
        (["2026-02"], dt.date(2026, 2, 28)),
        (["2026-Q3"], dt.date(2026, 9, 30)),
        (["2026-03-08/2026-03-26"], dt.date(2026, 3, 26)),
        (["yearly:11-15"], dt.date(2026, 11, 15)),
        (["2026-03", "2026-Q4"], dt.date(2026, 12, 31)),
        (["2026-03", "monthly:20"], None),
        (["always"], None),
        (["sớm"], None),
        (["2026-99"], None),
        ([], None),
    ],
)
def test_the_last_day_of_deadlines(codes, day):
    assert standing.last_day(codes, 2026) == day


@pytest.mark.parametrize(
    ("values", "light"),
    [
        ({}, ("none", "Chưa làm")),
        ({"state": "doing"}, ("some", "Đang làm")),
        ({"due": ["2026-11-19"]}, ("bad", "Chưa làm, quá hạn 19/11/2026")),
        ({"due": ["2026-11-20"]}, ("none", "Chưa làm")),
        ({"due": ["2026-10"], "state": "done"}, ("good", "Đã xong")),
    ],
)
def test_a_task_is_overdue_after_its_last_day_unless_done(values, light):
    found = tracking.judged(Task(text="Việc", plan=Plan(year=2026), **values), TODAY).light

    assert (found.level, found.text) == light


@pytest.mark.parametrize(
    ("counts", "level"),
    [
        ({dt.date(2026, 11, 1): 3, dt.date(2026, 10, 1): 2}, "good"),
        ({dt.date(2026, 10, 1): 2}, "some"),
        ({}, "bad"),
    ],
)
def test_a_content_is_lit_by_the_reports_of_its_month_and_quarter(plan, counter, counts, level):
    item = ContentItemFactory(plan=plan)
    counter[item.pk] = counts

    assert standing.content_lights(plan, [item], TODAY)[item.pk].level == level


def test_a_plan_that_is_not_in_force_and_a_content_left_out_have_no_light(plan, counter):
    item = ContentItemFactory(plan=plan)
    gone = ContentItemFactory(plan=plan, left_out_from=dt.date(2026, 11, 1))

    assert list(standing.content_lights(plan, [item, gone], TODAY)) == [item.pk]
    assert standing.content_lights(plan, [item], dt.date(2027, 1, 1)) == {}


def test_done_needs_evidence_in_the_database_too(plan):
    with pytest.raises(IntegrityError, match="task_done_has_evidence"):
        task(plan, state="done")


def test_progress_is_written_once_and_stale_or_empty_is_told(client, plan):
    row = task(plan)
    page, data = url("plan_progress", plan), {f"state-{row.pk}": "done", "seen_version": 1}

    empty = client.post(page, data | {f"evidence-{row.pk}": " "})
    data[f"evidence-{row.pk}"] = "Báo cáo số 15-BC/ĐU"
    done, stale = client.post(page, data), client.post(page, data)

    assert [answer.status_code for answer in (empty, done, stale)] == [422, 302, 409]
    row.refresh_from_db()
    assert (row.state, row.evidence, row.history.count()) == ("done", "Báo cáo số 15-BC/ĐU", 2)
    assert "Đã xong: Báo cáo số 15-BC/ĐU" in stale.content.decode()


def test_a_proposal_has_no_progress(client, plan):
    type(plan).objects.update(status="proposed")

    assert client.get(url("plan_progress", plan)).status_code == 422


def test_the_text_has_a_sign_and_a_word_beside_each_place(client, plan, counter):
    node = PlanNode.objects.create(
        plan=plan, position=0, text="Đoạn.", role="content", paragraph=0, last_paragraph=0
    )
    ContentItemFactory(plan=plan, node=node)
    type(plan).objects.update(valid_to=None)
    task(plan, node=node, due=["2020-01"])
    task(plan, 2, node=node)

    page = client.get(url("plan_detail", plan)).content.decode()

    assert 'data-light="bad">Quý này chưa có báo cáo nào thực hiện' in page
    assert 'data-light="bad">0/2 đã xong, 1 quá hạn' in page


def test_the_page_opens_to_those_who_may_change(client, plan):
    answers = []
    for user in (
        member(Role.OFFICE, plan.owner), member(Role.LEADER, plan.owner),
        member(Role.OFFICE, WardFactory()), None,
    ):  # fmt: skip
        client.force_login(user) if user else client.logout()
        answers.append(client.get(url("plan_progress", plan)).status_code)

    assert answers == [200, 403, 404, 302]


@pytest.mark.parametrize("count", [1, 3])
def test_the_plans_page_takes_a_fixed_number_of_queries(client, plan, count,
                                                        django_assert_num_queries):  # fmt: skip
    for number in range(count):
        ContentItemFactory(plan=plan)
        task(plan, number + 1)
    client.get(url("plan_detail", plan))

    # one of them for each form that counts: reports, articles, texts for Zalo, posters
    with django_assert_num_queries(18):
        client.get(url("plan_detail", plan))
