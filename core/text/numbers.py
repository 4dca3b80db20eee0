"""Whole numbers as people type them, and all numbers as they are shown."""

import re
import unicodedata
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from core.text.letters import clean
from core.text.number_words import MULTIPLIERS, NUMBER_WORDS, UnclearWordsError, leading_number

MAX_COUNT = 10_000_000
MAX_LENGTH = 100  # characters; the longest number in words with its unit has about 80

_EMPTY = "Chưa có số, hãy nhập một số nguyên, ví dụ: 50."
_UNCLEAR = "Chưa đọc được số này, hãy nhập bằng chữ số, ví dụ: 50 hoặc 1.000."
_NEGATIVE = "Số này không được nhỏ hơn 0, hãy nhập từ 0 trở lên, ví dụ: 50."
_FRACTION = "Số này phải là số nguyên, hãy nhập không có phần lẻ, ví dụ: 15 hoặc 1.000."
_SEVERAL = "Ô này chỉ nhận một số, hãy chọn một số để nhập, ví dụ: 50."
_PERCENT = "Ô này nhận số lượng, không nhận tỷ lệ phần trăm, hãy nhập số lượng, ví dụ: 50."
_TOO_LARGE = "Số này lớn hơn 10.000.000, hãy kiểm tra rồi nhập lại, ví dụ: 1.000."

_APPROXIMATE = re.compile(
    r"(?:vào )?(?:khoảng|khoang|trên|tren|hơn|hon|gần|gan|dưới|duoi|ước tính|uoc tinh|ước|uoc"
    r"|chừng|chung|tầm|tam khoang|xấp xỉ|xap xi|ít nhất|it nhat|tối thiểu|toi thieu|không dưới"
    r"|khong duoi|[~≈><≥≤])(?: khoảng| chừng)? *(?=[\w~–−-])"
)
_FILLER = re.compile(r"(?:có|được|tổng số|tổng cộng|tổng|đúng)(?: là)?:? +")
_NOTHING = frozenset({"không", "khong", "không có", "khong co"})
_NEGATIVE_FORM = re.compile(r"(?:[-–−‒—] ?\d|âm |am \d)")
_NUMBER = re.compile(r"\d(?:[\d.,]*\d)?")
_GROUPED = re.compile(r"[1-9]\d{0,2}(?:([., ])\d{3})(?:\1\d{3})*")
_SPACED = re.compile(r"(?<![\d.,])[1-9]\d{0,2}(?: \d{3})+(?![\d.,]| \d)")
_FRACTION_WORDS = ("rưỡi", "nửa", "ruoi")


class NumberFormatError(ValueError):
    """Not one whole number; the text is a Vietnamese sentence that says what to type."""


@dataclass(frozen=True, slots=True)
class Count:
    """A count as understood; ``is_approximate`` when it was typed as "khoảng 50", ``of`` the whole
    that it is a share of.
    """

    value: int
    is_approximate: bool = False
    of: int | None = None

    @property
    def percent(self) -> float | None:
        """Of a share, from 0 to 100; else None."""
        return 100 * self.value / self.of if self.of else None


def parse_count(text: str) -> Count:
    """The one whole number from 0 to 10.000.000 that ``text`` gives.

    Reads 1000, "1.000", "1,000", "1 000", "01", "50 người", "khoảng 50", "trên 50", "2 nghìn",
    number words ("năm mươi", "hai chục", "một nghìn hai trăm") and "không" as 0.

    Raises :class:`NumberFormatError` for anything that is not surely one such number: empty,
    negative, a fraction, a percentage, two numbers, too large, or unclear.
    """
    if len(text) > MAX_LENGTH:
        raise NumberFormatError(_UNCLEAR)
    written = _ascii_digits(clean(text).casefold()).replace("\n", " ").rstrip(".,; ")
    if not written:
        raise NumberFormatError(_EMPTY)
    if written in _NOTHING:
        return Count(0)
    rest = _FILLER.sub("", written, count=1) if _FILLER.match(written) else written
    match = _APPROXIMATE.match(rest)
    rest = rest[match.end() :] if match else rest
    value = _whole_number(rest)
    if value > MAX_COUNT:
        raise NumberFormatError(_TOO_LARGE)
    is_open_ended = rest.endswith(("trở lên", "tro len", "+"))
    return Count(value, is_approximate=bool(match) or is_open_ended)


