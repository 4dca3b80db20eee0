"""Numbers in Vietnamese words, as a newsreader of the north says them."""

from __future__ import annotations

import re

DIGITS = ("không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín")
_GROUPS = ("", "nghìn", "triệu")
_BILLION = 1_000_000_000
_AS_A_NUMBER = 3  # digits behind the comma; more are read one by one
OPEN_ENDS = ("trăm", "nghìn", "triệu", "tỷ", "mươi", "mười")


def whole(value: int) -> str:
    """``value`` in words: 21 "hai mươi mốt", 1.005 "một nghìn không trăm linh năm".

    Groups of only zeros in the middle are not spoken.
    """
    if value < 0:
        return f"âm {whole(-value)}"
    if value < _BILLION:
        return _below_billion(value, is_first=True)
    billions, rest = divmod(value, _BILLION)
    words = [f"{whole(billions)} tỷ"]
    if rest:
        words.append(_below_billion(rest, is_first=False))
    return " ".join(words)


def _below_billion(value: int, *, is_first: bool) -> str:
    if value == 0:
        return DIGITS[0]
    words: list[str] = []
    for power in (2, 1, 0):
        group = value // 1000**power % 1000
        if group:
            words.append(_group(group, is_full=bool(words) or not is_first))
            words += [_GROUPS[power]] if power else []
    return " ".join(words)


def _group(value: int, *, is_full: bool) -> str:
    """Three digits; ``is_full`` says the hundreds even when there are none."""
    hundreds, rest = divmod(value, 100)
    words = [f"{DIGITS[hundreds]} trăm"] if hundreds or is_full else []
    tens, ones = divmod(rest, 10)
    if tens == 0:
        if ones and words:
            words.append(f"linh {'tư' if ones == 4 else DIGITS[ones]}")
        elif ones:
            words.append(DIGITS[ones])
        return " ".join(words)
    words.append("mười" if tens == 1 else f"{DIGITS[tens]} mươi")
    if ones:
        words.append(_last(ones, tens))
    return " ".join(words)


def _last(ones: int, tens: int) -> str:
    if ones == 5:
        return "lăm"
    if tens > 1 and ones == 1:
        return "mốt"
    return "tư" if tens > 1 and ones == 4 else DIGITS[ones]


def one_by_one(digits: str) -> str:
    """Each digit by itself, as a telephone number or a bar code is read."""
    return " ".join(DIGITS[int(digit)] for digit in digits if digit.isdecimal())


def with_zeros(digits: str) -> str:
    """The zeros in front are said: 03 "không ba", 007 "không không bảy"."""
    rest = digits.lstrip("0")
    zeros = [DIGITS[0]] * (len(digits) - len(rest))
    return " ".join([*zeros, *([whole(int(rest))] if rest else [])])


def decimals(digits: str) -> str:
    """What stands behind the comma: "5", "75" as numbers, "05" and longer ones with each digit."""
    if len(digits) > _AS_A_NUMBER:
        return one_by_one(digits)
    return with_zeros(digits)


def month(value: int) -> str:
    return "tư" if value == 4 else whole(value)


def ordinal(value: int) -> str:
    """Behind "thứ": nhất, hai, ba, tư …"""
    return {1: "nhất", 4: "tư"}.get(value) or whole(value)


def part_of(numerator: int, denominator: int) -> str:
    """A fraction up to tenths; a count out of a whole beyond."""
    if denominator == 0 or denominator > 10:
        return f"{whole(numerator)} trên {whole(denominator)}"
    return f"{whole(numerator)} phần {month(denominator)}"


def year(value: int, before: str = "") -> str:
    """ "năm …"; a pause where ``before`` would swallow it ("một trăm năm hai nghìn")."""
    pause = "," if before.rsplit(" ", maxsplit=1)[-1] in OPEN_ENDS else ""
    return f"{pause} năm {whole(value)}"


_NUMBER = re.compile(
    r"(?P<grouped>\d{1,3}(?:\.\d{3})+)(?:,(?P<comma>\d+))?(?![\d])"
    r"|(?P<english>\d{1,3}(?:,\d{3})+)\.(?P<dot>\d+)(?!\d)"
    r"|(?P<commas>\d{1,3}(?:,\d{3}){2,})(?!\d)"
    r"|(?P<plain>\d+)(?:,(?P<plain_comma>\d+)|\.(?P<point>\d+))?"
)
NUMBER = (
    r"(?:\d{1,3}(?:\.\d{3})+(?:,\d+)?|\d{1,3}(?:,\d{3})+\.\d+"
    r"|\d{1,3}(?:,\d{3}){2,}|\d+(?:[.,]\d+)?)(?!\d)"
)


def spoken(written: str, *, point: str = "phẩy") -> str:
    """A number as it is written in Vietnam: "1.234,5"; ``point`` is what a decimal point is read as.

    Raises ``ValueError`` where it is none.
    """
    found = _NUMBER.fullmatch(written)
    if found is None:
        raise ValueError(written)
    part = found.groupdict()
    head = part["grouped"] or part["english"] or part["commas"] or part["plain"]
    words = whole(int(head.replace(".", "").replace(",", "")))
    tail = part["comma"] or part["dot"] or part["plain_comma"]
    if tail:
        return f"{words} phẩy {decimals(tail)}"
    return f"{words} {point} {decimals(part['point'])}" if part["point"] else words


def from_roman(written: str) -> int | None:
    """XIV is 14; None where it is no number in its usual form."""
    if not re.fullmatch(r"(?=.)C{0,3}(XC|XL|L?X{0,3})(IX|IV|V?I{0,3})", written):
        return None
    values = [{"I": 1, "V": 5, "X": 10, "L": 50, "C": 100}[sign] for sign in written]
    pairs = zip(values, [*values[1:], 0], strict=True)
    return sum(-one if one < following else one for one, following in pairs)
