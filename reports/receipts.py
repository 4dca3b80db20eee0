"""The number of a receipt: ward, month, unit, and from the second time on which time."""

from __future__ import annotations

import re
from functools import lru_cache

from core.text import fold, month_slug
from reports.models import MonthlyReport

_KIND_OF_WARD = re.compile(r"(phường|xã|đặc khu|thị trấn)\s+", re.IGNORECASE)


def receipt_number(report: MonthlyReport, number: int) -> str:
    """ "PL-2026-11-0012" for the first hand-in of a report, "PL-2026-11-0012/2" for the second.

    Unit and month are unique, so the number is too; it can be read over the telephone.
    """
    written = f"{_initials(report.ward.name)}-{month_slug(report.month)}-{report.unit_id:04}"
    return written if number == 1 else f"{written}/{number}"


@lru_cache(maxsize=1000)
def _initials(ward_name: str) -> str:
    """ "Phường Phương Liệt" -> "PL"."""
    place = _KIND_OF_WARD.sub("", ward_name, count=1)
    return "".join(word[0] for word in fold(place).split() if word[0].isalnum()).upper() or "BC"
