"""Which ward and which month an office page speaks of."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db.models import QuerySet
from django.http import Http404, HttpRequest

from core.fingerprints import fingerprint
from core.text import DateFormatError, parse_month
from reports import rules
from reports.models import MonthlyReport
from units.models import Unit
from units.permissions import scope_q

__all__ = [
    "FIRST_YEAR",
    "choose_month",
    "choose_ward",
    "fingerprint",
    "permitted_wards",
    "waiting_for",
    "ward_context",
    "wards_for",
]

FIRST_YEAR = 2000


def wards_for(request: HttpRequest) -> list[Unit]:
    """The wards whose reports this person may see as a whole."""
    return permitted_wards(request, rules.VIEW)


def permitted_wards(request: HttpRequest, action: str) -> list[Unit]:
    """The wards on which this person may do ``action``."""
    return list(Unit.objects.wards().permitted(request.user, action).select_related("profile"))


def choose_ward(request: HttpRequest, wards: list[Unit]) -> Unit:
    """The ward that ``?phuong=`` names, else the first; 404 where there is none."""
    wanted = request.GET.get("phuong", "")
    if wanted:
        wards = [ward for ward in wards if str(ward.pk) == wanted]
    if not wards:
        raise Http404
    return wards[0]


def ward_context(ward: Unit, wards: list[Unit]) -> dict[str, Any]:
    """What the templates need to stay in the chosen ward."""
    return {
        "ward": ward,
        "wards": wards,
        "ward_query": f"&phuong={ward.pk}" if len(wards) > 1 else "",
    }


def choose_month(request: HttpRequest, current: dt.date, name: str = "thang") -> dt.date:
    """The month in the address; the current one where none is, or none that can be read."""
    try:
        month = parse_month(request.GET.get(name, ""))
    except DateFormatError:
        return current
    return month if FIRST_YEAR <= month.year < FIRST_YEAR + 100 else current


def waiting_for(user: Any) -> QuerySet[MonthlyReport]:
    """What ``user`` may review now, the oldest first."""
    inside = scope_q(user, rules.REVIEW, prefix="unit__")
    return MonthlyReport.objects.filter(inside).awaiting_review().not_handed_in_by(user)
