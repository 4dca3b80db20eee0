"""Days, months and periods as people write them (``DOMAIN`` §H) and as offices print them."""

import datetime as dt
import re
from typing import NamedTuple

from core.text.letters import fold

FIRST_YEAR, LAST_YEAR = 1900, 2100
_VIETNAM = dt.timezone(dt.timedelta(hours=7))  # no summer time since 1975

_UNCLEAR_DAY = "Chưa đọc được ngày này, hãy nhập ngày, tháng, năm, ví dụ: 21/4/2027."
_UNCLEAR_MONTH = "Chưa đọc được tháng này, hãy nhập tháng và năm, ví dụ: 4/2027."
_UNCLEAR_PERIOD = "Chưa đọc được thời gian này, hãy nhập như ví dụ: Quý I/2027."
_WRONG_MONTH = "Tháng chỉ có từ 1 đến 12, hãy nhập theo thứ tự ngày/tháng/năm, ví dụ: 21/4/2027."
_WRONG_YEAR = "Năm phải từ 1900 đến 2100, hãy nhập đủ bốn chữ số của năm, ví dụ: 2027."


class DateFormatError(ValueError):
    """A day or month that cannot be read; the text is a Vietnamese sentence for the user."""


class Period(NamedTuple):
    """From ``start`` up to, not including, ``end``."""

    start: dt.date
    end: dt.date


def today_in_vietnam() -> dt.date:
    return dt.datetime.now(_VIETNAM).date()


# -- In -----------------------------------------------------------------------

_YEAR = r"(?P<year>\d{4}|\d{2})"
_DAY_FORMS = [
    re.compile(pattern)
    for pattern in (
        r"(?P<year>\d{4})-(?P<month>\d{1,2})-(?P<day>\d{1,2})",
        rf"(?:ngay )?(?P<day>\d{{1,2}}) ?([/.-]) ?(?P<month>\d{{1,2}}) ?\2 ?{_YEAR}",
        r"(?:ngay )?(?P<day>\d{1,2}) ?[/-] ?(?P<month>\d{1,2})",
        r"(?:ngay )?(?P<day>\d{1,2}) thang (?P<month>\d{1,2})(?:,? nam (?P<year>\d{4}))?",
        r"(?:ngay )?(?P<day>\d{1,2}) thang (?P<month>\d{1,2}) ?[/-] ?(?P<year>\d{4})",
    )
]
_MONTH_FORMS = [
    re.compile(pattern)
    for pattern in (
        r"(?P<year>\d{4})-(?P<month>\d{1,2})",
        r"(?:thang )?(?P<month>\d{1,2}) ?[/.-] ?(?P<year>\d{4})",
        r"thang (?P<month>\d{1,2}),? nam (?P<year>\d{4})",
    )
]
_QUARTERS = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "1": 1, "2": 2, "3": 3, "4": 4}
_QUARTER = re.compile(r"quy (?P<quarter>iv|i{1,3}|[1-4])(?: ?[/-] ?| nam |, nam )(?P<year>\d{4})")
_HALF = re.compile(r"(?:6|sau) thang (?P<half>dau|cuoi) nam(?: (?P<year>\d{4}))?")
_WHOLE_YEAR = re.compile(r"nam (?P<year>\d{4})")


def parse_date(text: str, today: dt.date | None = None) -> dt.date:
    """The day that ``text`` names, day before month always.

    Reads 21/4/2027, 21-4-2027, 21.4.27, 2027-04-21, "ngày 21 tháng 4 năm 2027", and without a
    year ("22/3", "ngày 22 tháng 3") in the year of ``today`` (now, in Vietnam, when left out).

    Raises :class:`DateFormatError`.
    """
    written = _plain(text)
    for form in _DAY_FORMS:
        if match := form.fullmatch(written):
            parts = match.groupdict()
            year = _year(parts.get("year") or str((today or today_in_vietnam()).year))
            return _day(year, int(parts["month"]), int(parts["day"]))
    raise DateFormatError(_UNCLEAR_DAY)


