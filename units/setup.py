"""The first ward and the first administrator of an empty portal."""

from __future__ import annotations

import datetime as dt

from django.db import transaction

from accounts.models import User
from units.models import Membership, Role, Unit, UnitGroup, WardProfile


@transaction.atomic
def found_ward(
    *, name: str, place_name: str, username: str, full_name: str, password: str, today: dt.date
) -> tuple[Unit, User]:
    """Write a ward with its card and one person who administers it and works in its office."""
    opened_on = today.replace(month=1, day=1)
    ward = Unit.objects.add_root({"kind": Unit.Kind.WARD, "name": name, "opened_on": opened_on})
    WardProfile.objects.create(
        ward=ward, committee_name=f"Đảng ủy {name[0].lower()}{name[1:]}", place_name=place_name
    )
    UnitGroup.objects.create(
        owner=ward,
        name="Các chi bộ trực thuộc",
        aliases="Các chi bộ, đảng bộ cơ sở trực thuộc",
        kinds=list(Unit.CELL_KINDS),
    )
    user = User(username=username, full_name=full_name)
    user.set_password(password)
    user.save()
    for role in (Role.ADMINISTRATOR, Role.OFFICE):
        Membership.objects.create(user=user, unit=ward, role=role, starts_on=opened_on)
    return ward, user
