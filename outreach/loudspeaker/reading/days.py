"""Dates, months, quarters, days of the week, times of the day."""

from __future__ import annotations

import re

from outreach.loudspeaker.reading import spoken_numbers as say
from outreach.loudspeaker.reading.place import Found, Place

DASH = r"\s*[-–—]\s*"
_RANGE = re.compile(
    rf"(\d{{1,2}})(?:/(\d{{1,2}}))?(?:/(\d{{4}}))?{DASH}(\d{{1,2}})/(\d{{1,2}})(?:/(\d{{4}}))?(?![\d/]|[.,]\d)"
)
_WHOLE = re.compile(r"(\d{1,2})(?:\s?([/.\-])\s?)(\d{1,2})\s?\2\s?(\d{4})(?![\d/]|[.\-]\d)")
_SHORT_YEAR = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{2})(?![\d/])")
_ISO = re.compile(r"(\d{4})-(\d{2})-(\d{2})(?!\d)")
_DAY = re.compile(r"(\d{1,2})(\s?/\s?|[.\-])(\d{1,2})(?![\d/]|[.,]\d)")
_MONTH_YEAR = re.compile(r"(\d{1,2})\s?[/\-]\s?((?:19|20)\d\d)(?!\d)(?![/\-][A-ZĐ])")
_MONTHS = re.compile(rf"(\d{{1,2}})(?:{DASH}(\d{{1,2}}))?(?:\s?[/\-]\s?((?:19|20)\d\d))?(?![\d/])")
_FAMOUS = {(2, 9), (1, 5), (1, 6), (3, 2), (1, 1), (3, 3), (2, 2)}
_BEFORE_A_DAY = re.compile(
    r"(?<!\w)(ngày|sáng|trưa|chiều|tối|đêm|hôm|mùng|mồng|rằm|từ|đến|tới|trước|sau|hết|dịp|lễ|tết|vào|"
    r"kỷ niệm|hạn|nay|mai|hai|ba|tư|năm|sáu|bảy|nhật|quốc khánh|qua)[,:]?\s*[(]?$"
)
_BEFORE_A_PLACE = re.compile(
    r"(?<!\w)(ngõ|ngách|hẻm|kiệt|nhà|phòng|lô|thửa|tổ|số|khu|căn|căn hộ|địa chỉ:?)\s*$"
)
_PARTS = re.compile(
    r"\s*(số|tổng|diện|dân|hộ|chỉ|các|thành|phần|đại|quãng|chi|tổ|đơn|người|sản|thời|chặng|cái|quả|kg|lít|m)(?!\w)"
)
_CLOCK = re.compile(
    r"(\d{1,2})(?:\s?[hH]\s?|[gG])(\d{2})(?:'|’|p|ph)?(?!\w)|(\d{1,2})[hH](?!\w)"
    r"|(\d{1,2}):(\d{2})(?::(\d{2}))?(?![\d:])(?:\s?[hH](?!\w))?"
)
_HOUR_TO = re.compile(rf"(\d{{1,2}}){DASH}(?=\d{{1,2}}\s?[hHgG:]\d\d)")
_HOUSE = re.compile(r"\d{1,4}[A-Z]?(?:/\d{1,3}[A-Z]?)+(?![\w/])")
_IN_A_LANE = re.compile(r"(?<!\w)(ngõ|ngách|hẻm|kiệt|nhà|số nhà|nhà số)\s*$")
_WORDED = re.compile(r"(\d{1,2})\s?giờ\s?(\d{2})(?!\d|\s*(?:phút|%|\w))")
_WEEKDAY = re.compile(r"T([2-7])(?![\w/])")
_T_MONTH = re.compile(r"T(\d{1,2})/((?:19|20)\d\d)(?!\d)")


def house(place: Place) -> Found | None:
    """The number of a house in a lane: 99/1/5."""
    found = _HOUSE.match(place.text, place.at)
    if found is None or not _IN_A_LANE.search(place.before):
        return None
    parts = [re.sub(r"([A-Z])$", r" \1", part) for part in found[0].split("/")]
    words = [re.sub(r"\d+", lambda one: say.whole(int(one[0])), part).lower() for part in parts]
    return Found(found.end(), " trên ".join(words))


