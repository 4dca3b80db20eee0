"""What a person may in one ward says nothing about another, nor about what no page shows."""

import datetime as dt

import pytest
from django.urls import reverse

from core.tests.opening import opened
from units.models import Membership, ReportingDuty, Role, UnitGroup
from units.tests.factories import MembershipFactory, UnitFactory, UserFactory, WardFactory, member

pytestmark = pytest.mark.django_db

NO_ROWS = {
    f"{prefix}-{part}": 0
    for prefix in ("names", "duties", "memberships")
    for part in ("TOTAL_FORMS", "INITIAL_FORMS")
}


@pytest.fixture
def here():
    return WardFactory()


@pytest.fixture
def there():
    return WardFactory()


def _enter(client, **roles):
    """Sign in somebody with a role in each of the given wards: ``(role, ward)`` pairs."""
    user = UserFactory()
    for role, ward in roles.values():
        MembershipFactory(user=user, role=role, unit=ward)
    client.force_login(user)
    return user


def _person(user, **changed):
    return {
        "username": user.username,
        "full_name": "Tên mới",
        "is_active": "on",
        "new_password": "mat-khau-moi-du-dai",
        "memberships-TOTAL_FORMS": 0,
        "memberships-INITIAL_FORMS": 0,
        **changed,
    }


def test_hashes_of_passwords_are_not_guessed_through_the_address(client, here):
    client.force_login(member(Role.OFFICE, here))
    url = reverse("admin:accounts_user_changelist")

    answers = [
        client.get(url, {lookup: "x"}).status_code
        for lookup in ("password__startswith", "email__startswith", "memberships__role")
    ]

    assert answers == [400, 400, 400]
    assert client.get(url, {"is_active__exact": "1"}).status_code == 200


def test_who_also_serves_elsewhere_gets_no_password_here(client, here, there):
    client.force_login(member(Role.ADMINISTRATOR, here))
    user = MembershipFactory(unit=here, ends_on=dt.date(2021, 1, 1)).user
    MembershipFactory(unit=there, user=user)
    url = reverse("admin:accounts_user_change", args=[user.pk])

    response = client.post(url, _person(user))

    user.refresh_from_db()
    assert (response.status_code, user.full_name == "Tên mới") == (403, False)
    assert there.name not in client.get(url).content.decode()


def test_reader_of_all_wards_gets_no_password_in_one(client, here):
    client.force_login(member(Role.ADMINISTRATOR, here))
    user = member(Role.EDITOR, here)
    MembershipFactory(unit=None, role=Role.AUDITOR, user=user)

    response = client.post(reverse("admin:accounts_user_change", args=[user.pk]), _person(user))

    assert response.status_code == 403


def test_who_served_elsewhere_once_is_changed_here(client, here, there):
    client.force_login(member(Role.ADMINISTRATOR, here))
    user = member(Role.SECRETARY, here)
    MembershipFactory(unit=there, user=user, ends_on=dt.date(2021, 1, 1))
    own = user.memberships.get(unit=here)
    rows = {
        "memberships-TOTAL_FORMS": 1,
        "memberships-INITIAL_FORMS": 1,
        "memberships-0-id": own.pk,
        "memberships-0-user": user.pk,
        "memberships-0-role": own.role,
        "memberships-0-unit": here.pk,
        "memberships-0-starts_on": "1/1/2020",
    }

    url = reverse("admin:accounts_user_change", args=[user.pk])

    response = client.post(url, _person(user, **rows) | opened(client, url))

    user.refresh_from_db()
    assert (response.status_code, user.full_name) == (302, "Tên mới")


def test_administrator_here_gives_no_role_where_only_office(client, here, there):
    _enter(client, a=(Role.ADMINISTRATOR, here), b=(Role.OFFICE, there))
    row = {
        "memberships-TOTAL_FORMS": 1,
        "memberships-INITIAL_FORMS": 0,
        "memberships-0-role": Role.ADMINISTRATOR,
        "memberships-0-unit": there.pk,
        "memberships-0-starts_on": "1/7/2025",
    }
    someone = member(Role.SECRETARY, UnitFactory(parent=here))

    url = reverse("admin:accounts_user_change", args=[someone.pk])

    client.post(url, _person(someone, **row) | opened(client, url))

    assert not Membership.objects.filter(unit=there, role=Role.ADMINISTRATOR).exists()


def test_administrator_here_gives_no_role_on_the_page_of_a_unit_there(client, here, there):
    user = _enter(client, a=(Role.ADMINISTRATOR, here), b=(Role.OFFICE, there))
    cell = UnitFactory(parent=there)
    data = {
        "kind": cell.kind,
        "name": cell.name,
        "position": 500,
        "opened_on": "1/1/2020",
        **NO_ROWS,
        "memberships-TOTAL_FORMS": 1,
        "memberships-0-user": user.pk,
        "memberships-0-role": Role.ADMINISTRATOR,
        "memberships-0-starts_on": "1/7/2025",
    }

    url = reverse("admin:units_unit_change", args=[cell.pk])

    client.post(url, data | opened(client, url))

    assert not Membership.objects.filter(unit=cell).exists()


def test_office_here_writes_no_duty_where_only_leader(client, here, there):
    _enter(client, a=(Role.OFFICE, here), b=(Role.LEADER, there))
    cells = [UnitFactory(parent=ward) for ward in (here, there)]

    for cell in cells:
        client.post(
            reverse("admin:units_reportingduty_add"), {"unit": cell.pk, "starts_on": "1/7/2025"}
        )

    assert list(ReportingDuty.objects.values_list("unit", flat=True)) == [cells[0].pk]


def test_new_rows_belong_to_the_ward_in_which_one_may_add_them(client, here, there):
    _enter(client, a=(Role.LEADER, here), b=(Role.OFFICE, there))

    client.post(reverse("admin:units_unitgroup_add"), {"name": "Các trường"})

    assert UnitGroup.objects.get().owner == there
