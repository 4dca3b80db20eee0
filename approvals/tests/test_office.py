"""The office makes links, follows them, takes them back."""

import datetime as dt

import pytest
from django.urls import reverse

from approvals import requests, workflow
from approvals.models import ApprovalRequest
from approvals.tests.factories import link, office
from plans.models import Plan
from plans.tests.factories import PlanFactory
from units.models import Role
from units.tests.factories import WardFactory, member

pytestmark = pytest.mark.django_db
LIST = reverse("admin:approvals")
DAYS = dt.timedelta(days=30)


@pytest.fixture
def place(client):
    made = office()
    client.force_login(made.officer)
    return made


def ask_url(plan):
    return reverse("admin:approval_ask", args=["plan", plan.pk])


def sent(place, **changes):
    return {"leader": place.leader.pk, "hours": 72, "seen_version": place.plan.version} | changes


def step(client, asked, act, version=None):
    url = reverse("admin:approval_step", args=[asked.pk])
    return client.post(url, {"act": act, "seen_version": version or asked.version})


def test_link_and_pin_are_shown_once_and_the_message_holds_no_pin(client, place):
    response = client.post(ask_url(place.plan), sent(place))

    asked = ApprovalRequest.objects.get()
    message, pin = response.context["message"], response.context["pin"]
    assert "/duyet/" in message
    assert pin not in message
    html = response.content.decode()
    assert pin in html
    assert 'data-copy="loi-nhan"' in html
    assert "js/bao-cao/copy.js" in html
    page = client.get(reverse("admin:approval", args=[asked.pk])).content.decode()
    assert pin not in page
    assert message.split("/duyet/")[1].split("/")[0] not in page


def test_leader_has_to_be_chosen(client, place):
    response = client.post(ask_url(place.plan), sent(place, leader=""))

    assert response.status_code == 422
    assert ApprovalRequest.objects.count() == 0


def test_leader_of_another_ward_is_no_choice(client, place):
    other = member(Role.LEADER, WardFactory())

    assert client.post(ask_url(place.plan), sent(place, leader=other.pk)).status_code == 422


def test_plan_that_changed_meanwhile_is_told_with_what_was_chosen(client, place):
    Plan.objects.filter(pk=place.plan.pk).update(version=7)

    response = client.post(ask_url(place.plan), sent(place))

    assert response.status_code == 409
    assert response.context["form"]["seen_version"].value() == "7"
    assert response.context["form"]["leader"].value() == str(place.leader.pk)


def test_plan_that_cannot_be_approved_says_why(client, place):
    Plan.objects.filter(pk=place.plan.pk).update(valid_from=None, valid_to=None)

    page = client.get(ask_url(place.plan)).content.decode()
    assert page.count("chưa có ngày bắt đầu hiệu lực") == 1
    assert client.post(ask_url(place.plan), sent(place)).status_code == 422


def test_ward_without_a_leader_is_told(client, place):
    place.leader.memberships.all().delete()

    assert "Chưa ghi ai là lãnh đạo" in client.get(ask_url(place.plan)).content.decode()


@pytest.mark.parametrize(
    ("role", "status"), [(Role.OFFICE, 200), (Role.LEADER, 403), (Role.EDITOR, 403)]
)
def test_only_those_who_may_change_the_plan_ask(client, place, role, status):
    client.force_login(member(role, place.ward))

    assert client.get(ask_url(place.plan)).status_code == status


def test_foreign_and_missing_are_alike(client, place):
    foreign = PlanFactory(status="proposed")
    theirs = link(office())[0]

    assert client.get(ask_url(foreign)).status_code == 404
    assert client.get(reverse("admin:approval_ask", args=["thu", 1])).status_code == 404
    assert client.get(reverse("admin:approval_ask", args=["plan", 10**9])).status_code == 404
    assert client.get(reverse("admin:approval", args=[theirs.pk])).status_code == 404
    assert step(client, theirs, "revoke").status_code == 404


def test_revoked_link_is_dead(client, place):
    asked, _ = link(place)

    response = step(client, asked, "revoke")

    asked.refresh_from_db()
    assert (response.status_code, asked.status) == (302, "revoked")


