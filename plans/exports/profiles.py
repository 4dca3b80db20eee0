"""Which rule book a plan is printed by, when nobody chooses one."""

from __future__ import annotations

import datetime as dt
import re

from django.utils import timezone

from core.docx import MTTQ, ND30, PARTY_HD05, PARTY_HD36, Profile
from core.text import fold
from plans.models import Plan

HD05_FROM = dt.date(2026, 5, 27)
FRONT = re.compile(r"\b(?:mttq|mat tran to quoc)\b")
PARTY = re.compile(r"\b(?:dang bo|dang uy|chi bo|chi uy|thanh uy|tinh uy|quan uy|huyen uy)\b")
PARTY_SYMBOL = re.compile(r"[-/](?:ĐU|CB|ĐB|TU|QU|HU|TW)\b")


def default_profile(plan: Plan) -> Profile:
    """By the symbol and the organs: Front, Party (by the day of the plan), else state.

    A plan without a day is a draft of today.
    """
    symbol = plan.code or plan.reading.get("symbol") or ""
    issuer, above = fold(plan.issuer), fold(plan.superior)
    if "MTTQ" in symbol or FRONT.search(f"{above} {issuer}"):
        return MTTQ
    is_party = PARTY_SYMBOL.search(f"-{symbol}") or PARTY.search(f"{above} {issuer}")
    if not is_party:
        return ND30
    day = plan.issued_on or _month(plan) or timezone.localdate()
    return PARTY_HD05 if day >= HD05_FROM else PARTY_HD36


def _month(plan: Plan) -> dt.date | None:
    """The first day of the month of a plan whose day is blank."""
    month = plan.reading.get("issued_month")
    return dt.date.fromisoformat(f"{month}-01") if month else None
