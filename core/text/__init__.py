"""Vietnamese text: normal form, search and sort keys, numbers, dates, telephone numbers.

Pure Python, no Django: the plan reader uses it too. Every error is a ``ValueError`` whose
text is one Vietnamese sentence, fit to show beside the field.
"""

from core.text.dates import (
    DateFormatError,
    Period,
    first_of_month,
    format_date,
    format_month,
    last_day,
    long_date,
    month_slug,
    next_month,
    parse_date,
    parse_month,
    parse_period,
    previous_month,
)
from core.text.letters import clean, fold, nfc, sort_key
from core.text.marks import marked
from core.text.numbers import (
    MAX_COUNT,
    Count,
    NumberFormatError,
    format_count,
    format_number,
    parse_count,
)
from core.text.phones import PhoneFormatError, format_phone, parse_phone

__all__ = [
    "MAX_COUNT",
    "Count",
    "DateFormatError",
    "NumberFormatError",
    "Period",
    "PhoneFormatError",
    "clean",
    "first_of_month",
    "fold",
    "format_count",
    "format_date",
    "format_month",
    "format_number",
    "format_phone",
    "last_day",
    "long_date",
    "marked",
    "month_slug",
    "next_month",
    "nfc",
    "parse_count",
    "parse_date",
    "parse_month",
    "parse_period",
    "parse_phone",
    "previous_month",
    "sort_key",
]
