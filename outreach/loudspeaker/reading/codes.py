"""Numbers of documents and of telephones."""

from __future__ import annotations

import re

from outreach.loudspeaker.reading import spoken_numbers as say
from outreach.loudspeaker.reading.place import Found, Place
from outreach.loudspeaker.reading.tables import ABBREVIATIONS, KINDS, LETTERS, OF_THE_PARTY, ORGANS

_KIND = "|".join(sorted(KINDS, key=lambda key: -len(key)))
_SYMBOL = r"[A-ZĐ][A-Za-zĐƯ&]*\d{0,2}(?:\s?[-/]\s?[A-ZĐ][A-Za-zĐƯ&]*\d{0,2})*"
_DOCUMENT = re.compile(
    rf"(?P<no>\d+(?:\.\d+)?[a-z]?)(?:/(?P<year>(?:19|20)\d\d))?(?P<gap>\s?[-/]\s?)(?P<symbol>{_SYMBOL})(?!\w)"
)
_BARE = re.compile(
    rf"(?P<gap>\s?[-/]\s?)?(?P<symbol>(?:{_KIND})\s?[-/]\s?[A-ZĐ][A-Za-zĐƯ&]*\d{{0,2}}(?:-[A-ZĐ]+)*)(?!\w)"
)
_NO_AND_YEAR = re.compile(r"(\d+)/((?:19|20)\d\d)(?![\d/]|[-/][A-ZĐ])")
_TYPES = sorted({*KINDS.values(), "Thông tri", "Quy định"}, key=lambda name: -len(name))
_AFTER_A_TYPE = re.compile(
    rf"(?<!\w)({'|'.join(map(re.escape, _TYPES))})(?:\s+(?:liên tịch|kết luận))?\s*(?:số)?\s*:?\s*$",
    re.IGNORECASE,
)
_KIND_BEFORE = re.compile(rf"(?<!\w)({_KIND})\s*(?:số)?\s*:?\s*$", re.IGNORECASE)
_KIND_WORD = re.compile(rf"({_KIND})(?![\w])")
_NUMBER_NEXT = re.compile(r"\s+(?:số\s*:?\s*)?\d")
_SPLIT_KEYS = sorted(
    {key for key in (*ABBREVIATIONS, *ORGANS) if key.isalpha() and key.isupper() and len(key) > 1},
    key=lambda key: -len(key),
)
_AMBIGUOUS = frozenset({"CT", "TT", "TB", "CĐ", "L", "PA", "ĐA", "BB", "GM", "PL", "QC"})
_TELEPHONE = re.compile(
    r"1[89]00[ .]?\d{2}[ .]?\d{2}(?:[ .]?\d{2})?(?!\d)"
    r"|(?:\(\+?84\)|\+84)[ .-]?\d(?:[ .-]?\d){7,9}(?!\d)"
    r"|\(0\d{1,3}\)[ .-]?\d{3,4}[ .-]?\d{3,4}(?!\d)"
    r"|0\d(?:[ .-]?\d){7,9}(?!\d)(?![.,-]\d)"
)
_CALL = re.compile(
    r"(gọi|tổng đài|đường dây|hotline|điện thoại|máy|sđt|nhắn tin|bấm|đt)(?!\w)[^.;]*$"
)
_EMERGENCY = re.compile(r"(11[1-9]|1022|156|5656|1[0-9]{3})(?![\d./,:-]?\d|\w)")
_ALWAYS = frozenset({"111", "112", "113", "114", "115", "1022"})


def document(place: Place) -> Found | None:
    """03-CT/TW, 98/2020/NĐ-CP, 19/2023/QH15; also a symbol whose number is still to be given."""
    found = _DOCUMENT.match(place.text, place.at)
    if found is not None and _is_code(found):
        number = _number(found["no"])
        year = say.year(int(found["year"]), number) if found["year"] else ""
        if _is_told_around(found, place):
            return Found(found.end(), number + year)
        symbol, is_guess = _symbol(found["symbol"], place)
        return Found(found.end(), f"{number}{year} {symbol}", is_guess)
    found = _NO_AND_YEAR.match(place.text, place.at)
    if found is not None and _AFTER_A_TYPE.search(place.before):
        number = _number(found[1])
        return Found(found.end(), number + say.year(int(found[2]), number))
    found = _BARE.match(place.text, place.at)
    if found is None or (found["gap"] and place.before[-1:].isalnum()):
        return None
    symbol, is_guess = _symbol(found["symbol"], place)
    return Found(found.end(), symbol, is_guess)


def _is_told_around(found: re.Match[str], place: Place) -> bool:
    """ "Kế hoạch số 85-KH/ĐU của Đảng ủy": the text itself names what the symbol stands for."""
    organ = re.split(r"\s?[-/]\s?", found["symbol"])[-1]
    after = re.match(r"\s+của\s+(.*)", place.text[found.end() :])
    if after is None or not (
        _AFTER_A_TYPE.search(place.before) or _KIND_BEFORE.search(place.before)
    ):
        return False
    rest = after[1].casefold()
    return rest.startswith((organ.casefold(), (_organ(organ) or organ).casefold()))


def _is_code(found: re.Match[str]) -> bool:
    parts = re.split(r"\s?[-/]\s?", found["symbol"])
    if parts[0] in KINDS and (len(parts) > 1 or found["gap"] in ("-", "/")):
        return True
    return " " not in found["gap"] and bool(
        found["year"] or (len(parts) > 1 and _is_known(parts[0]))
    )


