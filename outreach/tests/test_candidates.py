"""What residents ask for again and again, offered to a plan that is being prepared."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from campaign_portal.tests.world import build_place
from outreach import candidates
from plans.models import ContentItem, Plan
from products.models import SearchMiss, Suggestion
from products.tests.factories import ProductFactory
from units.models import Role
from units.tests.factories import WardFactory, member

pytestmark = pytest.mark.django_db
PAGE = "/quan-tri/ke-hoach/ba-con-hoi/"


@pytest.fixture
def place():
    """A ward with a plan that is proposed and one that is confirmed."""
    return build_place()


@pytest.fixture
def ward(place):
    Suggestion.objects.filter(owner=place.ward).update(status="dismissed")
    return place.ward


def missed(ward, key, count):
    return SearchMiss.objects.create(owner=ward, key=key, count=count, last_on=timezone.localdate())


def said(ward, number, **fields):
    fields = {"kind": "product", **fields}
    return Suggestion.objects.create(owner=ward, code_hash=f"s{number:063}", **fields)


def shown(ward):
    return [(one.name, one.searches, one.messages) for one in candidates.of_ward(ward)]


def test_repeated_wishes_are_one_candidate_and_single_ones_none(ward):
    missed(ward, "mam tep", 4)
    missed(ward, "mot lan", 2)
    said(ward, 1, product_name="Mắm tép")
    said(ward, 2, product_name="Bún khô")
    said(ward, 3, product_name="bún  khô")
    said(ward, 4, product_name="Chỉ một")
    said(ward, 5, product_name="Rác", status="dismissed")
    said(ward, 6, product_name="Rác", status="dismissed")
    missed(WardFactory(), "phuong khac", 9)

    assert shown(ward) == [("Mắm tép", 4, 1), ("Bún khô", 0, 2)]


def test_what_became_goods_and_what_is_old_stand_here_no_more(ward):
    made = ProductFactory(owner=ward)
    for number in (1, 2):
        said(ward, number, product_name="Đã nhận", status="accepted", candidate=made)
        old = said(ward, 10 + number, product_name="Cũ")
        Suggestion.objects.filter(pk=old.pk).update(
            created_at=timezone.now() - dt.timedelta(days=366)
        )

    assert shown(ward) == []


def test_repeated_reports_of_a_fake_are_a_content_of_their_own(ward):
    goods = ProductFactory(owner=ward, name="Trà mạn")
    for number in (1, 2):
        said(ward, number, kind="fake", text="Mùi lạ", product=goods)
    said(ward, 3, kind="fake", text="Ở chợ")

    assert [one.text for one in candidates.of_ward(ward)] == [
        "Hướng dẫn nhận biết hàng giả, hàng kém chất lượng: Trà mạn."
    ]


def test_officer_puts_a_candidate_into_the_proposed_plan_once(client, place, ward):
    missed(ward, "mam tep", 4)
    plan = place.rows["plans.plan"]
    client.force_login(member(Role.PROPAGANDA, ward))
    typed = {"key": "mam tep", "plan": f"{plan.pk}:{plan.version}"}

    done = client.post(PAGE, typed)
    again = client.post(PAGE, {**typed, "plan": f"{plan.pk}:{plan.version + 1}"})

    assert (done.status_code, again.status_code) == (302, 422)
    assert list(
        ContentItem.objects.filter(plan=plan, text__contains="mam tep").values_list(
            "text", flat=True
        )
    ) == ["Giới thiệu hàng Việt mà bà con tìm: mam tep."]
    assert "Đã có trong kế hoạch" in client.get(PAGE).content.decode()


def test_stale_plan_is_told(client, place, ward):
    missed(ward, "mam tep", 4)
    plan = place.rows["plans.plan"]
    Plan.objects.filter(pk=plan.pk).update(version=plan.version + 1)
    client.force_login(member(Role.OFFICE, ward))

    response = client.post(PAGE, {"key": "mam tep", "plan": f"{plan.pk}:{plan.version}"})

    assert response.status_code == 409
    assert "Nội dung này vừa có người khác sửa" in response.content.decode()


def test_confirmed_foreign_and_made_up_plans_take_nothing(client, place, ward):
    missed(ward, "mam tep", 4)
    held, foreign = place.rows["plans.task"].plan, build_place().rows["plans.plan"]
    client.force_login(member(Role.OFFICE, ward))

    answers = [
        client.post(PAGE, {"key": key, "plan": plan}).status_code
        for key, plan in (
            ("mam tep", f"{held.pk}:1"),
            ("mam tep", f"{foreign.pk}:1"),
            ("mam tep", ""),
            ("mam tep", "x:y"),
            ("mam tep", f"{place.rows['plans.plan'].pk}:٣"),
            ("khong co", f"{place.rows['plans.plan'].pk}:1"),
        )
    ]

    assert set(answers) == {422}


@pytest.mark.parametrize("role", [Role.EDITOR, Role.LEADER, Role.AUDITOR, Role.SECRETARY])
def test_who_plans_nothing_sees_nothing(client, ward, role):
    client.force_login(member(role, ward))

    assert client.get(PAGE).status_code == 403


@pytest.mark.parametrize("count", [1, 3])
def test_list_has_a_fixed_number_of_queries(client, ward, count, django_assert_num_queries):
    for number in range(count):
        missed(ward, f"hang {number}", 5)
        for which in (1, 2):
            said(ward, 10 * number + which, product_name=f"Món {number}")
    missed(WardFactory(), "phuong khac", 9)
    client.force_login(member(Role.OFFICE, ward))

    # session, person; misses, suggestions, names, fakes, contents, plans; the frame of the office
    with django_assert_num_queries(12):
        html = client.get(PAGE).content.decode()

    assert (f"hang {count - 1}" in html, "phuong khac" in html) == (True, False)


def test_page_stands_among_plans(client, ward):
    client.force_login(member(Role.OFFICE, ward))

    sections = client.get(PAGE).context["office_nav"]

    assert [section.key for section in sections if section.is_current] == ["plans"]
    assert reverse("admin:plan_candidates") == PAGE
