"""Numbers with what they count: units, ranges, money, Roman numerals."""

from __future__ import annotations

import re

from outreach.loudspeaker.reading import spoken_numbers as say
from outreach.loudspeaker.reading.place import Found, Place
from outreach.loudspeaker.reading.tables import EACH, UNITS

_NUMBER = re.compile(say.NUMBER)
_UNIT_KEYS = "|".join(map(re.escape, sorted(UNITS, key=lambda key: -len(key))))
_UNIT = re.compile(rf"\s?({_UNIT_KEYS})(?!\w)")
_EACH_KEYS = "|".join(re.escape(one) for one in sorted(EACH, key=lambda k: -len(k)))
_EACH = re.compile(rf"\s?/\s?({_EACH_KEYS}|{_UNIT_KEYS})(?!\w)")
_DASH = re.compile(r"\s*[-–—]\s*(?=\d)")
_TIMES = re.compile(r"\s?[x×X*]\s?(?=\d)")
_LARGE = re.compile(r"\s?(nghìn|ngàn|triệu|tỷ|tỉ|phần trăm)(?!\w)")
# These could be the letter of a house or a class: only where they touch the number.
_TOUCHING = frozenset(
    {"k", "K", "s", "p", "ph", "L", "TB", "'", "’", "′", "''", "″", "°", "º", "SP"}
)
_PHYSICAL = frozenset(
    {"kg", "g", "mg", "km", "m", "l", "lít", "ml", "cm", "mm", "m3", "m³", "Mbps", "GB", "MB"}
)
_WITH_ZEROS = re.compile(
    r"(?<!\w)(mẫu|biểu|phụ lục|nghị quyết|quyết định|chỉ thị|kết luận|thông báo|thông tri|hướng dẫn|kế hoạch|"
    r"chương trình|công văn|quy định|quy chế|nghị định|thông tư|luật|tờ trình|báo cáo|công điện|mã)"
    r"\s*(số)?\s*:?\s*$"
)
_ROMAN = re.compile(r"([IVXLC]+)(?![\w'])")
_ROMAN_BEFORE = (
    "khóa", "khoá", "kỳ", "thứ", "đại hội", "thế kỷ", "chương", "phần", "mục", "quý", "hội nghị", "loại",
    "hạng", "cấp", "nhóm", "đợt", "tập", "vòng", "giai đoạn", "bậc", "khu", "phụ lục", "lần", "vùng",
)  # fmt: skip
_LEVELS = re.compile(r"\d{1,2}(?:\.\d{1,2}){2,}(?![\d])")


def levels(place: Place) -> Found | None:
    """The number of a heading: 3.1.2."""
    found = _LEVELS.match(place.text, place.at)
    if found is None:
        return None
    return Found(found.end(), " chấm ".join(say.whole(int(one)) for one in found[0].split(".")))


def roman(place: Place) -> Found | None:
    """ "khóa XIII", "quý III/2027"; alone from two signs on."""
    found = _ROMAN.match(place.text, place.at)
    value = say.from_roman(found[1]) if found else None
    if found is None or value is None:
        return None
    if not place.follows(*_ROMAN_BEFORE) and (len(found[1]) < 2 or set(found[1]) - set("IVX")):
        return None
    spoken, end = _rank(place, value), found.end()
    further = re.compile(r"\s*[-–—]\s*([IVXLC]+)(?!\w)").match(place.text, end)
    second = say.from_roman(further[1]) if further else None
    if further is not None and second is not None:
        spoken, end = f"{spoken} đến {_rank(place, second)}", further.end()
    year = re.compile(r"\s?[/-]\s?((?:19|20)\d\d)(?!\d)").match(place.text, end)
    if year is not None:
        spoken, end = spoken + say.year(int(year[1])), year.end()
    return Found(end, spoken)


def _rank(place: Place, value: int) -> str:
    if place.follows("thứ"):
        return say.ordinal(value)
    return say.month(value) if place.follows("quý", "hạng") else say.whole(value)


