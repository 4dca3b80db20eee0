"""Where goods come from, read out of an address as people write it."""

from __future__ import annotations

import re
from functools import lru_cache

_PROVINCE = re.compile(r"(?:tỉnh|thành phố|tp\.?)\s+(\S.*)$", re.IGNORECASE)
_COMMUNE = re.compile(r"^(?:xã|phường|thị trấn|đặc khu)\s+\S", re.IGNORECASE)
_ASIDE = re.compile(r"\([^)]*\)?")  # "(trước thuộc tỉnh Bắc Giang)"


@lru_cache(maxsize=4096)
def province_of(address: str) -> str:
    """ "Xã Bát Tràng, thành phố Hà Nội" -> "Hà Nội"; "" where the address has one part alone."""
    parts = _parts(address)
    if len(parts) < 2:
        return ""
    named = _PROVINCE.search(parts[-1])
    return (named[1] if named else parts[-1]).strip()


@lru_cache(maxsize=4096)
def commune_of(address: str) -> str:
    """The ward or commune of an address, "Xã Bát Tràng"; "" where none is named."""
    found = next((part for part in _parts(address) if _COMMUNE.match(part)), "")
    return found[:1].upper() + found[1:]


def _parts(address: str) -> list[str]:
    return [part.strip(" .") for part in _ASIDE.sub("", address).split(",") if part.strip(" .")]
