"""What is printed: the card of a unit with its QR code, and the slip with the PIN."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest

from core.qr import QrCode, qr_code
from units import links
from units.models import Unit, UnitLink


@dataclass(frozen=True)
class Card:
    """``address`` and ``code`` are missing where the key that made the card is gone."""

    unit: Unit
    link: UnitLink
    address: str
    code: QrCode | None
    pin: str = ""


def card_of(link: UnitLink, request: HttpRequest, pin: str = "") -> Card:
    address = links.address(link, request) or ""
    code = qr_code(address) if address else None
    return Card(link.unit, link, address, code, pin)