def test_revoking_what_was_opened_meanwhile_is_told(client, place):
    asked, _ = link(place)

    response = step(client, asked, "revoke", asked.version + 1)

    asked.refresh_from_db()
    assert (response.status_code, asked.status) == (409, "open")


def test_leader_only_looks(client, place):
    asked, _ = link(place)
    client.force_login(place.leader)

    assert client.get(reverse("admin:approval", args=[asked.pk])).status_code == 200
    assert step(client, asked, "revoke").status_code == 403


def test_today_tells_what_waits_and_what_came_back(client, place):
    first, _ = link(place)
    second, _ = link(place, plan=PlanFactory(owner=place.ward, status="proposed"))
    link(office())
    workflow.decide(
        second, workflow.RETURN, seen_version=second.version, reason="Sai", device="iPhone"
    )

    def told():
        items = client.get(reverse("admin:index")).context["items"]
        return {item.text: item.count for item in items if "lãnh đạo" in item.text}

    assert told() == {"văn bản chờ lãnh đạo duyệt": 1, "văn bản lãnh đạo trả lại để sửa": 1}
    second.refresh_from_db()
    step(client, second, "note")
    assert told() == {"văn bản chờ lãnh đạo duyệt": 1}
    assert first.status == "open"


def missed(client):
    items = client.get(reverse("admin:index")).context["items"]
    return [(item.count, item.url) for item in items if "bị lỡ" in item.text]


def test_who_made_a_link_is_told_that_it_ran_out(client, place):
    first, _ = link(place)
    assert missed(client) == []

    expired = {"made_at": first.made_at - DAYS, "expires_at": first.expires_at - DAYS}
    ApprovalRequest.objects.filter(pk=first.pk).update(**expired)

    assert missed(client) == [(1, reverse("admin:approval", args=[first.pk]))]
    assert set(client.get(LIST, {"loc": "lo"}).context["page_obj"]) == {first}
    client.force_login(member(Role.OFFICE, place.ward))
    assert missed(client) == []
    client.force_login(place.officer)
    step(client, first, "revoke")
    assert missed(client) == []


def test_who_made_links_is_told_of_documents_that_changed(client, place):
    other = PlanFactory(owner=place.ward, status="proposed")
    link(place)
    link(place, plan=other)

    Plan.objects.update(version=9)

    assert missed(client) == [(2, f"{LIST}?loc=lo")]


def test_link_that_a_newer_one_or_another_leader_settled_is_not_missed(client, place):
    other = member(Role.LEADER, place.ward)
    plan = PlanFactory(owner=place.ward, status="proposed")
    first, _ = link(place, plan=plan)
    link(place, plan=plan, leader=other)
    Plan.objects.filter(pk=plan.pk).update(version=2)
    again, _ = link(place, plan=Plan.objects.get(pk=plan.pk), leader=other)
    assert missed(client) == []

    workflow.decide(
        again, workflow.RETURN, seen_version=again.version, reason="Sai", device="iPhone"
    )

    assert first.status == "open"
    assert missed(client) == []


@pytest.mark.parametrize("count", [1, 3])
def test_missed_links_are_found_in_one_query(place, count, django_assert_num_queries):
    for _ in range(count):
        link(place, plan=PlanFactory(owner=place.ward, status="proposed"))
    Plan.objects.update(version=9)
    link(office())

    with django_assert_num_queries(1):
        found = requests.stalled(ApprovalRequest.objects.visible_to(place.officer))

    assert len(found) == count


@pytest.mark.parametrize("count", [1, 3])
def test_list_has_a_fixed_number_of_queries(client, place, count, django_assert_num_queries):
    made = [
        link(place, plan=PlanFactory(owner=place.ward, status="proposed"))[0] for _ in range(count)
    ]
    hidden, _ = link(office())
    client.get(LIST)  # the first page of a session writes its time

    # session with person and memberships, the ward's card, count, page
    with django_assert_num_queries(4):
        response = client.get(LIST)

    assert set(response.context["page_obj"]) == set(made)
    assert hidden.title not in response.content.decode()


@pytest.mark.parametrize("tab", ["", "tra-lai", "lo", "da-quyet", "khac", "lạ"])
def test_every_tab_opens(client, place, tab):
    link(place)

    assert client.get(LIST, {"loc": tab, "trang": "99"}).status_code == 200
