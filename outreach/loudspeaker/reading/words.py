"""Abbreviations, letters, addresses, signs."""

from __future__ import annotations

import re

from outreach.loudspeaker.reading import spoken_numbers as say
from outreach.loudspeaker.reading.codes import in_pieces, letters
from outreach.loudspeaker.reading.place import Found, Place, words_of
from outreach.loudspeaker.reading.syllables import is_syllable, without_tone
from outreach.loudspeaker.reading.tables import (
    ABBREVIATIONS,
    ALONE,
    EACH,
    IN_ADDRESSES,
    LETTERS,
    PLACES,
    SIGNS,
    UNITS,
)

_ABBREVIATIONS = words_of(ABBREVIATIONS)
_ALONE = words_of(ALONE)
_BULLET = re.compile(r"[ ]*(?:[-–—+*•▪●○◦✓]+)[ ]+|[ ]*[•▪●○◦]")
_HEADING = re.compile(
    r"([IVX]+)(?:\s?[.)]|\s?[-/](?=\s)|-(?=\s?[A-ZĐ])(?!\s?[IVX]+(?!\w))|\.(?=\s|$))\s?"
)
_ITEM = re.compile(r"(\d{1,2}|[a-zđ])\s?[.)](?=\s)|(\d{1,2})-(?=\s)|\((\d{1,2}|[a-zđ])\)(?=\s)")
_EMAIL = re.compile(r"[A-Za-z0-9][\w.+-]*@[\w-]+(?:\.[\w-]+)+", re.ASCII)
_WEB = re.compile(
    r"(?:https?://)?(?:[a-z0-9][a-z0-9-]*\.)+(?:vn|com|org|net|edu|gov|info|me|io|asia)(?![\w-])(?:/[\w./?=&%#-]*)?",
    re.IGNORECASE | re.ASCII,
)
_IN_ADDRESS = {".": "chấm", "@": "a còng", "-": "gạch ngang", "_": "gạch dưới", "/": "gạch chéo",
               "?": "hỏi", "=": "bằng", "&": "và", "%": "phần trăm", "#": "thăng", "+": "cộng"}  # fmt: skip
_PLACE = re.compile(rf"({'|'.join(sorted(PLACES, key=lambda k: -len(k)))})\.\s?(?=[A-ZĐÀ-Ỹ]|\d)")
_MIXED = re.compile(r"(?=[^\W_]*\d)(?=[^\W_]*[A-ZĐ])[A-ZĐ\d]{1,8}[a-z]?(?:-\d{1,3})?(?![^\W_])")
_CAPITALS = re.compile(r"[A-ZĐĂÂÊÔƠƯ]{2,}(?![^\W_])")
_SMALL = re.compile(r"[a-zđăâêôơư]{3,8}(?![^\W_])")
_LONGEST = 8  # more capitals are a word that nobody abbreviates
_JOINED = (
    "xã hội", "an ninh", "quốc phòng", "thể thao", "du lịch", "văn nghệ", "xây dựng", "kế hoạch",
    "đào tạo", "thương binh", "chính trị", "công nghệ", "nhân văn", "tự nhiên",
)  # fmt: skip
_REPEATED = ("thứ", "ngày", "tháng", "quý", "năm", "tổ", "tổ dân phố")


def of_the_ward(place: Place) -> Found | None:
    """The ward's own table, before everything."""
    pattern = place.style.own_words
    found = pattern.match(place.text, place.at) if pattern else None
    return Found(found.end(), place.style.own[found[1]]) if found else None


def line_head(place: Place) -> Found | None:
    """The bullet of a list is not read; its number or letter is."""
    if not place.is_line_start:
        return None
    found = _BULLET.match(place.text, place.at)
    if found is not None:
        return Found(found.end(), "")
    found = _HEADING.match(place.text, place.at)
    value = say.from_roman(found[1]) if found else None
    if found is not None and value is not None:
        return Found(found.end(), f"{say.whole(value)}. ")
    found = _ITEM.match(place.text, place.at)
    if found is None:
        return None
    mark = found[1] or found[2] or found[3]
    spoken = say.whole(int(mark)) if mark.isdecimal() else LETTERS[mark.upper()]
    return Found(found.end(), f"{spoken}.")


def address(place: Place) -> Found | None:
    """Web and mail, sign by sign."""
    found = _EMAIL.match(place.text, place.at) or _WEB.match(place.text, place.at)
    if found is None:
        return None
    written = found[0].rstrip("./")
    end = found.start() + len(found[0].rstrip("."))
    written = re.sub(r"^https?://", "", written, flags=re.IGNORECASE)
    words = [_of_address(part) for part in re.findall(r"[^\W\d_]+|\d+|[\W_]", written)]
    return Found(end, " ".join(word for word in words if word))


def _of_address(part: str) -> str:
    if part.isdecimal():
        return say.one_by_one(part)
    if part in _IN_ADDRESS:
        return _IN_ADDRESS[part]
    known = IN_ADDRESSES.get(part.casefold())
    if known:
        return known
    has_vowel = re.search(r"[aeiouy]", part.casefold()) is not None
    return part.casefold() if has_vowel else letters(part)