def dates_from_to(place: Place) -> Found | None:
    """15-20/3/2027, 28/2 - 5/3."""
    found = _RANGE.match(place.text, place.at)
    if found is None:
        return None
    day, month, year, day2, month2, year2 = (int(one) if one else 0 for one in found.groups())
    if not (_is_day(day, month or month2) and _is_day(day2, month2)):
        return None
    if not month and (day >= day2 or place.follows("tháng")):
        return None
    first = _prefix(place) + _day(place, day)
    first += f" tháng {say.month(month)}" if month else ""
    first += say.year(year) if year else ""
    return Found(found.end(), f"{first} đến ngày {_spoken(place, day2, month2, year2)}")


def iso_date(place: Place) -> Found | None:
    found = _ISO.match(place.text, place.at)
    if found is None:
        return None
    year, month, day = map(int, found.groups())
    if not _is_day(day, month):
        return None
    return Found(found.end(), _prefix(place) + _spoken(place, day, month, year))


def whole_date(place: Place) -> Found | None:
    found = _WHOLE.match(place.text, place.at)
    if found is not None:
        day, month, year = int(found[1]), int(found[3]), int(found[4])
    else:
        found = _SHORT_YEAR.match(place.text, place.at)
        if found is None:
            return None
        day, month, year = int(found[1]), int(found[2]), 2000 + int(found[3])
    if not _is_day(day, month):
        return None
    return Found(found.end(), _prefix(place) + _spoken(place, day, month, year))


def month_and_year(place: Place) -> Found | None:
    """3/2027 without a word before it; what is the number of a document stays one."""
    found = _MONTH_YEAR.match(place.text, place.at)
    if found is None or not 1 <= int(found[1]) <= 12 or place.follows("quý", "số"):
        return None
    if "-" in found[0] and not place.follows("tháng"):
        return None
    head = "" if place.follows("tháng") else "tháng "
    return Found(found.end(), f"{head}{say.month(int(found[1]))}{say.year(int(found[2]))}")


def months(place: Place) -> Found | None:
    """What stands behind "tháng" or "quý"."""
    if not place.follows("tháng", "quý") or re.search(r"\d\s*tháng\s*$", place.before) is not None:
        return _plain_month(place)
    found = _MONTHS.match(place.text, place.at)
    if found is None or not 1 <= int(found[1]) <= 12:
        return None
    spoken = say.month(int(found[1]))
    if found[2]:
        word = "quý" if place.follows("quý") else "tháng"
        spoken += f" đến {word} {say.month(int(found[2]))}"
    return Found(found.end(), spoken + (say.year(int(found[3])) if found[3] else ""))


def _plain_month(place: Place) -> Found | None:
    """ "ngày 21 tháng 4": a month too, though a number stands before "tháng"."""
    if not re.search(r"(ngày|mùng|mồng)?\s*\d{1,2}\s*tháng\s*$", place.before):
        return None
    found = re.compile(r"(\d{1,2})(?![\d/]|[.,]\d)(?!\s*(?:ngày|tuần))").match(place.text, place.at)
    if found is None or not 1 <= int(found[1]) <= 12:
        return None
    return Found(found.end(), say.month(int(found[1])))


def day_and_month(place: Place) -> Found | None:
    """15/3: a day, or a part of something, or a house in a lane."""
    found = _DAY.match(place.text, place.at)
    if found is None:
        return None
    first, second = int(found[1]), int(found[3])
    if found[2] in (".", "-"):
        if not place.follows("ngày") or not _is_day(first, second):
            return None
        if found[2] == "-" and first < second and (first, second) not in _FAMOUS:
            return None
    elif not _is_date(place, first, second, found.end()):
        hours = re.compile(r"\s?(?:h|giờ)(?!\w)").match(place.text, found.end())
        words = _part(place, first, second) + (" giờ" if hours else "")
        return Found(hours.end() if hours else found.end(), words)
    return Found(found.end(), _prefix(place) + _spoken(place, first, second, 0))


