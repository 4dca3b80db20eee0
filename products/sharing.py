"""Addresses that hand a page on: to Zalo, to Facebook, as a square to photograph."""

from __future__ import annotations

import base64
import json
from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import quote, urlencode

from core.qr import QrCode, qr_code


@dataclass(frozen=True)
class Share:
    url: str
    zalo: str
    facebook: str
    qr: QrCode


def share_of(url: str) -> Share:
    """``url`` is whole, with its host."""
    return Share(url, zalo_link(url), facebook_link(url), _qr(url))


@lru_cache(maxsize=512)
def _qr(url: str) -> QrCode:
    """Worked out once: it takes as long as the rest of a page."""
    return qr_code(url)


def zalo_link(url: str) -> str:
    """The page that Zalo's own button opens; it takes the address as Base64 of JSON."""
    packed = base64.b64encode(json.dumps({"url": url}).encode()).decode()
    asked = {"layout": "1", "color": "blue", "customize": "false", "d": packed, "shareType": "0"}
    return f"https://button-share.zalo.me/share_external?{urlencode(asked)}"


def facebook_link(url: str) -> str:
    return f"https://www.facebook.com/sharer/sharer.php?u={quote(url, safe='')}"


def directions(address: str, latitude: object = None, longitude: object = None) -> str:
    """The map application with the way there; nothing is loaded from it before the tap."""
    there = f"{latitude},{longitude}" if latitude is not None else address
    return f"https://www.google.com/maps/dir/?{urlencode({'api': '1', 'destination': there})}"
