"""A PIN at a door: few tries, counted under a lock, and a rest that always ends.

The door is a row of a :class:`~units.models.PinDoor`; who opens it is told in words of its own.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from typing import Any

from django.contrib.auth.hashers import check_password
from django.db import models, transaction
from django.utils import timezone

from units.links.cards import DIGITS

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


class DoorGoneError(PinError):
    """Taken away meanwhile."""

    def __init__(self) -> None:
        super().__init__("Đường dẫn này không dùng được nữa. Đồng chí gọi văn phòng.")


def try_pin(
    doors: models.QuerySet[Any],
    pk: int,
    typed: str,
    *,
    tell: Callable[[Any, dt.datetime], models.Model],
    now: dt.datetime | None = None,
) -> None:
    """Return when ``typed`` is the PIN of the door ``pk``; raise a :class:`PinError` when not.

    ``doors`` holds those that may still be opened. ``tell(door, now)`` writes the row that
    tells the office of a rest. The try is counted, and the rest begun, before the PIN is
    compared: so many guesses at the same moment cannot be more than ``TRIES``, and the slow
    comparison holds no lock.
    """
    pin = digits_of(typed)
    now = now or timezone.now()
    charged, rest = _charge(doors, pk, now, tell)
    if not check_password(pin, charged.pin):
        if rest is not None:
            raise RestError(charged.closed_until, now)
        raise WrongPinError(TRIES - charged.wrong_count)
    _clear(doors, charged, rest)


def digits_of(typed: str) -> str:
    """The six digits of what was typed with spaces or dashes; raises ``PinFormatError``."""
    pin = _BETWEEN.sub("", typed)
    if len(pin) != DIGITS or not (pin.isascii() and pin.isdigit()):
        raise PinFormatError
    return pin


@transaction.atomic
def _charge(
    doors: models.QuerySet[Any],
    pk: int,
    now: dt.datetime,
    tell: Callable[[Any, dt.datetime], models.Model],
) -> tuple[Any, models.Model | None]:
    """Count one try; with the last one begin the rest and tell the office."""
    fresh = doors.select_for_update(of=("self",)).filter(pk=pk).first()
    if fresh is None:
        raise DoorGoneError
    if fresh.closed_until is not None and now < fresh.closed_until:
        raise RestError(fresh.closed_until, now)
    if fresh.wrong_at is None or fresh.closed_until is not None or now - fresh.wrong_at >= MEMORY:
        fresh.wrong_count = 0
    fresh.wrong_count += 1
    fresh.wrong_at, fresh.closed_until = now, None
    rest = None
    if fresh.wrong_count >= TRIES:
        fresh.closed_until = now + REST
        rest = tell(fresh, now)
    fresh.save(update_fields=["wrong_count", "wrong_at", "closed_until"])
    return fresh, rest


@transaction.atomic
def _clear(doors: models.QuerySet[Any], charged: Any, rest: models.Model | None) -> None:
    """The PIN was right: what was counted for it is taken back, unless it changed meanwhile."""
    changes: dict[str, Any] = {"wrong_count": 0, "wrong_at": None, "closed_until": None}
    cleared = doors.filter(pk=charged.pk, pin=charged.pin).update(**changes)
    if not cleared:
        raise DoorGoneError
    if rest is not None:
        rest.delete()
