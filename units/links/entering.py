"""Who comes in by a unit's card."""

from __future__ import annotations

import datetime as dt

from django.utils import timezone

from accounts.models import User
from core.text import format_date
from units.links.pins import DoorGoneError, PinError, try_pin
from units.models import LinkEvent, Membership, Role, Unit, UnitLink


class LinkGoneError(PinError):
    def __init__(self) -> None:
        super().__init__("Thẻ này đã được thay. Đồng chí dùng thẻ mới nhất, hoặc gọi văn phòng.")


def enter(link: UnitLink, typed: str, *, now: dt.datetime | None = None) -> None:
    """Return when ``typed`` is the PIN of ``link``; raise a :class:`~units.links.PinError` when not."""
    try:
        try_pin(UnitLink.objects.in_use(), link.pk, typed, tell=_tell, now=now)
    except DoorGoneError as error:
        raise LinkGoneError from error


def _tell(link: UnitLink, now: dt.datetime) -> LinkEvent:
    return LinkEvent.objects.create(
        unit_id=link.unit_id, link=link, name=LinkEvent.Name.REST, actor=None, at=now
    )


def people_of(unit: Unit) -> list[User]:
    """Whom a phone of ``unit`` may stand for: its secretaries of today."""
    held = Membership.objects.active().filter(unit=unit, role=Role.SECRETARY)
    people = User.objects.filter(pk__in=held.values("user"), is_active=True)
    return list(people.order_by("full_name", "pk"))


def closed_sentence(unit: Unit, today: dt.date | None = None) -> str:
    """Why no new phone is let in to a unit that is no more; empty while it is open."""
    today = today or timezone.localdate()
    if unit.closed_on is None or unit.closed_on > today:
        return ""
    now = [one.to_unit.name for one in unit.successors.select_related("to_unit")]
    after = f", nay là {', '.join(now)}" if now else ""
    return (
        f"{unit.name} đã thôi hoạt động từ ngày {format_date(unit.closed_on)}{after}. "
        "Đồng chí gọi văn phòng để nhận thẻ của đơn vị mới."
    )
