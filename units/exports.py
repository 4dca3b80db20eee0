"""The units of a ward and their secretaries as a table that the import reads back unchanged."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.utils import timezone

from core.sheets import Column, Kind
from core.text import format_phone
from units.imports.kinds import kind_word
from units.models import Membership, Role, Unit

NONE = "chưa có"
COLUMNS = (
    Column("STT", Kind.COUNT, 6),
    Column("Mã", width=10),
    Column("Tên đơn vị", width=42),
    Column("Tên gọn", width=18),
    Column("Loại", width=26),
    Column("Họ và tên bí thư", width=28),
    Column("Số điện thoại", width=16),
    Column("Hoạt động từ ngày", Kind.DATE),
)


def rows(ward: Unit) -> Iterator[tuple[Any, ...]]:
    """The open units below ``ward``, as an official list, with the secretaries of today.

    Two people of one unit stand in two lines of a cell. Two queries.
    """
    units = Unit.objects.under(ward).filter(depth__gt=1).not_over(timezone.localdate()).in_order()
    people: dict[int | None, list[Any]] = {}
    held = Membership.objects.active().filter(unit__path__startswith=ward.path, role=Role.SECRETARY)
    for one in held.select_related("user").order_by("pk"):
        people.setdefault(one.unit_id, []).append(one.user)
    for number, unit in enumerate(units, 1):
        here = people.get(unit.pk, [])
        yield (
            number,
            unit.code,
            unit.name,
            unit.short_name,
            kind_word(unit.kind),
            "\n".join(person.full_name for person in here),
            _phones(here),
            unit.opened_on,
        )


def _phones(people: list[Any]) -> str:
    """The numbers line by line beside the names; "" where nobody has one."""
    if not any(person.phone for person in people):
        return ""
    return "\n".join(format_phone(person.phone) if person.phone else NONE for person in people)