def _is_date(place: Place, first: int, second: int, end: int) -> bool:
    if not _is_day(first, second) or _BEFORE_A_PLACE.search(place.before):
        return False
    if _PARTS.match(place.text, end) and first < second:
        return False
    if _BEFORE_A_DAY.search(place.before):
        return True
    if (first, second) == (24, 7):
        return False
    return first > second or (first, second) in _FAMOUS


def _part(place: Place, first: int, second: int) -> str:
    if first >= second or _BEFORE_A_PLACE.search(place.before):
        return f"{say.whole(first)} trên {say.whole(second)}"
    return say.part_of(first, second)


def ordinal(place: Place) -> Found | None:
    """ "thứ 4", "hạng 4"."""
    if not place.follows("thứ", "hạng"):
        return None
    found = re.compile(r"(\d{1,3})(?![\d/.,:]\d|[/:]|\w)").match(place.text, place.at)
    if found is None:
        return None
    value = int(found[1])
    return Found(found.end(), say.ordinal(value) if place.follows("thứ") else say.month(value))


def clock(place: Place) -> Found | None:
    """16h30, 7h, 16:30; from one to another."""
    shorter = _HOUR_TO.match(place.text, place.at)
    if shorter is not None and int(shorter[1]) <= 24:
        rest = clock(Place(place.text, shorter.end(), place.style))
        if rest is not None:
            return Found(rest.end, f"{say.whole(int(shorter[1]))} đến {rest.spoken}")
    worded = _WORDED.match(place.text, place.at)
    if worded is not None and int(worded[1]) <= 24 and int(worded[2]) < 60:
        minute = int(worded[2])
        rest = f" {say.whole(minute)} phút" if minute else ""
        return Found(worded.end(), f"{say.whole(int(worded[1]))} giờ{rest}")
    found = _CLOCK.match(place.text, place.at)
    spoken = _time(found) if found is not None else None
    if found is None or spoken is None:
        return None
    further = re.compile(DASH).match(place.text, found.end())
    second = _CLOCK.match(place.text, further.end()) if further else None
    spoken2 = _time(second) if second else None
    if second is None or spoken2 is None:
        return Found(found.end(), spoken)
    return Found(second.end(), f"{spoken} đến {spoken2}")


def _time(found: re.Match[str]) -> str | None:
    hour = int(found[1] or found[3] or found[4])
    minute, second = int(found[2] or found[5] or 0), int(found[6] or 0)
    if hour > 24 or minute > 59 or second > 59:
        return None
    spoken = f"{say.whole(hour)} giờ"
    spoken += f" {say.whole(minute)} phút" if minute or second else ""
    return spoken + (f" {say.whole(second)} giây" if second else "")


def weekday(place: Place) -> Found | None:
    """T2 is Monday, T3/2027 a month."""
    found = _T_MONTH.match(place.text, place.at)
    if found is not None and 1 <= int(found[1]) <= 12:
        spoken = f"tháng {say.month(int(found[1]))}{say.year(int(found[2]))}"
        return Found(found.end(), spoken)
    found = _WEEKDAY.match(place.text, place.at)
    return Found(found.end(), f"thứ {say.ordinal(int(found[1]))}") if found else None


def _prefix(place: Place) -> str:
    return "" if place.follows("ngày", "mùng", "mồng", "rằm") else "ngày "


def _spoken(place: Place, day: int, month: int, year: int) -> str:
    words = f"{_day(place, day)} tháng {say.month(month)}"
    return words + (say.year(year) if year else "")


def _day(place: Place, day: int) -> str:
    says_mung = place.style.says_mung and day <= 10 and not place.follows("mùng", "mồng")
    return f"mùng {say.whole(day)}" if says_mung else say.whole(day)


def _is_day(day: int, month: int) -> bool:
    return 1 <= month <= 12 and 1 <= day <= (
        30 if month in (4, 6, 9, 11) else 29 if month == 2 else 31
    )