def _is_known(part: str) -> bool:
    return part in ORGANS or part in ABBREVIATIONS


def _number(written: str) -> str:
    letter = written[-1] if written[-1].isalpha() else ""
    digits = written.rstrip(letter) if letter else written
    spoken = " chấm ".join(say.with_zeros(part) for part in digits.split("."))
    return f"{spoken} {LETTERS[letter.upper()]}" if letter else spoken


def _symbol(written: str, place: Place) -> tuple[str, bool]:
    """The words of "CT/TW"; is one of its parts only spelled?"""
    parts = re.split(r"\s?[-/]\s?", written)
    words, is_guess = [], False
    for position, part in enumerate(parts):
        word = _kind_of(parts, place) if position == 0 and part in KINDS else _organ(part)
        if word is None:
            word, is_guess = letters(part), True
        words.append(word)
    return " ".join(words), is_guess


def _kind_of(parts: list[str], place: Place) -> str:
    """The kind as the text itself names it before; "TT" is a Thông tri of the Party and the Front."""
    named = _AFTER_A_TYPE.search(place.before)
    if named is not None:
        for name in _TYPES:
            initials = "".join(word[0] for word in name.upper().split())
            if name.casefold() == named[1] and initials == parts[0].upper():
                return name
    if parts[0] == "TT" and OF_THE_PARTY.intersection(parts[1:]):
        return "Thông tri"
    if parts[:2] == ["QĐ", "TW"]:
        return "Quy định"
    return KINDS[parts[0]]


def _organ(part: str) -> str | None:
    term = re.fullmatch(r"([A-ZĐ]+)(\d{1,2})", part)
    if term is not None and _is_known(term[1]):
        name = "Quốc hội" if term[1] == "QH" else _organ(term[1])
        return f"{name} khóa {say.whole(int(term[2]))}"
    known = ORGANS.get(part) or ABBREVIATIONS.get(part) or KINDS.get(part)
    return known or in_pieces(part)


def in_pieces(part: str) -> str | None:
    """ "BCĐCVĐTP" from the abbreviations that it is put together of; None where one is unknown."""
    if "&" in part:
        return " và ".join(_organ(piece) or letters(piece) for piece in part.split("&"))
    if not part:
        return ""
    for key in _SPLIT_KEYS:
        if part.startswith(key):
            rest = in_pieces(part[len(key) :])
            if rest is not None:
                return f"{ORGANS.get(key) or ABBREVIATIONS[key]} {rest}".strip()
    return None


def letters(part: str) -> str:
    """Letter by letter, the digits as a number."""
    words = []
    for run in re.findall(r"\d+|[^\W\d_]", part):
        if run.isdecimal():
            words.append(say.whole(int(run)) if len(run) < 5 else say.one_by_one(run))
        else:
            words.append(LETTERS.get(run.upper(), run))
    return " ".join(words)


def kind(place: Place) -> Found | None:
    """ "QĐ số 12", "NQ 57", "theo NQ của…"; what means several things only before a number."""
    found = _KIND_WORD.match(place.text, place.at)
    if found is None:
        return None
    has_number = _NUMBER_NEXT.match(place.text, found.end()) is not None
    name = found[1]
    if name == "TT" and not has_number:
        return Found(found.end(), "Thường trực")
    if name == "CT" and re.compile(r"\s+(UBND|HĐND|MTTQ|UBMTTQ|Hội)").match(
        place.text, found.end()
    ):
        return Found(found.end(), "Chủ tịch")
    if name == "L" or (name in _AMBIGUOUS and not has_number):
        return None
    return Found(found.end(), KINDS[name])


def telephone(place: Place) -> Found | None:
    """Digit by digit, with a pause where the writer left one."""
    found = _TELEPHONE.match(place.text, place.at)
    if found is None:
        return None
    groups = re.findall(r"\+?\d+", found[0])
    spoken = ", ".join(say.one_by_one(group) for group in groups)
    return Found(found.end(), f"cộng {spoken}" if "+" in found[0] else spoken)


def emergency(place: Place) -> Found | None:
    """113 where one is told to call it; a long number without any grouping."""
    found = re.compile(r"\d{10,}(?!\d)|0\d{3,}(?![\d.,/]\d|\d)").match(place.text, place.at)
    if found is not None and not re.compile(r"\s?(đồng|đ|VNĐ|VND|USD)(?!\w)").match(
        place.text, found.end()
    ):
        return Found(found.end(), say.one_by_one(found[0]))
    found = _EMERGENCY.match(place.text, place.at)
    if found is None or not _CALL.search(place.before):
        return None
    if found[1] not in _ALWAYS and not re.search(
        r"(gọi|tổng đài|đường dây nóng|hotline|số|đt|máy):?\s*$", place.before
    ):
        return None
    return Found(found.end(), say.one_by_one(found[1]))


def plate(place: Place) -> Found | None:
    """The plate of a car: 30E-123.45."""
    found = re.compile(r"(\d{2})([A-Z])(\d?)\s?-\s?(\d{3})\.?(\d{2})(?!\d)").match(
        place.text, place.at
    )
    if found is None:
        return None
    series = LETTERS[found[2]] + (f" {say.one_by_one(found[3])}" if found[3] else "")
    return Found(
        found.end(), f"{say.whole(int(found[1]))} {series}, {say.one_by_one(found[4] + found[5])}"
    )
