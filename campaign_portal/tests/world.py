"""Two wards with one of everything in each, and a person in every role of the first."""

from __future__ import annotations

import re
from collections.abc import Callable
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

ADMIN_ROW = re.compile(
    r"(?P<lead>quan-tri/(?P<app>\w+)/(?P<model>\w+)/)<path:object_id>(?P<tail>/(?:change|history)/)$"
)
OLD_STATE = re.compile(r"quan-tri/(?P<app>\w+)/(?P<model>\w+)/\^\(\[\^/\]\+\)/history/")


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


# Our own routes whose address names a row, with a function that makes it; None: no such row there.
OBJECT_ROUTES: dict[str, Callable[[Place], str | None]] = {}
APP_INDEX = "quan-tri/^(?P<app_label>"


def describes(route: str) -> bool:
    """Is it known how to make an address of ``route``?"""
    return (
        "<" not in route
        or route in OBJECT_ROUTES
        or route.startswith(APP_INDEX)
        or _model_of(route) is not None
    )


def address(route: str, place: Place) -> str | None:
    """The address of ``route`` for the row of ``place``; None where ``place`` has no such row."""
    if route in OBJECT_ROUTES:
        part = OBJECT_ROUTES[route](place)
        return None if part is None else f"/{part}"
    if route.startswith(APP_INDEX):
        return "/quan-tri/units/"
    label = _model_of(route)
    if label is None:
        return "/" + route
    row = place.rows.get(label)
    if row is None:
        return None
    if OLD_STATE.match(route):
        state = row.history.first()
        return f"/quan-tri/{label.replace('.', '/')}/{row.pk}/history/{state.pk}/"
    return "/" + ADMIN_ROW.sub(rf"\g<lead>{row.pk}\g<tail>", route, count=1)


def _model_of(route: str) -> str | None:
    """“quan-tri/units/unit/<path:object_id>/change/” → “units.unit”."""
    found = ADMIN_ROW.match(route) or OLD_STATE.match(route)
    return f"{found['app']}.{found['model']}" if found else None
