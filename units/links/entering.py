"""The PIN at the door: few tries, counted under a lock, and a rest that always ends."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

from django.contrib.auth.hashers import check_password
from django.db import transaction
from django.utils import timezone

from accounts.models import User
from core.text import format_date
from units.links.cards import DIGITS
from units.models import LinkEvent, Membership, Role, Unit, UnitLink

TRIES = 5
REST = dt.timedelta(minutes=15)
# Counted so long, or four guesses in each quarter of an hour would never be told to anyone.
MEMORY = dt.timedelta(days=30)
_BETWEEN = re.compile(r"[\s.\-–—_\u200b]+")


class PinError(Exception):
    """The PIN does not open the door now. ``str(error)`` is fit to show."""


class PinFormatError(PinError):
    """No six digits: no try either."""

    def __init__(self) -> None:
        super().__init__(f"Mã PIN gồm {DIGITS} chữ số, đồng chí xem lại tờ mã PIN rồi nhập đủ.")


class WrongPinError(PinError):
    def __init__(self, left: int) -> None:
        super().__init__(
            f"Mã PIN chưa đúng. Còn {left} lần thử. Nếu không nhớ mã, đồng chí gọi văn phòng."
        )


class RestError(PinError):
    """Too many wrong ones; also the right one waits."""

    def __init__(self, until: dt.datetime, now: dt.datetime) -> None:
        minutes = max(1, -(-int((until - now).total_seconds()) // 60))
        super().__init__(
            f"Đã nhập sai {TRIES} lần. Đồng chí chờ {minutes} phút nữa, đến "
            f"{timezone.localtime(until):%H:%M}, rồi nhập lại; hoặc gọi văn phòng để nhận mã mới."
        )
        self.until = until


class LinkGoneError(PinError):
    def __init__(self) -> None:
        super().__init__("Thẻ này đã được thay. Đồng chí dùng thẻ mới nhất, hoặc gọi văn phòng.")


def enter(link: UnitLink, typed: str, *, now: dt.datetime | None = None) -> None:
    """Return when ``typed`` is the PIN of ``link``; raise a :class:`PinError` when not.

    The try is counted, and the rest begun, before the PIN is compared: so many guesses at
    the same moment cannot be more than ``TRIES``, and the slow comparison holds no lock.
    """
    pin = digits_of(typed)
    now = now or timezone.now()
    charged, rest = _charge(link, now)
    if not check_password(pin, charged.pin):
        if rest is not None:
            raise RestError(charged.closed_until, now)
        raise WrongPinError(TRIES - charged.wrong_count)
    _clear(charged, rest)


def digits_of(typed: str) -> str:
    """The six digits of what was typed with spaces or dashes; raises ``PinFormatError``."""
    pin = _BETWEEN.sub("", typed)
    if len(pin) != DIGITS or not (pin.isascii() and pin.isdigit()):
        raise PinFormatError
    return pin


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


@transaction.atomic
def _charge(link: UnitLink, now: dt.datetime) -> tuple[UnitLink, LinkEvent | None]:
    """Count one try; with the last one begin the rest and tell the office."""
    fresh = UnitLink.objects.select_for_update().in_use().filter(pk=link.pk).first()
    if fresh is None:
        raise LinkGoneError
    if fresh.closed_until is not None and now < fresh.closed_until:
        raise RestError(fresh.closed_until, now)
    if fresh.wrong_at is None or fresh.closed_until is not None or now - fresh.wrong_at >= MEMORY:
        fresh.wrong_count = 0
    fresh.wrong_count += 1
    fresh.wrong_at, fresh.closed_until = now, None
    rest = None
    if fresh.wrong_count >= TRIES:
        fresh.closed_until = now + REST
        rest = LinkEvent.objects.create(
            unit_id=fresh.unit_id, link=fresh, name=LinkEvent.Name.REST, actor=None, at=now
        )
    fresh.save(update_fields=["wrong_count", "wrong_at", "closed_until"])
    return fresh, rest


@transaction.atomic
def _clear(charged: UnitLink, rest: LinkEvent | None) -> None:
    """The PIN was right: what was counted for it is taken back, unless it changed meanwhile."""
    changes: dict[str, Any] = {"wrong_count": 0, "wrong_at": None, "closed_until": None}
    cleared = UnitLink.objects.in_use().filter(pk=charged.pk, pin=charged.pin).update(**changes)
    if not cleared:
        raise LinkGoneError
    if rest is not None:
        rest.delete()
