"""Numbers below bar codes: GTIN-8, 12, 13 and 14 with their check digit (GS1 General Specifications, 7.9)."""

from __future__ import annotations

import re

_SEPARATOR = re.compile(r"[\s.\-]+")
LENGTHS = (8, 12, 13, 14)


class BarcodeFormatError(ValueError):
    """``str(error)`` is one sentence, fit to show beside the field."""


def parse_barcode(typed: str) -> str:
    """The digits of ``typed``; spaces, dots and hyphens may stand between them.

    Raises :class:`BarcodeFormatError` when it is no bar code or a digit was mistyped.
    """
    digits = _SEPARATOR.sub("", typed)
    if not (digits.isascii() and digits.isdigit()) or len(digits) not in LENGTHS:
        raise BarcodeFormatError(
            "Mã vạch có 8, 12, 13 hoặc 14 chữ số, in ngay dưới các vạch. Hãy gõ lại cả dãy số."
        )
    if check_digit(digits[:-1]) != int(digits[-1]):
        raise BarcodeFormatError(
            "Dãy số này không khớp chữ số kiểm tra ở cuối. Hãy xem lại từng số trên bao bì."
        )
    return digits


def check_digit(body: str) -> int:
    """The last digit for ``body``: weights 3, 1, 3 … from the right."""
    total = sum(
        int(digit) * (3 if place % 2 == 0 else 1) for place, digit in enumerate(reversed(body))
    )
    return -total % 10
