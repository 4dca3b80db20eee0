"""Names and telephone numbers as they stand in a cell: labels, titles, two people at once."""

from __future__ import annotations

import re
from collections.abc import Container
from dataclasses import dataclass

from core.text import PhoneFormatError, fold, parse_phone

_BETWEEN = re.compile(r"[\n;/,]|\s[-–]\s|\s+và\s+|\s\+\s")
_TITLE = re.compile(
    r"^(?:(?:đồng chí|đ/c|đc|ông|bà|cô|bác|anh|chị|bí thư|bt|phó bí thư|pbt)[.:]?\s+)+",
    re.IGNORECASE,
)
_BEHIND = re.compile(r"\s*[([].*?[)\]]\s*")
_NUMBERED = re.compile(r"^\d{1,2}[.)]\s*(?=\S)")
_PHONE_LABEL = re.compile(
    r"(?:số\s*)?(?:đtdđ|đtdđ|sđt|đt|dđ|điện thoại|di động|zalo|tel|mobile|số)\s*[:.]?\s*",
    re.IGNORECASE,
)
_TWO_NUMBERS = re.compile(r"(?<=\d)\s+(?=(?:\+84|0)\d)")
_DIGITS = re.compile(r"\d")
MOBILE = 9  # digits of a mobile number that Excel took for a number and robbed of its zero


@dataclass(frozen=True, slots=True)
class Person:
    name: str
    phone: str | None = None


def names_in(text: str, known: Container[str] = ()) -> list[str]:
    """The people of a cell, without titles, numbers and what stands in brackets.

    ``known`` are folded names of accounts: a line that is one of them is one person, whatever
    stands between its words.
    """
    found: list[str] = []
    for line in text.split("\n"):
        names = _names_of(line)
        is_whole = len(names) != 1 and fold(line) in known
        found += [" ".join(line.split())] if is_whole else names
    return found


def _names_of(text: str) -> list[str]:
    text = _BEHIND.sub(" ", re.sub(r"(?i)đ/c", "đồng chí", text))
    pieces = (_TITLE.sub("", _NUMBERED.sub("", piece.strip())) for piece in _BETWEEN.split(text))
    return [name for piece in pieces if (name := " ".join(piece.split()).strip(" .:-"))]


def phones_in(text: str) -> list[str]:
    """The numbers of a cell in E.164. Raises :class:`core.text.PhoneFormatError` for one that is none."""
    found: list[str] = []
    for one in _slots(text):
        if one is not None and one not in found:
            found.append(one)
    return found


def _slots(text: str) -> list[str | None]:
    """The numbers in their order, None where the cell says that there is none."""
    found: list[str | None] = []
    for piece in _BETWEEN.split(_PHONE_LABEL.sub(" ", _NUMBERED.sub("", text))):
        found += _numbers(piece.strip())
    return found


def _numbers(piece: str) -> list[str | None]:
    if not piece:
        return []
    if not _DIGITS.search(piece):
        if fold(piece).strip("()-. ") in ("", "chua co", "khong", "khong co", "x"):
            return [None]
        raise PhoneFormatError(f"“{piece}” không phải số điện thoại.")
    digits = "".join(_DIGITS.findall(piece))
    if len(digits) >= 2 * MOBILE:
        return [parse_phone(part) for part in _TWO_NUMBERS.split(piece)]
    if len(digits) == MOBILE and digits[0] in "35789" and not piece.startswith("+"):
        return [parse_phone(f"0{digits}")]
    return [parse_phone(_BEHIND.sub(" ", piece) if "(" in piece and len(digits) > 11 else piece)]


def people_in(names: str, phones: str, known: Container[str] = ()) -> list[Person]:
    """Each name with its number where there are as many; else the first number for the first name.

    ``known`` as for :func:`names_in`. Raises :class:`core.text.PhoneFormatError`.
    """
    people, slots = names_in(names, known), _slots(phones)
    if len(people) == len(slots):
        return [Person(name, phone) for name, phone in zip(people, slots, strict=True)]
    numbers = phones_in(phones)
    if len(people) == 1 and numbers:
        return [Person(people[0], numbers[0])]
    if len(people) > 1 and numbers:
        raise PhoneFormatError(
            f"{len(people)} người mà {len(numbers)} số điện thoại, không rõ số của ai."
        )
    return [Person(name) for name in people]
