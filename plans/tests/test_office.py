"""The office's pages of plans, as plain forms: who may, what is kept, what is refused."""

import pytest
from django.urls import reverse

from plans.models import Plan, Status
from plans.reviewing import Review
from plans.tests.factories import ContentItemFactory, PlanFactory, proposal, upload
from units.models import Role
from units.tests.factories import WardFactory, member

pytestmark = pytest.mark.django_db
READING = ("plan_detail", "plan_source")
CHANGING = ("plan_review", "plan_extend", "plan_close", "plan_titles")


@pytest.fixture
def ward(media):
    return WardFactory()


@pytest.fixture
def office(client, ward):
    user = member(Role.OFFICE, ward)
    client.force_login(user)
    return user


def url(name, plan):
    return reverse(f"admin:{name}", args=[plan.pk])


def sent(plan, **changes):
    """What the review page sends when nothing, or only ``changes``, was edited."""
    data = {"seen_version": plan.version}
    for form in Review(plan, may_open_units=True).forms:
        for name, field in form.fields.items():
            bound = form[name]
            value = field.prepare_value(bound.value())
            if value not in (None, False):
                data[bound.html_name] = value
    return data | changes


@pytest.mark.parametrize("name", [*READING, *CHANGING])
def test_pages_open_to_those_who_may_and_to_nobody_else(client, ward, name):
    plan = proposal("85-KH-DU.docx", ward=ward)
    if name != "plan_review":
        Plan.objects.filter(pk=plan.pk).update(status=Status.CONFIRMED)
    page = url(name, plan)
    answers = {}

    answers["anonymous"] = client.get(page).status_code
    for label, user in (
        ("office", member(Role.OFFICE, ward)),
        ("leader", member(Role.LEADER, ward)),
        ("secretary", member(Role.SECRETARY, ward)),
        ("outsider", member(Role.OFFICE, WardFactory())),
    ):
        client.force_login(user)
        answers[label] = client.get(page).status_code

    leader = 200 if name in READING else 403
    assert answers == {
        "anonymous": 302, "office": 200, "leader": leader, "secretary": 403, "outsider": 404,
    }  # fmt: skip


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_takes_a_fixed_number_of_queries(client, ward, office, count,
                                                  django_assert_num_queries):  # fmt: skip
    for _ in range(count):
        ContentItemFactory(plan=PlanFactory(owner=ward))
    hidden = PlanFactory(subject="kế hoạch của phường khác")
    client.get(reverse("admin:plan_list"))

    # session, user, memberships, profile, count, page
    # session, person, count, plans, kept filters
    with django_assert_num_queries(5):
        response = client.get(reverse("admin:plan_list"))

    assert [plan.content_count for plan, _ in response.context["rows"]] == [1] * count
    assert hidden.subject not in response.content.decode()


def test_an_empty_list_offers_the_first_step(client, ward, office):
    response = client.get(reverse("admin:plan_list"))

    assert "Chưa có kế hoạch nào" in response.content.decode()


def test_plan_85_goes_from_file_to_confirmed_in_two_forms(client, ward, office):
    response = client.post(reverse("admin:plan_upload"), {"file": upload("85-KH-DU.docx")})
    plan = Plan.objects.get()
    assert response.url == url("plan_review", plan)

    response = client.post(url("plan_review", plan), sent(plan, confirm="1"))

    assert response.url == url("plan_detail", plan)
    plan.refresh_from_db()
    assert (plan.status, plan.content_items.count(), plan.tasks.count()) == ("confirmed", 5, 9)
    assert plan.tasks.filter(assignments__isnull=True).count() == 0


def test_a_known_file_opens_the_plan_that_it_made(client, ward, office):
    plan = proposal("85-KH-DU.docx", ward=ward)

    response = client.post(reverse("admin:plan_upload"), {"file": upload("85-KH-DU.docx")})

    assert response.url == url("plan_review", plan)
    assert Plan.objects.count() == 1


@pytest.mark.parametrize("name", ["412-CV-DU.txt", None])
def test_what_is_no_plan_is_refused_at_the_field(client, ward, office, name):
    response = client.post(reverse("admin:plan_upload"), {"file": upload(name)} if name else {})

    sentence = "Đây là công văn" if name else "Chưa chọn tệp"
    assert response.status_code == 422
    assert sentence in response.context["form"].errors["file"][0]
    assert Plan.objects.count() == 0


def test_a_draft_keeps_texts_matches_and_what_is_left_out(client, ward, office):
    plan = proposal("85-KH-DU.txt", ward=ward)
    item, task, name = plan.content_items.first(), plan.tasks.first(), plan.named_units.first()
    changes = {
        "plan-use_place": "on",
        "plan-last_day": "31/12/2026",
        f"contentitem-{item.pk}-short_title": "Chỉ thị 03",
        f"contentitem-{item.pk}-is_left_out": "on",
        f"task-{task.pk}-due": "ngày 20 hằng tháng; 30/11",
        f"namedunit-{name.pk}-choice": "none",
        "draft": "1",
    }

    response = client.post(url("plan_review", plan), sent(plan, **changes))

    assert response.url == url("plan_review", plan)
    for row in (plan, item, task, name):
        row.refresh_from_db()
    assert (plan.issue_place, str(plan.last_day), plan.version) == ("Phương Liệt", "2026-12-31", 2)
    assert (item.short_title, item.is_left_out) == ("Chỉ thị 03", True)
    assert (task.due, name.choice) == (["monthly:20", "2023-11-30"], "none")


