"""Whom to call, remembered for the pages that must not ask the database.

Every card of a ward that a process reads is remembered in it, so the number stands on the error
page too when the database is what failed. A card of a host goes before the first ward's, as on
every other page.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.core.exceptions import DisallowedHost
from django.http import HttpRequest


@dataclass(frozen=True)
class Contact:
    """Named as the fields of the card, for it takes its place in the templates."""

    host: str
    office_phone: str
    office_phone_name: str


_known: dict[int, Contact] = {}


def remember(ward_pk: int, contact: Contact) -> None:
    _known[ward_pk] = contact


def forget() -> None:
    _known.clear()


def contact_for(request: HttpRequest) -> Contact | None:
    """The number for the page that ``request`` wants; None when no card was read yet."""
    try:
        host = request.get_host().split(":")[0]
    except DisallowedHost:
        host = ""
    cards = [_known[pk] for pk in sorted(_known)]
    return next((card for card in cards if card.host and card.host == host), None) or next(
        iter(cards), None
    )
