"""Cleaning of a line of text (DOMAIN §A.2) without changing its wording."""

import re

from core.text import nfc

SPACES = dict.fromkeys(
    map(
        ord,
        "\u00a0\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000",
    ),
    " ",
)
HYPHENS = dict.fromkeys(map(ord, "\u2010\u2011"), "-")
DROPPED = dict.fromkeys(
    [
        *map(
            ord,
            "\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\ufeff\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069",
        ),
        *(code for code in range(32) if code not in (9, 10)),
        *range(127, 160),
    ]
)
TABLE = SPACES | HYPHENS | DROPPED

LETTER_SPACED = re.compile(r"(?<!\S)(?:[^\W\d_] ){4,}[^\W\d_](?!\S)")
RULE = re.compile(r"^[\s*_=~.\-–—―─]*$")
PAGE_NUMBER = re.compile(
    r"^(?:-\s?\d{1,3}\s?-|\d{1,3}|(?:Trang|Page)\s\d{1,3}(?:\s?/\s?\d{1,3})?)$", re.I
)
STAMP = re.compile(
    r"^(?:Người ký|Ký bởi|Thời gian ký|Ngày ký|Email|Cơ quan|Chữ ký số)\s?:"
    r"|\d{1,2}[-/.]\d{1,2}[-/.]\d{4}\s\d{1,2}:\d{2}:\d{2}",
    re.I,
)
WIDE_GAP = re.compile(r"\t+| {3,}|\s+\|\s+")
BLANK_NUMBER = re.compile(r"(Số\s?:?)[\s.…_]*(?=[-–/])", re.I)
BLANK_DATE = re.compile(r"\b(ngày|tháng|năm)[\s.…_]{2,}(?=(?:tháng|năm)\b|$)", re.I)


def unify(text: str) -> str:
    """NFC; odd spaces and hyphens made plain; invisible characters gone. Tabs and gaps stay."""
    return nfc(text).translate(TABLE)


def squeeze(text: str) -> str:
    """Single spaces, no asterisks of italics, letter-spaced words closed up.

    An asterisk that opens the line and is followed by a space is a list marker and stays.
    """
    text = " ".join(text.split())
    marker = "* " if text.startswith("* ") and text.count("*") % 2 else ""
    if "*" in text and text.strip("* "):
        text = marker + text[len(marker) :].replace("*", "").strip()
        text = " ".join(text.split())
    return LETTER_SPACED.sub(_close_up, text)


def _close_up(match: re.Match[str]) -> str:
    """ "K Ế H O Ạ C H" has lost its word gap: only the known type names can be closed safely."""
    letters = match.group().replace(" ", "")
    return {"KẾHOẠCH": "KẾ HOẠCH", "BÁOCÁO": "BÁO CÁO", "QUYẾTĐỊNH": "QUYẾT ĐỊNH"}.get(
        letters.upper(), match.group()
    )


def columns(text: str) -> list[str]:
    """The parts of a line that shows two columns side by side, from left to right."""
    text = BLANK_NUMBER.sub(r"\1 ", text.strip())
    text = BLANK_DATE.sub(r"\1 ", text)
    return [part.strip() for part in WIDE_GAP.split(text) if part.strip()] or [""]


def is_noise(text: str) -> bool:
    """A page number or the line of a digital stamp: shown in the source, not read."""
    return bool(PAGE_NUMBER.match(text) or STAMP.search(text))


def is_rule(text: str) -> bool:
    """A drawn line ("-----", "*", "———") or nothing."""
    return bool(RULE.match(text))
