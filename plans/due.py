"""Codes of deadlines (shared form "monthly:20", "2026-Q4", …) in the words of an office, and back."""

import re
from collections.abc import Iterable

from core.text import DateFormatError, format_date, parse_date
from plans.reader.deadlines import in_column, is_code

SEPARATOR = "; "
_DAY = re.compile(r"\d{1,2}\s*[/.-]\s*\d{1,2}(?:\s*[/.-]\s*\d{2,4})?")
ROMAN = {"1": "I", "2": "II", "3": "III", "4": "IV"}


def in_words(code: str) -> str:
    """ "monthly:20" -> "ngày 20 hằng tháng"; text that is no code comes back as it is."""
    if "/" in code and re.match(r"\d{4}-", code):
        first, second = code.split("/", 1)
        return f"từ {in_words(first)} đến {in_words(second)}"
    if code == "always":
        return "thường xuyên"
    for pattern, words in (
        (r"monthly:(\d+)", r"ngày \1 hằng tháng"),
        (r"quarterly:(\d+)", r"ngày \1 của tháng cuối quý"),
    ):
        if re.fullmatch(pattern, code):
            return re.sub(pattern, words, code)
    match = re.fullmatch(r"yearly:(\d{2})-(\d{2})", code)
    if match:
        return f"ngày {int(match[2])}/{int(match[1])} hằng năm"
    match = re.fullmatch(r"(\d{4})-Q([1-4])", code)
    if match:
        return f"quý {ROMAN[match[2]]}/{match[1]}"
    match = re.fullmatch(r"(\d{4})-(\d{2})", code)
    if match:
        return f"tháng {int(match[2])}/{match[1]}"
    match = re.fullmatch(r"(\d{4})-(\d{2})-(\d{2})(?:T(\d{2}):(\d{2}))?", code)
    if match:
        day = f"{int(match[3])}/{int(match[2])}/{match[1]}"
        return f"{match[4]} giờ {match[5]}, ngày {day}" if match[4] else day
    return code


def list_in_words(codes: list[str]) -> str:
    return SEPARATOR.join(map(in_words, codes))


def parse_list(text: str, year: int | None) -> list[str]:
    """The codes of what a person typed, parts parted by ";". Unknown forms are kept as text."""
    return [found.code for part in _parts(text) for found in in_column(_in_full(part), year)]


def fault_of(text: str) -> str:
    """Why a part that is written as a day is none, a sentence; "" else. Words are not judged."""
    for part in _parts(text):
        if _DAY.fullmatch(part):
            try:
                parse_date(part)
            except DateFormatError as error:
                return f"“{part}”: {error}"
    return ""


def is_unread(codes: Iterable[str]) -> bool:
    """Is there a deadline in words that nothing can be counted from?"""
    return not all(map(is_code, codes))


def _parts(text: str) -> list[str]:
    return [part for one in text.split(";") if (part := one.strip())]


def _in_full(part: str) -> str:
    """ "15/12/26" with the four figures of its year; a day without a year is of the plan's."""
    if len(re.findall(r"\d+", part)) < 3 or not _DAY.fullmatch(part):
        return part
    try:
        return format_date(parse_date(part))
    except DateFormatError:
        return part
