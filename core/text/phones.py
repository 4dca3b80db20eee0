"""Vietnamese telephone numbers, stored in E.164."""

import re
import unicodedata

from core.text.letters import clean

_EXAMPLE = "ví dụ: 0912 345 678"
_EMPTY = f"Chưa có số điện thoại, hãy nhập đủ 10 chữ số, {_EXAMPLE}."
_UNCLEAR = f"Số điện thoại chỉ gồm chữ số, hãy nhập đủ 10 chữ số, {_EXAMPLE}."
_WRONG = (
    f"Số điện thoại này chưa đúng, hãy nhập số di động 10 chữ số ({_EXAMPLE})"
    " hoặc số cố định kèm mã vùng (ví dụ: 024 3868 1234)."
)
_SEPARATORS = re.compile(r"[ .\-–()/]")
_COUNTRY = re.compile(r"(?:\+84|0084|84(?=\d{9}))0?")
# After the leading zero: mobile 9 digits since 2018, fixed lines 10 since 2017.
_NATIONAL = re.compile(r"[35789]\d{8}|2\d{9}")
_TWO_DIGIT_AREAS = ("24", "28")  # Hà Nội, Thành phố Hồ Chí Minh


class PhoneFormatError(ValueError):
    """Not a Vietnamese telephone number; the text is a Vietnamese sentence for the user."""


def parse_phone(text: str) -> str:
    """A mobile or fixed line of Vietnam in any usual writing, as E.164: "+84912345678".

    Raises :class:`PhoneFormatError`, also for short service numbers (1900…) and other countries.
    """
    digits = _SEPARATORS.sub("", unicodedata.normalize("NFKC", clean(text)))
    if not digits:
        raise PhoneFormatError(_EMPTY)
    if not re.fullmatch(r"\+?[0-9]+", digits):
        raise PhoneFormatError(_UNCLEAR)
    national = _COUNTRY.sub("0", digits, count=1) if _COUNTRY.match(digits) else digits
    if not national.startswith("0") or not _NATIONAL.fullmatch(national[1:]):
        raise PhoneFormatError(_WRONG)
    return f"+84{national[1:]}"


def format_phone(number: str) -> str:
    """A stored number as people read it: 0912 345 678, 024 3868 1234, 0225 386 1234.

    What is not a Vietnamese number in E.164 comes back unchanged.
    """
    if not number.startswith("+84") or not _NATIONAL.fullmatch(number[3:]):
        return number
    national = number[3:]
    if not national.startswith("2"):
        return f"0{national[:3]} {national[3:6]} {national[6:]}"
    if national.startswith(_TWO_DIGIT_AREAS):
        return f"0{national[:2]} {national[2:6]} {national[6:]}"
    return f"0{national[:3]} {national[3:6]} {national[6:]}"