def _ascii_digits(text: str) -> str:
    """Digits of any script, full width too, as 0-9; "²" and "½" are no digits."""
    signs = unicodedata.normalize("NFC", text).translate({0xFF0C: ",", 0xFF0E: ".", 0xFF0B: "+"})
    return "".join(str(unicodedata.decimal(c)) if c.isdecimal() else c for c in signs)


def _whole_number(text: str) -> int:
    if _NEGATIVE_FORM.match(text):
        raise NumberFormatError(_NEGATIVE)
    if "%" in text or "phần trăm" in text:
        raise NumberFormatError(_PERCENT)
    if any(word in text.split() for word in _FRACTION_WORDS):
        raise NumberFormatError(_FRACTION)
    text = _SPACED.sub(lambda match: match[0].replace(" ", ""), text)
    numbers = list(_NUMBER.finditer(text))
    if len(numbers) > 1:
        raise NumberFormatError(_SEVERAL)
    if numbers:
        return _from_digits(text, numbers[0])
    return _from_words(text)


def _from_digits(text: str, number: re.Match[str]) -> int:
    if number.start() > 0:
        raise NumberFormatError(_UNCLEAR)
    value = _digits(number[0])
    words = text[number.end() :].split()
    if words == ["k"]:
        return value * 1000
    while words and words[0] in MULTIPLIERS:  # 5 chục nghìn
        value *= MULTIPLIERS[words.pop(0)]
    _check_unit(words)
    return value


def _digits(written: str) -> int:
    if written.isdigit():
        if len(written.lstrip("0")) > len(str(MAX_COUNT)):
            raise NumberFormatError(_TOO_LARGE)
        return int(written)
    if not _GROUPED.fullmatch(written):
        raise NumberFormatError(_FRACTION if _looks_like_fraction(written) else _UNCLEAR)
    return _digits(re.sub("[., ]", "", written))


def _looks_like_fraction(written: str) -> bool:
    """0,500 and 1,50 and 1.000,5; not 1.0000, which may lack or have a digit too much."""
    return bool(re.fullmatch(r"0[.,]\d+|\d+[.,]\d{1,2}|[\d.]+,\d+|[\d,]+\.\d+", written)) and (
        not re.fullmatch(r"[1-9]\d*[.,]\d{3,}", written)
    )


def _from_words(text: str) -> int:
    try:
        value, rest = leading_number(text.split())
    except UnclearWordsError as error:
        raise NumberFormatError(_UNCLEAR) from error
    if value == 0 and rest:  # "không rõ", "không nhớ", "không có số liệu" are no zero
        raise NumberFormatError(_UNCLEAR)
    _check_unit(rest)
    return value


def _check_unit(words: list[str]) -> None:
    """What follows a number may name what was counted, and hold no second number."""
    if any(word.strip("(),.;:/-") in NUMBER_WORDS for word in words):
        raise NumberFormatError(_SEVERAL)
    if not all(c.isalpha() or c in ",./()+-" for c in "".join(words)):
        raise NumberFormatError(_UNCLEAR)


# -- Out ----------------------------------------------------------------------


def format_number(number: int | float | Decimal, decimals: int | None = None) -> str:
    """``number`` in Vietnamese figures: 1.234.567,5.

    ``decimals`` places, halves away from zero; when left out, as many as the number has.
    Raises ``ValueError`` for what is no finite number.
    """
    exact = Decimal(str(number))
    if not exact.is_finite():
        raise ValueError(f"No finite number: {number!r}")
    if decimals is not None:
        exact = exact.quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP)
    written = f"{exact:,f}"
    if decimals is None and "." in written:
        written = written.rstrip("0").rstrip(".")
    if not exact.normalize():
        written = written.lstrip("-")  # no "-0"
    return written.translate({ord(","): ".", ord("."): ","})


def format_count(number: int) -> str:
    """A count in official text: 01 to 09 take a zero, larger ones are grouped: "02", "1.000"."""
    return f"{number:02}" if 1 <= number <= 9 else format_number(number)
