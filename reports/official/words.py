"""Figures in words, the same in prose and annex."""

from __future__ import annotations

from core.text import format_count, format_number
from reports.official.figures import Told
from reports.statistics import Amount

NOTHING = "–"


def amount_words(amount: Amount) -> str:
    """ "05", "3.412", "95,3%"; a dash where nobody gave a number."""
    if not amount.is_known:
        return NOTHING
    if amount.is_share:
        return f"{format_number(amount.percent or 0, 1)}%"
    return format_count(amount.value or 0)


def annex_words(amount: Amount) -> str:
    """As in prose, without the zero before a small number: figures stand in columns."""
    if not amount.is_known or amount.is_share:
        return amount_words(amount)
    return format_number(amount.value or 0)


def change_words(line: Told) -> str:
    """For the annex: "+18 (+31,0%)", "-3", "bằng cùng kỳ", "+2,1 điểm %", a dash."""
    change = line.change
    if change is None:
        return NOTHING
    count, percent = change
    if not count:
        return "bằng cùng kỳ"
    if line.is_share:
        return f"{_signed(count / 10, 1)} điểm %"
    more = f" ({_signed(percent, 1)}%)" if percent is not None else ""
    return f"{_signed(count)}{more}"


def _signed(number: float, decimals: int | None = None) -> str:
    return f"{'+' if number > 0 else ''}{format_number(number, decimals)}"