def abbreviation(place: Place) -> Found | None:
    found = _ABBREVIATIONS.match(place.text, place.at) if _ABBREVIATIONS else None
    if found is None:
        return None
    if place.text[found.end() : found.end() + 2] == ".Ư":
        return None
    if (
        found[1] == "TP"
        and place.text[found.end() : found.end() + 1] == "."
        and place.text[found.end() + 1 : found.end() + 2]
    ):
        return place_name(place)
    return Found(found.end(), ABBREVIATIONS[found[1]])


def place_name(place: Place) -> Found | None:
    """ "Q. Thanh Xuân", "P.5"."""
    found = _PLACE.match(place.text, place.at)
    if found is None:
        return None
    name = PLACES[found[1]]
    if found[1] == "P" and re.compile(r"\d{3}").match(place.text, found.end()):
        name = "phòng"
    return Found(found.end(), f"{name.capitalize() if place.is_line_start else name} ")


def mixed(place: Place) -> Found | None:
    """ST25, 4G, QL1A: letters by their names, digits as a number."""
    found = _MIXED.match(place.text, place.at)
    if found is None:
        return None
    words = []
    for run in re.findall(r"\d+|[^\W\d_]+", found[0]):
        words.append(ABBREVIATIONS[run] if run in ABBREVIATIONS and len(run) > 1 else letters(run))
    return Found(found.end(), " ".join(words))


def unit_alone(place: Place) -> Found | None:
    """A unit without a number: "giá tính theo kg", "đ/kg"."""
    found = _ALONE.match(place.text, place.at) if _ALONE else None
    if found is not None:
        return Found(found.end(), UNITS[found[1]])
    found = re.compile(r"(đ|tr|VNĐ)(?=/(?:[a-z]))").match(place.text, place.at)
    return Found(found.end(), UNITS[found[1]]) if found else None


def small_letters(place: Place) -> Found | None:
    """ "ubnd" as typed in haste; never what could be a word."""
    found = _SMALL.match(place.text, place.at)
    if found is None or is_syllable(found[0]):
        return None
    spoken = ABBREVIATIONS.get(found[0].upper())
    return Found(found.end(), spoken) if spoken else None


def capitals(place: Place) -> Found | None:
    """An abbreviation that no table has: put together of known ones, or letter by letter."""
    found = _CAPITALS.match(place.text, place.at)
    if found is None or len(found[0]) > _LONGEST * 2:
        return None
    word = found[0]
    if is_syllable(word) and not _is_toneless_stop(word):
        return None
    spoken = in_pieces(word)
    if spoken:
        return Found(found.end(), spoken)
    if len(word) > _LONGEST:
        return None
    return Found(found.end(), letters(word), is_guess=True)


def _is_toneless_stop(word: str) -> bool:
    """A syllable that ends in c, ch, p, t bears a tone mark: without one it is an abbreviation."""
    return (
        without_tone(word) == word.casefold()
        and word.endswith(("C", "CH", "P", "T"))
        and len(word) < 5
    )


def dash(place: Place) -> Found | None:
    """Between words a hyphen is a pause, within "kinh tế - xã hội" nothing, between days "đến"."""
    found = re.compile(
        r"\s+[-–—]\s+|\s*[–—]\s*|(?<=\d)-(?=thứ|ngày|tháng)|(?<=[2-7])-(?=T[2-7]|CN)"
    ).match(place.text, place.at)
    if found is None:
        return None
    rest = place.text[found.end() :]
    before = place.before
    if re.match(r"T[2-7](?!\w)|CN(?!\w)", rest) and re.search(r"(t\d|thứ \S+)$", before):
        return Found(found.end(), " đến ")
    following = rest[:12].casefold()
    for word in _REPEATED:
        if re.match(rf"{word}\s", following) and re.search(
            rf"(?<!\w){word}\s[^,;.]*$", before[-25:]
        ):
            return Found(found.end(), " đến ")
    if following.startswith("chủ nhật") and re.search(r"(?<!\w)thứ\s\S+$", before):
        return Found(found.end(), " đến ")
    if rest[:1].isdecimal() and re.search(r"\d[\d.,]*\s*[^\W\d_]+$", before):
        return Found(found.end(), " đến ")
    if following.startswith(_JOINED):
        return Found(found.end(), " ")
    return Found(found.end(), ", ")


def stroke(place: Place) -> Found | None:
    """ "lượt/tháng" is each month, "anh/chị" one or the other."""
    found = re.compile(r"\s?/\s?(?=[^\W_])").match(place.text, place.at)
    if found is None:
        return None
    if re.search(r"và$", place.before):
        return Found(found.end(), " ")
    rest = place.text[found.end() :]
    unit = re.match(
        rf"({'|'.join(map(re.escape, sorted([*EACH, *UNITS], key=lambda k: -len(k))))})(?!\w)",
        rest,
    )
    if unit is not None:
        return Found(found.end() + unit.end(), f" một {UNITS.get(unit[1], unit[1])}")
    if place.before[-1:].isdecimal() or rest[:1].isdecimal():
        return Found(found.end(), " trên ")
    return Found(found.end(), " hoặc ")


def sign(place: Place) -> Found | None:
    spoken = SIGNS.get(place.text[place.at])
    return None if spoken is None else Found(place.at + 1, spoken)
