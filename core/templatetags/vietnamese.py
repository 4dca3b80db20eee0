"""Numbers and days in templates as :mod:`core.text` writes them; nothing for None and ""."""

import datetime as dt
from decimal import Decimal

from django import template
from django.utils import timezone

from core import text

register = template.Library()


def _day(value: dt.date | dt.datetime) -> dt.date:
    if isinstance(value, dt.datetime):
        return (timezone.localtime(value) if timezone.is_aware(value) else value).date()
    return value


@register.filter
def number(value: int | float | Decimal | None, decimals: int | None = None) -> str:
    """``{{ 1234.5|number }}`` 1.234,5; ``{{ rate|number:1 }}`` with one decimal."""
    return "" if value in (None, "") else text.format_number(value, decimals)


@register.filter
def count(value: int | None) -> str:
    """``{{ 2|count }}`` 02, the form of official text."""
    return "" if value in (None, "") else text.format_count(value)


@register.filter
def day(value: dt.date | dt.datetime | None) -> str:
    """``{{ report.due_on|day }}`` 21/4/2027; a time in the day it has in Vietnam."""
    return text.format_date(_day(value)) if value else ""


@register.filter
def longdate(value: dt.date | dt.datetime | None) -> str:
    """``{{ plan.issued_on|longdate }}`` ngày 05 tháng 02 năm 2026."""
    return text.long_date(_day(value)) if value else ""


@register.filter
def month(value: dt.date | dt.datetime | None) -> str:
    """``{{ report.month|month }}`` tháng 4/2027."""
    return text.format_month(_day(value)) if value else ""


@register.filter
def phone(value: str | None) -> str:
    """``{{ user.phone|phone }}`` 0912 345 678."""
    return text.format_phone(value) if value else ""


@register.filter
def zalo(value: str | None) -> str:
    """``{{ profile.office_phone|zalo }}`` the address that opens a chat; nothing for a landline."""
    digits = "".join(sign for sign in value or "" if sign.isdigit())
    is_mobile = digits.startswith(("843", "845", "847", "848", "849"))
    return f"https://zalo.me/{digits}" if is_mobile else ""
