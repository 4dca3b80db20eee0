"""Two wards with one of everything in each, and a person in every role of the first."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from units.models import ReportingDuty, Role, Unit, UnitGroup
from units.tests.factories import (
    OPENED,
    MembershipFactory,
    UnitFactory,
    UserFactory,
    WardFactory,
    member,
)


@dataclass
class Place:
    """A ward with two cells; ``rows`` maps a model's label to its one row here."""

    ward: Unit
    cell: Unit
    rows: dict[str, Any] = field(default_factory=dict)


def build_place() -> Place:
    ward = WardFactory()
    cell = UnitFactory(parent=ward)
    place = Place(ward, cell)
    place.rows = {
        "units.unit": cell,
        "units.unitgroup": UnitGroup.objects.create(owner=ward, name="Các chi bộ"),
        "units.reportingduty": ReportingDuty.objects.create(unit=cell, starts_on=OPENED),
        "units.wardprofile": ward.profile,
        "accounts.user": member(Role.SECRETARY, cell),
    }
    return place


def build_people(place: Place) -> dict[str, Any]:
    """A user for every role in ``place``, and those who have none."""
    people = {role.value: member(role, place.ward) for role in Role if role != Role.SECRETARY}
    people["secretary"] = place.rows["accounts.user"]
    people["stranger"] = UserFactory()
    people["locked"] = MembershipFactory(
        unit=place.ward, role=Role.OFFICE, user=UserFactory(is_active=False)
    ).user
    return people
