"""What stands in front of a place: "I.", "1.", "a)", "-" (DOMAIN §A, §B.2)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from plans.exports.outline import Block

ROMAN = re.compile(r"^[IVX]{1,5}$")
PART_WORDS = ("nhất", "hai", "ba", "tư", "năm", "sáu")
LETTERS = "abcdđeghiklmnopqrstuvxy"
TENS, ONES = ("", "X", "XX"), ("", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX")
ROMANS = [f"{ten}{one}" for ten in TENS for one in ONES][1:]


def write(blocks: list[Block], above: tuple[str, ...] = ()) -> None:
    """Set the marker of every block from its numeral and those of the places above it."""
    has_parts = not above and any(
        ROMAN.match(child.numeral) for block in blocks for child in block.children
    )
    has_dotted = any(re.fullmatch(r"\d+(?:\.\d+)+", block.numeral) for block in blocks)
    for block in blocks:
        block.marker = _marker(block, above)
        if has_dotted and block.numeral.isdigit():
            block.marker = f"({block.numeral})"  # "1." would stand above its sibling "1.1."
        if has_parts and ROMAN.match(block.numeral):
            block.marker = f"Phần {block.numeral}."
        write(block.children, (*above, block.marker))


def _marker(block: Block, above: tuple[str, ...]) -> str:
    numeral = block.numeral
    if not numeral:
        return ""
    if numeral in PART_WORDS:
        return f"Phần thứ {numeral}."
    if not numeral[-1].isalnum():
        return numeral if numeral in "-+*•–" else "•"
    if ROMAN.match(numeral):
        return f"{numeral}."
    if numeral.isdigit():
        is_nested = any(re.fullmatch(r"\d+\.", marker) for marker in above)
        return f"({numeral})" if is_nested else f"{numeral}."
    if numeral.isalpha() and numeral.islower():
        is_nested = any(re.fullmatch(r"[a-zđ]\)", marker) for marker in above)
        return f"({numeral})" if is_nested or len(numeral) > 1 else f"{numeral})"
    return f"{numeral}."


def renumber(blocks: list[Block]) -> None:
    """Count anew where a place among ``blocks`` was left out, split or added.

    Only numerals that counted one by one from the first are changed.
    """
    numbered = [block for block in blocks if block.numeral and block.numeral[-1].isalnum()]
    if not numbered:
        return
    names = _sequence(numbered[0].numeral)
    for block, name in zip(numbered, names, strict=False):
        block.numeral = name


def counts_up(blocks: list[Block]) -> bool:
    """Whether the numerals of ``blocks`` count one by one: I, II, III or 1.1, 1.2."""
    numerals = [b.numeral for b in blocks if b.numeral and b.numeral[-1].isalnum()]
    return bool(numerals) and numerals == list(_sequence(numerals[0]))[: len(numerals)]


def _sequence(first: str) -> list[str]:
    """ "I" -> I, II, …; "1.1" -> 1.1, 1.2, …; "a" -> a, b, c, d, đ, e, …"""
    if ROMAN.match(first):
        return ROMANS[ROMANS.index(first) :] if first in ROMANS else [first]
    head, dot, last = first.rpartition(".")
    if last.isdigit():
        return [f"{head}{dot}{number}" for number in range(int(last), int(last) + 200)]
    if first in LETTERS:
        return list(LETTERS[LETTERS.index(first) :])
    if len(first) == 1 and first.isupper():
        return [chr(code) for code in range(ord(first), ord("Z") + 1)]
    return [first]
