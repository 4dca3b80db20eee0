import datetime as dt

import pytest
from django.contrib.auth.models import AnonymousUser

from units.models import Role, Unit
from units.permissions import BELOW, OWN, POLICY, READING
from units.tests.factories import MembershipFactory, UnitFactory, UserFactory, WardFactory, member

pytestmark = pytest.mark.django_db


@pytest.fixture
def ward():
    return WardFactory()


@pytest.fixture
def cell(ward):
    return UnitFactory(parent=ward)


def test_table_knows_only_roles_and_reaches():
    reaches = {
        reach for roles in POLICY.values() for reach_set in roles.values() for reach in reach_set
    }

    assert {role for roles in POLICY.values() for role in roles} == set(Role)
    assert reaches == {OWN, BELOW}


def test_secretary_submits_for_the_own_cell_alone(ward, cell):
    other = UnitFactory(parent=ward)
    secretary = member(Role.SECRETARY, cell)

    answers = [
        secretary.has_perm("reports.submit_monthlyreport", unit) for unit in (cell, other, ward)
    ]

    assert answers == [True, False, False]


def test_reviewer_reviews_below_and_never_the_own_unit(ward, cell):
    reviewer = member(Role.PROPAGANDA, ward)
    elsewhere = UnitFactory(parent=WardFactory())

    answers = [
        reviewer.has_perm("reports.review_monthlyreport", unit) for unit in (cell, ward, elsewhere)
    ]

    assert answers == [True, False, False]


def test_scope_follows_the_table(ward, cell):
    UnitFactory(parent=WardFactory())

    assert list(Unit.objects.visible_to(member(Role.LEADER, ward))) == [ward, cell]
    assert list(Unit.objects.visible_to(member(Role.SECRETARY, cell))) == [cell]
    assert list(
        Unit.objects.permitted(member(Role.OFFICE, ward), "reports.review_monthlyreport")
    ) == [cell]


def test_reader_of_all_wards_sees_all_and_changes_nothing(ward, cell):
    reader = MembershipFactory(role=Role.AUDITOR, unit=None).user

    assert list(Unit.objects.visible_to(reader)) == [ward, cell]
    assert {action for action in POLICY if reader.has_perm(action)} <= READING


def test_ended_membership_gives_nothing(ward):
    past = MembershipFactory(unit=ward, ends_on=dt.date(2021, 1, 1)).user
    future = MembershipFactory(unit=ward, starts_on=dt.date(2999, 1, 1)).user

    assert [user.has_perm("office.enter") for user in (past, future)] == [False, False]
    assert list(Unit.objects.visible_to(past)) == []


def test_locked_account_and_stranger_get_nothing(ward):
    locked = MembershipFactory(unit=ward, user=UserFactory(is_active=False)).user

    assert not locked.has_perm("office.enter")
    assert list(Unit.objects.visible_to(locked)) == []
    assert list(Unit.objects.visible_to(AnonymousUser())) == []


def test_unknown_action_is_refused(ward):
    assert not member(Role.ADMINISTRATOR, ward).has_perm("units.delete_unit")
