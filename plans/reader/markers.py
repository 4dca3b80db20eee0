"""List markers and numerals at the start of a line, and their order of depth."""

import re
from dataclasses import dataclass

PART, UPPER, ROMAN, DECIMAL, PAREN, LETTER, DASH, PLUS, STAR = 0, 1, 2, 3, 6, 7, 8, 9, 10
BULLET_SIGNS = {"-": DASH, "–": DASH, "—": DASH, "+": PLUS}

PART_LINE = re.compile(
    r"^(?P<n>phần (?:thứ )?(?:[ivx]{1,4}|\d|nhất|hai|ba|tư|năm|sáu))\b\s*[.:\-–]?\s*", re.I
)
ROMAN_LINE = re.compile(
    r"^(?P<n>X{0,2}(?:IX|IV|VI{0,3}|I{1,3}|X))\s?(?P<m>[.\-–—)]|/(?=\s)|,(?=\s[A-ZĐÀ-Ỹ]{2}))"
    r"\s*(?![A-Z]\.)"
)
MISREAD = {"H": "II", "HI": "III", "Il": "II", "lI": "II", "ll": "II", "Ill": "III", "lll": "III"}
MISREAD_LINE = re.compile(r"^(?P<n>HI|H|Il|lI|ll|Ill|lll)[.\-–]\s+(?=[A-ZĐÀ-Ỹ]{2})")
UPPER_LINE = re.compile(r"^(?P<n>[A-HĐ])\s?(?:[.\-–)]|/(?=\s))\s+(?![A-Z]\.)")
DECIMAL_LINE = re.compile(
    r"^(?P<n>\d{1,2}(?:\.\d{1,2}){0,3})(?:[.)/]\s*(?=[^\W\d_“\"(])|[.)/]\s+|\s?[-–]\s*(?=[^\W\d_]{2}[^\d]))"
)
DEEP_LINE = re.compile(r"^(?P<n>\d{1,2}(?:\.\d{1,2}){1,3})\s+(?=[^\W\d_])")
PAREN_LINE = re.compile(r"^\((?P<n>\d{1,2}|[a-zđ]|[ivx]{1,4})\)\s*")
LETTER_LINE = re.compile(r"^(?P<n>[a-zđ])(?:\)\s*|\.\s+|\s?-\s+(?=[A-ZĐÀ-Ỹ]))")
BULLET_LINE = re.compile(r"^(?P<n>[-–—+*•●▪■◦○➢►✓✔\uf0b7\uf0a7])\s*(?=\S)")
CODE_LINE = re.compile(
    r"^\d{1,4}[-–][A-ZĐ][A-Za-zĐ]{0,6}/[A-ZĐ]"
)  # "03-CT/TW" of a line cut in two
BARE = re.compile(
    r"^(?:[IVX]{1,5}[.\-–/]|\d{1,2}(?:\.\d{1,2}){0,3}[.)/]|[a-zđ]\)|\(\d{1,2}\)|[-–+•])$"
)


@dataclass(frozen=True, slots=True)
class Marker:
    rank: int
    numeral: str
    text: str
    is_misread: bool = False


def marker(line: str) -> Marker | None:
    """The marker that ``line`` opens with and the text behind it; None for plain text."""
    match = MISREAD_LINE.match(line)
    if match:
        return Marker(ROMAN, MISREAD[match["n"]], line[match.end() :].strip(), is_misread=True)
    for pattern, rank in (
        (PART_LINE, PART), (ROMAN_LINE, ROMAN), (UPPER_LINE, UPPER), (PAREN_LINE, PAREN),
        (LETTER_LINE, LETTER),
    ):  # fmt: skip
        match = pattern.match(line)
        if match:
            return Marker(rank, match["n"], line[match.end() :].strip())
    match = DECIMAL_LINE.match(line) or DEEP_LINE.match(line)
    if match and not CODE_LINE.match(line):
        depth = match["n"].count(".")
        return Marker(min(DECIMAL + depth, PAREN - 1), match["n"], line[match.end() :].strip())
    match = BULLET_LINE.match(line)
    if match and not line.startswith(("--", "**")):
        return Marker(BULLET_SIGNS.get(match["n"], STAR), match["n"], line[match.end() :].strip())
    return None