def money_first(place: Place) -> Found | None:
    """$100, €50."""
    found = re.compile(rf"([$€₫])\s?({say.NUMBER})").match(place.text, place.at)
    if found is None:
        return None
    large = _LARGE.match(place.text, found.end())
    words = say.spoken(found[2]) + (f" {large[1]}" if large else "")
    return Found(large.end() if large else found.end(), f"{words} {UNITS[found[1]]}")


def number(place: Place) -> Found | None:
    """A number with its sign, to another, with unit and "each"."""
    at, sign = _sign(place)
    found = _NUMBER.match(place.text, at)
    if found is None:
        return None
    after = re.compile(r"[a-zđ]?(?![\w])").match(place.text, found.end())
    spoken, end, unit = _with_unit(place, found)
    if unit is None and after is None:
        return None  # 13Ab, 5G, 2x: of letters and digits
    spoken = sign + spoken
    while (more := _more(place, end)) is not None:
        words, end, unit2 = more
        spoken, unit = spoken + words, unit2 or unit
    if unit is None and after is not None and after[0] and end == found.end():
        return Found(after.end(), f"{spoken} {after[0]}")  # 12b
    each = _EACH.match(place.text, end)
    if each is not None:
        spoken, end = spoken + _each(unit, each[1]), each.end()
    return Found(end, spoken)


def _sign(place: Place) -> tuple[int, str]:
    char = place.text[place.at]
    if (
        char not in "-−+"
        or place.before[-1:].isalnum()
        or place.before[-1:] in ("/", ")", ".", ",")
    ):
        return place.at, ""
    if not place.text[place.at + 1 : place.at + 2].isdecimal():
        return place.at, ""
    return place.at + 1, "cộng " if char == "+" else "âm "


def _with_unit(place: Place, found: re.Match[str]) -> tuple[str, int, str | None]:
    unit = _UNIT.match(place.text, found.end())
    if unit is not None and (
        (unit[1] in _TOUCHING and unit[0] != unit[1]) or (unit[1] == "K" and len(found[0]) < 2)
    ):
        unit = None
    if unit is not None and unit[1] in ("'", "’", "''") and _is_quote(place.text, unit.start()):
        unit = None
    is_measure = unit is not None or _LARGE.match(place.text, found.end()) is not None
    words = _value(place, found[0], is_measure=is_measure)
    if unit is None:
        return words, found.end(), None
    return f"{words} {UNITS[unit[1]]}", unit.end(), unit[1]


def _is_quote(text: str, at: int) -> bool:
    """A quotation began on this line and is not closed yet."""
    line = text[:at].rsplit("\n", 1)[-1]
    return line.count("‘") > line.count("’") or line.count("'") % 2 == 1


def _value(place: Place, written: str, *, is_measure: bool) -> str:
    if (
        written[0] == "0"
        and written.isdecimal()
        and len(written) > 1
        and _WITH_ZEROS.search(place.before)
    ):
        return say.with_zeros(written)
    return say.spoken(written, point="phẩy" if is_measure else "chấm")


def _more(place: Place, end: int) -> tuple[str, int, str | None] | None:
    """To another number, or times another one."""
    for between, word in ((_DASH, " đến "), (_TIMES, " nhân ")):
        dash = between.match(place.text, end)
        found = _NUMBER.match(place.text, dash.end()) if dash else None
        if found is None:
            continue
        spoken, after, unit = _with_unit(place, found)
        if re.compile(r"[\w:]|/\d").match(place.text, after):
            return None
        return f"{word}{spoken}", after, unit
    return None


def _each(unit: str | None, written: str) -> str:
    name = UNITS.get(written, written)
    return f" trên {name}" if unit in _PHYSICAL else f" một {name}"


def edition(place: Place) -> Found | None:
    """The year or part of a standard: ISO 9001:2015, TCVN 11041-2:2017."""
    found = re.compile(r":((?:19|20)\d\d)(?!\d)|-(\d{1,2})(?=:\d{4})").match(place.text, place.at)
    if found is None or not place.before[-1:].isdecimal():
        return None
    return Found(
        found.end(), say.year(int(found[1])) if found[1] else f" {say.whole(int(found[2]))}"
    )
