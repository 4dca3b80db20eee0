"""Cards and PINs: given out, replaced, taken back. Who did it is kept."""

from __future__ import annotations

import datetime as dt
import secrets
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise
from typing import Any

from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.utils import timezone

from core.workflow import StaleError
from units.links.tokens import fresh_nonce
from units.models import Device, LinkEvent, Unit, UnitLink

Name = LinkEvent.Name
DIGITS = 6


def stamp(link: UnitLink | None) -> str:
    """What a page saw of a unit's link: another card or another PIN gives another stamp."""
    return f"{link.pk}-{link.pin_set_at.timestamp():.6f}" if link else "0"


@transaction.atomic
def issue(
    unit: Unit,
    *,
    actor: Any,
    seen: str | None = None,
    pin: str | None = None,
    event: str = Name.ISSUED,
) -> tuple[UnitLink, str]:
    """A new card for ``unit``: its link, and the PIN, which nobody can read again later.

    The card in use dies, and its phones with it. Raises :class:`core.workflow.StaleError`
    when ``seen`` is given and is no longer the :func:`stamp` of the link in use.
    """
    current = _lock(unit, seen)
    if current is not None:
        _retire(current, actor)
    return _create(unit, actor, pin or fresh_pin(), event)


def hand_over(unit: Unit, actor: Any, seen: str | None = None) -> tuple[UnitLink, str]:
    """Another secretary: every phone of the unit is forgotten, a new card and a new PIN."""
    return issue(unit, actor=actor, seen=seen, event=Name.HANDED_OVER)


def issue_missing(units: Iterable[Unit], *, actor: Any) -> list[tuple[UnitLink, str]]:
    """Cards for those of ``units`` that have none in use; the PINs are hashed before the lock."""
    held = UnitLink.objects.in_use().values_list("unit", flat=True)
    without = [unit for unit in units if unit.pk not in set(held)]
    pins = [fresh_pin() for _ in without]
    hashes = _hash_all(pins)
    given = []
    with transaction.atomic():
        for unit, pin, hashed in zip(without, pins, hashes, strict=True):
            if _lock(unit, None) is None:
                given.append(_create(unit, actor, pin, Name.ISSUED, hashed))
    return given


@transaction.atomic
def new_pin(link: UnitLink, actor: Any, seen: str | None = None) -> str:
    """Another PIN for the same card. Phones that are in stay in; a rest ends."""
    current = _lock(link.unit, seen)
    if current is None or current.pk != link.pk:
        raise StaleError(current)
    pin = fresh_pin()
    _set_pin(current, make_password(pin), actor)
    return pin


def new_pins(links: Iterable[UnitLink], *, actor: Any) -> list[tuple[UnitLink, str]]:
    """Other PINs for many cards at once, for slips that were lost before they were used."""
    wanted = list(links)
    pins = [fresh_pin() for _ in wanted]
    hashes = _hash_all(pins)
    with transaction.atomic():
        for link, hashed in zip(wanted, hashes, strict=True):
            _set_pin(link, hashed, actor)
    return list(zip(wanted, pins, strict=True))


@transaction.atomic
def revoke(link: UnitLink, actor: Any, seen: str | None = None) -> None:
    """The card and its phones open nothing any more; the unit has none until the next."""
    current = _lock(link.unit, seen)
    if current is not None and current.pk == link.pk:
        _retire(current, actor)
        LinkEvent.objects.create(unit_id=link.unit_id, link=current, name=Name.REVOKED, actor=actor)


def note_rests(unit: Unit, *, actor: Any) -> int:
    """The office has seen that wrong PINs were tried; how many rests that were."""
    rests = LinkEvent.objects.to_tell().filter(unit=unit)
    return rests.update(noted_at=timezone.now(), noted_by=actor)


def fresh_pin() -> str:
    """Six digits by chance, none of those that people try first."""
    while is_trivial(pin := f"{secrets.randbelow(10**DIGITS):0{DIGITS}}"):
        pass
    return pin


def is_trivial(pin: str) -> bool:
    """000000, 123456, 121212, 123123, 112233 and their like."""
    digits = [int(sign) for sign in pin]
    steps = {after - before for before, after in pairwise(digits)}
    pairs = {pin[i : i + 2] for i in range(0, DIGITS, 2)}
    doubled = all(pin[i] == pin[i + 1] for i in range(0, DIGITS, 2))
    return (
        len(set(pin)) < 3
        or steps in ({1}, {-1})
        or pin[:3] == pin[3:]
        or pin == pin[::-1]
        or len(pairs) == 1
        or doubled
    )


def _lock(unit: Unit, seen: str | None) -> UnitLink | None:
    """The link in use, with its unit held against others who would give out a card."""
    Unit.objects.select_for_update().get(pk=unit.pk)
    current = UnitLink.objects.in_use().filter(unit=unit).first()
    if seen is not None and seen != stamp(current):
        raise StaleError(current)
    return current


def _retire(link: UnitLink, actor: Any) -> None:
    now = timezone.now()
    Device.objects.in_use().filter(unit_id=link.unit_id).update(revoked_at=now, revoked_by=actor)
    link.revoked_at, link.revoked_by = now, actor
    link.save(update_fields=["revoked_at", "revoked_by"])


def _create(unit: Unit, actor: Any, pin: str, event: str, hashed: str = "") -> tuple[UnitLink, str]:
    nonce, token_hash = fresh_nonce()
    link = UnitLink.objects.create(
        unit=unit,
        nonce=nonce,
        token_hash=token_hash,
        pin=hashed or make_password(pin),
        issued_by=actor,
    )
    LinkEvent.objects.create(unit=unit, link=link, name=event, actor=actor, at=link.issued_at)
    return link, pin


def _set_pin(link: UnitLink, hashed: str, actor: Any) -> None:
    now: dt.datetime = timezone.now()
    link.pin, link.pin_set_at = hashed, now
    link.wrong_count, link.wrong_at, link.closed_until = 0, None, None
    link.save(update_fields=["pin", "pin_set_at", "wrong_count", "wrong_at", "closed_until"])
    LinkEvent.objects.create(
        unit_id=link.unit_id, link=link, name=Name.NEW_PIN, actor=actor, at=now
    )


def _hash_all(pins: list[str]) -> list[str]:
    """A hash takes a quarter of a second and lets other threads run meanwhile."""
    with ThreadPoolExecutor(4) as pool:
        return list(pool.map(make_password, pins))