def test_bad_input_comes_back_with_all_that_was_typed(client, ward, office):
    plan = proposal("85-KH-DU.docx", ward=ward)
    item = plan.content_items.first()
    changes = {
        "plan-valid_from": "hôm nào đó",
        f"contentitem-{item.pk}-short_title": "",
        f"contentitem-{item.pk}-text": "Câu vừa gõ.",
    }

    response = client.post(url("plan_review", plan), sent(plan, **changes, confirm="1"))

    page = response.content.decode()
    assert response.status_code == 422
    assert {error.label for error in response.context["errors"]} == {
        "Có hiệu lực từ ngày", "Nội dung 1, tên gọn",
    }  # fmt: skip
    assert ("hôm nào đó" in page, "Câu vừa gõ." in page) == (True, True)
    plan.refresh_from_db()
    assert (plan.status, plan.version) == ("proposed", 1)


def test_the_second_of_two_people_is_shown_both_texts(client, ward, office):
    plan = proposal("85-KH-DU.docx", ward=ward)
    item = plan.content_items.first()
    key = f"contentitem-{item.pk}-short_title"
    client.post(url("plan_review", plan), sent(plan, **{key: "Của người thứ nhất"}))

    response = client.post(
        url("plan_review", plan), sent(plan, **{key: "Của người thứ hai"}, confirm="1")
    )

    assert response.status_code == 409
    assert response.context["differences"] == [
        {
            "label": "Nội dung 1, tên gọn",
            "mine": "Của người thứ hai",
            "stored": "Của người thứ nhất",
        }
    ]
    item.refresh_from_db()
    plan.refresh_from_db()
    assert (item.short_title, plan.status) == ("Của người thứ nhất", "proposed")
    assert 'name="seen_version" value="2"' in response.content.decode()


def test_a_confirmed_plan_is_not_confirmed_again(client, ward, office):
    plan = proposal("85-KH-DU.docx", ward=ward)
    data = sent(plan, confirm="1")
    client.post(url("plan_review", plan), data)

    again = client.post(url("plan_review", plan), data)

    assert again.status_code == 422
    assert "đã được xác nhận" in again.content.decode()
    assert client.get(url("plan_review", plan)).url == url("plan_detail", plan)


def test_a_unit_of_another_ward_cannot_be_chosen(client, ward, office):
    plan = proposal("85-KH-DU.docx", ward=ward)
    foreign = WardFactory()
    name = plan.named_units.first()

    response = client.post(
        url("plan_review", plan),
        sent(plan, **{f"namedunit-{name.pk}-choice": f"unit:{foreign.pk}"}),
    )

    assert response.status_code == 422


def test_extending_needs_a_reason_and_writes_it(client, ward, office):
    plan = PlanFactory(owner=ward)
    data = {"last_day": "31/12/2027", "seen_version": plan.version, "reason": ""}

    refused = client.post(url("plan_extend", plan), data)
    done = client.post(url("plan_extend", plan), data | {"reason": "Theo Công văn 12-CV/ĐU"})

    assert (refused.status_code, done.status_code) == (422, 302)
    plan.refresh_from_db()
    assert (str(plan.valid_to), plan.extension_note) == ("2028-01-01", "Theo Công văn 12-CV/ĐU")


def test_closing_ends_a_plan_and_a_stale_page_is_told(client, ward, office):
    plan = PlanFactory(owner=ward)
    data = {"last_day": "30/6/2026", "seen_version": 1, "reason": "Có kế hoạch mới"}

    stale = client.post(url("plan_close", plan), data | {"seen_version": 7})
    done = client.post(url("plan_close", plan), data)
    again = client.post(url("plan_close", plan), data | {"seen_version": 2})

    assert (stale.status_code, done.status_code, again.status_code) == (409, 302, 422)
    plan.refresh_from_db()
    assert (plan.status, str(plan.last_day)) == ("closed", "2026-06-30")


def test_short_titles_of_a_confirmed_plan_can_be_mended(client, ward, office):
    item = ContentItemFactory(plan=PlanFactory(owner=ward))
    data = {f"title-{item.pk}": "Tên gọn mới", "seen_version": 1}

    done = client.post(url("plan_titles", item.plan), data)
    stale = client.post(url("plan_titles", item.plan), data)

    item.refresh_from_db()
    assert (item.short_title, done.status_code, stale.status_code) == ("Tên gọn mới", 302, 409)


def test_a_wrong_file_is_discarded_while_proposed(client, ward, office):
    plan = proposal("85-KH-DU.docx", ward=ward)
    page = url("plan_discard", plan)

    stale = client.post(page, {"seen_version": 9})
    done = client.post(page, {"seen_version": 1})

    assert (stale.status_code, done.status_code, Plan.objects.count()) == (409, 302, 0)


def test_the_source_is_downloaded_as_it_came_in(client, ward, office):
    plan = proposal("85-KH-DU.docx", ward=ward)

    response = client.get(url("plan_source", plan))

    assert response.content == upload("85-KH-DU.docx").read()
    assert response["Content-Disposition"] == 'attachment; filename="85-KH-DU.docx"'
    assert (response["X-Content-Type-Options"], response["Cache-Control"]) == (
        "nosniff",
        "private, no-store",
    )


def test_today_counts_the_plans_that_wait(client, ward, office):
    PlanFactory(owner=ward, status=Status.PROPOSED)

    page = client.get(reverse("admin:index")).content.decode()

    assert "kế hoạch chờ xác nhận" in page


def test_today_of_an_empty_portal_offers_the_first_plan(client, ward, office):
    page = client.get(reverse("admin:index")).content.decode()

    assert "việc đầu tiên: nạp tệp Word của kế hoạch" in page
