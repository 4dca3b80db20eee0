"""Where goods come from, read out of an address as people write it."""

from __future__ import annotations

import re

_PROVINCE = re.compile(r"^(?:tỉnh|thành phố|tp\.?)\s+", re.IGNORECASE)
_COMMUNE = re.compile(r"^(?:xã|phường|thị trấn|đặc khu)\s+\S", re.IGNORECASE)


def province_of(address: str) -> str:
    """ "Xã Bát Tràng, thành phố Hà Nội" -> "Hà Nội"; "" where the address has one part alone."""
    parts = _parts(address)
    return _PROVINCE.sub("", parts[-1]) if len(parts) > 1 else ""


def commune_of(address: str) -> str:
    """The ward or commune of an address, "Xã Bát Tràng"; "" where none is named."""
    found = next((part for part in _parts(address) if _COMMUNE.match(part)), "")
    return found[:1].upper() + found[1:]


def _parts(address: str) -> list[str]:
    return [part.strip(" .") for part in address.split(",") if part.strip(" .")]
