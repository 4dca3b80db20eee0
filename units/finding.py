"""Where the office's search looks among units and people."""

from __future__ import annotations

from typing import Any

from django.db.models import Q
from django.utils import timezone

from core.finding import LOOKED_AT, Asked, Found, Source, holding, rank_of
from core.text import format_date, format_phone
from units.history import page_of
from units.models import Membership, Unit, UnitName
from units.permissions import scope_q

VIEW_PEOPLE, VIEW_ACCOUNTS = "units.view_membership", "accounts.view_user"


def units_for(user: Any, asked: Asked) -> list[tuple[tuple[int, int], Unit, str]]:
    """The units that are or were called so: how well each fits, and the old name that does.

    Two queries. The best fit first; those that are closed after the others.
    """
    seen = scope_q(user, "units.view_unit", prefix="unit__")
    called = UnitName.objects.filter(seen, holding(asked, "search"))
    wanted = holding(asked, "search") | Q(pk__in=called.values("unit"))
    units = Unit.objects.visible_to(user).filter(wanted).in_order()
    found = []
    for unit in units.prefetch_related("names")[:LOOKED_AT]:
        rank, old = rank_of(asked, unit.name, unit.short_name, unit.code, key=unit.search), ""
        for name in unit.names.all():
            of_name = rank_of(asked, name.name)
            if of_name < rank and name.name != unit.name:
                # An old name never stands before the same fit of one that holds.
                rank, old = (of_name[0], of_name[1] + 50), name.name
        if unit.closed_on and unit.closed_on <= timezone.localdate():
            rank = (rank[0], rank[1] + 100)
        found.append((rank, unit, old))
    return sorted(found, key=lambda one: one[0])


def _units(user: Any, asked: Asked) -> list[Found]:
    return [
        Found(unit.name, _unit_line(unit, old), page_of(unit), rank)
        for rank, unit, old in units_for(user, asked.without_month or asked)
    ]


def _unit_line(unit: Unit, old: str) -> str:
    parts = [unit.get_kind_display().capitalize(), unit.code]
    if old:
        parts.append(f"tên gọi khác: {old}")
    if unit.closed_on and unit.closed_on <= timezone.localdate():
        parts.append(f"thôi hoạt động từ {format_date(unit.closed_on)}")
    return ", ".join(part for part in parts if part)


def _people(user: Any, asked: Asked) -> list[Found]:
    """People by their name, their unit or their telephone; one query.

    The telephone is for those who keep the accounts there: nobody else finds by it or reads it.
    """
    wanted = holding(asked, "user__search", "unit__search")
    kept = scope_q(user, VIEW_ACCOUNTS, prefix="unit__")
    if asked.phone:
        wanted |= Q(user__phone=asked.phone) & kept
    elif asked.digits:
        wanted |= Q(user__phone__contains=asked.digits) & kept
    held = Membership.objects.visible_to(user).filter(wanted).select_related("user", "unit")
    found: dict[int, Found] = {}
    today = timezone.localdate()
    for one in held.order_by("-starts_on", "pk")[:LOOKED_AT]:
        place = one.unit.search if one.unit else ""
        keeps = one.unit is not None and user.has_perm(VIEW_ACCOUNTS, one.unit)
        key = f"{one.user.search} {place}"
        rank = rank_of(asked, one.user.full_name, key=key)
        if keeps and one.user.phone and _is_phone(asked, one.user.phone):
            rank = (0, 0)
        if one.ends_on and one.ends_on <= today:
            rank = (rank[0], rank[1] + 50)
        row = Found(str(one.user), _duty_line(one, keeps=keeps), _person_page(one, user), rank)
        if one.user_id not in found or row.rank < found[one.user_id].rank:
            found[one.user_id] = row
    return list(found.values())


def _is_phone(asked: Asked, phone: str) -> bool:
    return phone == asked.phone or bool(asked.digits and asked.digits in phone)


def _duty_line(held: Membership, *, keeps: bool) -> str:
    role = held.get_role_display().capitalize()
    parts = [role, held.unit.name if held.unit else "mọi phường"]
    if held.ends_on and held.ends_on <= timezone.localdate():
        parts.append(f"đến {format_date(held.ends_on)}")
    if keeps and held.user.phone:
        parts.append(format_phone(held.user.phone))
    return ", ".join(parts)


def _person_page(held: Membership, user: Any) -> str:
    """The account for those who keep them, the unit with its people for the others."""
    if held.unit is None or user.has_perm(VIEW_ACCOUNTS, held.unit):
        return page_of(held.user)
    return page_of(held.unit)


SOURCES = (
    Source(key="units", label="Đơn vị", order=10, action="units.view_unit", find=_units),
    Source(key="people", label="Người", order=20, action=VIEW_PEOPLE, find=_people),
)
