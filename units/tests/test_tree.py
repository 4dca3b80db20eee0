import datetime as dt

import pytest
from django.db import IntegrityError

from units.models import Membership, ReportingDuty, Role, Unit, UnitGroup, UnitName
from units.tests.factories import (
    MembershipFactory,
    ReportingDutyFactory,
    UnitFactory,
    UserFactory,
    WardFactory,
)

pytestmark = pytest.mark.django_db
MARCH = dt.date(2026, 3, 1)


def test_unit_knows_its_ward():
    ward = WardFactory()
    cell = UnitFactory(parent=ward)

    assert (cell.ward, ward.ward) == (ward, ward)


@pytest.mark.parametrize(
    ("starts_on", "ends_on", "owes"),
    [
        (dt.date(2026, 3, 31), None, True),
        (dt.date(2026, 4, 1), None, False),
        (dt.date(2026, 1, 1), dt.date(2026, 3, 1), False),
        (dt.date(2026, 1, 1), dt.date(2026, 3, 2), True),
    ],
)
def test_unit_owes_the_months_that_its_duty_touches(starts_on, ends_on, owes):
    duty = ReportingDutyFactory(starts_on=starts_on, ends_on=ends_on)

    assert list(Unit.objects.owing(MARCH)) == ([duty.unit] if owes else [])


def test_name_follows_the_day():
    unit = UnitFactory(name="Chi bộ Tổ dân phố số 9")
    UnitName.objects.create(
        unit=unit,
        kind=UnitName.Kind.OFFICIAL,
        name="Chi bộ Khu dân cư số 4",
        valid_from=dt.date(2020, 1, 1),
        valid_to=dt.date(2025, 10, 1),
    )

    assert unit.name_on(dt.date(2025, 9, 30)) == "Chi bộ Khu dân cư số 4"
    assert unit.name_on(dt.date(2025, 10, 1)) == "Chi bộ Tổ dân phố số 9"


def test_units_stand_in_vietnamese_and_natural_order():
    ward = WardFactory()
    for number in (10, 2, 1):
        UnitFactory(parent=ward, name=f"Chi bộ Tổ dân phố số {number}")

    names = [unit.name for unit in Unit.objects.filter(depth=2).in_order()]

    assert names == [f"Chi bộ Tổ dân phố số {number}" for number in (1, 2, 10)]


def test_group_expands_to_the_units_open_on_a_day():
    ward = WardFactory()
    first = UnitFactory(parent=ward)
    UnitFactory(parent=ward, closed_on=dt.date(2026, 2, 1))
    UnitFactory(parent=WardFactory())
    group = UnitGroup.objects.create(
        owner=ward, name="Các chi bộ trực thuộc", kinds=[Unit.Kind.RESIDENTIAL_CELL]
    )

    assert list(group.units_on(MARCH)) == [first]


def _closed_before_it_opened():
    UnitFactory(opened_on=MARCH, closed_on=MARCH)


def _two_wards_of_one_code():
    WardFactory(code="00352")
    WardFactory(code="00352")


def _two_open_duties():
    unit = ReportingDutyFactory().unit
    ReportingDuty.objects.create(unit=unit, starts_on=MARCH)


def _scope_missing_for_an_office_person():
    Membership.objects.create(user=UserFactory(), unit=None, role=Role.OFFICE, starts_on=MARCH)


def _role_that_nobody_knows():
    MembershipFactory(role="king")


def _two_official_names_now():
    unit = UnitFactory()
    for name in ("Một", "Hai"):
        UnitName.objects.create(unit=unit, kind=UnitName.Kind.OFFICIAL, name=name, valid_from=MARCH)


@pytest.mark.parametrize(
    ("breach", "constraint"),
    [
        (_closed_before_it_opened, "unit_closes_after_it_opens"),
        (_two_wards_of_one_code, "unit_ward_code_is_unique"),
        (_two_open_duties, "reporting_duty_is_open_once"),
        (_scope_missing_for_an_office_person, "membership_without_unit_only_reads"),
        (_role_that_nobody_knows, "membership_role_is_known"),
        (_two_official_names_now, "unit_has_one_official_name_now"),
    ],
)
def test_database_refuses(breach, constraint):
    names = {
        rule.name
        for model in (Unit, UnitName, ReportingDuty, Membership)
        for rule in model._meta.constraints
    }

    assert constraint in names
    with pytest.raises(IntegrityError):
        breach()
