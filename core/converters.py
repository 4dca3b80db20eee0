"""A month in an address, 2026-11, as ``<month:month>``. Importing this module registers it."""

import datetime as dt

from django.urls import register_converter

from core.text import month_slug


class MonthConverter:
    regex = r"20[0-9]{2}-(?:0[1-9]|1[0-2])"

    def to_python(self, value: str) -> dt.date:
        return dt.date(int(value[:4]), int(value[5:]), 1)  # the expression has checked it

    def to_url(self, value: dt.date) -> str:
        return month_slug(value)


register_converter(MonthConverter, "month")