def parse_month(text: str) -> dt.date:
    """The first day of the month that ``text`` names: "2027-04", 4/2027, "tháng 4/2027".

    Raises :class:`DateFormatError`.
    """
    written = _plain(text)
    for form in _MONTH_FORMS:
        if match := form.fullmatch(written):
            return _day(_year(match["year"]), int(match["month"]), 1)
    raise DateFormatError(_UNCLEAR_MONTH)


def parse_period(text: str, today: dt.date | None = None) -> Period:
    """The months that ``text`` names: a month, "Quý I/2027", "6 tháng đầu năm", "năm 2027".

    Half years without a year are of the year of ``today``. Raises :class:`DateFormatError`.
    """
    written = _plain(text)
    if match := _QUARTER.fullmatch(written):
        return _months(match["year"], 3 * _QUARTERS[match["quarter"]] - 2, 3)
    if match := _HALF.fullmatch(written):
        year = match["year"] or str((today or today_in_vietnam()).year)
        return _months(year, 1 if match["half"] == "dau" else 7, 6)
    if match := _WHOLE_YEAR.fullmatch(written):
        return _months(match["year"], 1, 12)
    try:
        start = parse_month(text)
    except DateFormatError as error:
        raise DateFormatError(_UNCLEAR_PERIOD) from error
    return Period(start, next_month(start))


def _plain(text: str) -> str:
    return fold(text).rstrip(".,;").rstrip()


def _year(written: str) -> int:
    year = int(written) + (2000 if len(written) == 2 else 0)
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise DateFormatError(_WRONG_YEAR)
    return year


def _day(year: int, month: int, day: int) -> dt.date:
    if not 1 <= month <= 12:
        raise DateFormatError(_WRONG_MONTH)
    try:
        return dt.date(year, month, day)
    except ValueError as error:
        last = last_day(dt.date(year, month, 1)).day
        raise DateFormatError(
            f"Tháng {month}/{year} chỉ có từ ngày 1 đến ngày {last}, hãy kiểm tra rồi nhập lại,"
            f" ví dụ: {last}/{month}/{year}."
        ) from error


def _months(year: str, first: int, count: int) -> Period:
    start = dt.date(_year(year), first, 1)
    after = first + count - 1
    return Period(start, dt.date(start.year + after // 12, after % 12 + 1, 1))


# -- Out ----------------------------------------------------------------------


def format_date(day: dt.date) -> str:
    """A day on screens: 21/4/2027."""
    return f"{day.day}/{day.month}/{day.year}"


def long_date(day: dt.date) -> str:
    """A day in official text: "ngày 05 tháng 02 năm 2026".

    Days below 10 and the months 1 and 2 take a zero (Nghị định 30/2020/NĐ-CP, Phụ lục I; the
    Party's guides say the same).
    """
    month = f"{day.month:02}" if day.month <= 2 else str(day.month)
    return f"ngày {day.day:02} tháng {month} năm {day.year}"


def format_month(month: dt.date) -> str:
    """A month on screens: tháng 4/2027."""
    return f"tháng {month.month}/{month.year}"


def month_slug(month: dt.date) -> str:
    """A month in an address: 2027-04. :func:`parse_month` reads it back."""
    return f"{month.year:04}-{month.month:02}"


# -- Months -------------------------------------------------------------------


def first_of_month(day: dt.date) -> dt.date:
    return dt.date(day.year, day.month, 1)


def next_month(day: dt.date) -> dt.date:
    """The first day of the month after that of ``day``."""
    return dt.date(day.year + day.month // 12, day.month % 12 + 1, 1)


def previous_month(day: dt.date) -> dt.date:
    """The first day of the month before that of ``day``."""
    return first_of_month(first_of_month(day) - dt.timedelta(days=1))


def last_day(day: dt.date) -> dt.date:
    """The last day of the month of ``day``."""
    return next_month(day) - dt.timedelta(days=1)
