import pytest
from django.urls import reverse

from accounts.models import User
from core.tests.opening import opened
from units.models import Membership, Role, Unit, UnitGroup
from units.tests.factories import UnitFactory, WardFactory, member

pytestmark = pytest.mark.django_db

NO_ROWS = {
    f"{prefix}-{part}": 0
    for prefix in ("names", "duties", "memberships")
    for part in ("TOTAL_FORMS", "INITIAL_FORMS")
}


@pytest.fixture
def ward():
    return WardFactory()


@pytest.fixture
def office(client, ward):
    client.force_login(member(Role.ADMINISTRATOR, ward))
    return client


def _unit_data(**changed):
    return {
        "kind": Unit.Kind.RESIDENTIAL_CELL,
        "name": "Chi bộ Tổ dân phố số 7",
        "position": "300",
        "opened_on": "1/7/2025",
        **NO_ROWS,
        **changed,
    }


def test_unit_is_added_below_its_parent(office, ward):
    response = office.post(reverse("admin:units_unit_add"), _unit_data(parent=ward.pk))

    unit = Unit.objects.get(name="Chi bộ Tổ dân phố số 7")
    assert response.status_code == 302
    assert (unit.ward, unit.depth, f"{unit.opened_on:%Y-%m-%d}") == (ward, 2, "2025-07-01")


def test_new_unit_is_offered_below_the_ward(office, ward):
    response = office.get(reverse("admin:units_unit_add"))

    assert response.context["adminform"].form["parent"].value() == ward.pk


def test_unit_is_not_added_to_a_foreign_ward(office):
    foreign = WardFactory()

    response = office.post(reverse("admin:units_unit_add"), _unit_data(parent=foreign.pk))

    assert "parent" in response.context["adminform"].form.errors
    assert Unit.objects.filter(depth=2).count() == 0


def test_a_form_changes_the_order_and_leaves_the_name_to_its_step(office, ward):
    unit = UnitFactory(parent=ward, name="Chi bộ 7")
    url = reverse("admin:units_unit_change", args=[unit.pk])

    office.post(url, _unit_data(closed_on="1/8/2026") | opened(office, url))
    page = office.get(url).content.decode()

    unit.refresh_from_db()
    assert (unit.name, unit.closed_on, unit.position) == ("Chi bộ 7", None, 300)
    assert unit.history.count() == 2
    assert f"/quan-tri/don-vi/thay-doi/doi-ten/?don-vi={unit.pk}" in page


def test_list_shows_the_own_ward_in_a_fixed_number_of_queries(
    office, ward, django_assert_num_queries
):
    shown = [UnitFactory(parent=ward)]
    UnitFactory(parent=WardFactory())
    url = reverse("admin:units_unit_changelist")
    office.get(url)

    # session with person, count, page, kept filters, ward's card
    with django_assert_num_queries(5):
        first = office.get(url)
    shown += [UnitFactory(parent=ward) for _ in range(2)]
    with django_assert_num_queries(5):
        second = office.get(url)

    assert [len(r.context["cl"].result_list) for r in (first, second)] == [2, 4]
    assert set(second.context["cl"].result_list) == {ward, *shown}


def test_search_does_not_mind_missing_marks(office, ward):
    unit = UnitFactory(parent=ward, name="Chi bộ Trường Mầm non số 1")
    UnitFactory(parent=ward, name="Chi bộ Công an phường")

    response = office.get(reverse("admin:units_unit_changelist"), {"q": "mam non"})

    assert list(response.context["cl"].result_list) == [unit]


def _person_data(unit, **changed):
    return {
        "username": "cb07",
        "full_name": "Người thử",
        "phone": "0912 345 678",
        "is_active": "on",
        "new_password": "mat-khau-du-dai",
        "memberships-TOTAL_FORMS": 1,
        "memberships-INITIAL_FORMS": 0,
        "memberships-0-role": Role.SECRETARY,
        "memberships-0-unit": unit.pk,
        "memberships-0-starts_on": "1/7/2025",
        **changed,
    }


def test_person_is_added_with_a_duty_and_can_sign_in(office, ward):
    unit = UnitFactory(parent=ward)

    office.post(reverse("admin:accounts_user_add"), _person_data(unit))

    user = User.objects.get(username="cb07")
    assert (user.phone, user.check_password("mat-khau-du-dai")) == ("+84912345678", True)
    assert list(user.memberships.values_list("role", "unit")) == [(Role.SECRETARY, unit.pk)]


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"phone": "12"}, "phone"),
        ({"new_password": "ngan"}, "new_password"),
        ({"new_password": "123456789012345"}, "new_password"),
        ({"username": ""}, "username"),
    ],
)
def test_person_with_a_wrong_value_is_not_added(office, ward, changed, field):
    unit = UnitFactory(parent=ward)

    response = office.post(reverse("admin:accounts_user_add"), _person_data(unit, **changed))

    assert list(response.context["adminform"].form.errors) == [field]
    assert not User.objects.filter(full_name="Người thử").exists()


def test_nobody_is_given_a_duty_in_a_foreign_ward(office):
    foreign = UnitFactory(parent=WardFactory())

    office.post(reverse("admin:accounts_user_add"), _person_data(foreign))

    assert not Membership.objects.filter(unit=foreign).exists()


def test_group_belongs_to_the_ward_of_the_officer(office, ward):
    office.post(
        reverse("admin:units_unitgroup_add"),
        {"name": "Các trường", "kinds": [Unit.Kind.SCHOOL_CELL], "owner": WardFactory().pk},
    )

    assert UnitGroup.objects.get().owner == ward


def test_second_group_of_a_name_is_told_in_a_sentence(office, ward):
    UnitGroup.objects.create(owner=ward, name="Các trường")

    response = office.post(reverse("admin:units_unitgroup_add"), {"name": "Các trường"})

    assert response.context["adminform"].form.non_field_errors() == [
        "Phường đã có nhóm mang tên này."
    ]


def test_group_renamed_to_another_is_told_in_a_sentence(office, ward):
    UnitGroup.objects.create(owner=ward, name="Các trường")
    other = UnitGroup.objects.create(owner=ward, name="Các trạm")

    url = reverse("admin:units_unitgroup_change", args=[other.pk])

    response = office.post(url, {"name": "Các trường"} | opened(office, url))

    assert response.context["adminform"].form.non_field_errors() == [
        "Phường đã có nhóm mang tên này."
    ]
