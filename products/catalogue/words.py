"""What people type beside the name of a thing, or instead of it. Words are folded, y as i."""

from __future__ import annotations

import re

WORD_FORM = 4  # letters from which on a word may be mended

# Words around the thing that is looked for; only left out when nothing holds them all.
FILLERS = frozenset(
    [
        "mua",
        "ban",
        "o",
        "dau",
        "tai",
        "cua",
        "hang",
        "loai",
        "do",
        "san",
        "pham",
        "ngon",
        "tot",
        "re",
        "gia",
        "bao",
        "nhieu",
        "cho",
        "toi",
        "can",
        "tim",
        "xin",
        "chinh",
        "hieu",
        "that",
        "viet",
        "nam",
        "noi",
        "lam",
        "dac",
        "den",
        "tu",
        "va",
        "voi",
        "kg",
        "chai",
        "goi",
        "hop",
        "lo",
        "cac",
        "nhung",
    ]
)

# One thing, two names: of the North and the South, of yesterday and today. Both ways.
_PAIRS = (
    ("tra", "che"),
    ("tra xanh", "che xanh"),
    ("cafe", "ca phe"),
    ("caphe", "ca phe"),
    ("coffee", "ca phe"),
    ("lon", "heo"),
    ("hoa qua", "trai cai"),
    ("qua cai", "trai cai"),
    ("lac", "dau phong"),
    ("ngo", "bap"),
    ("san", "khoai mi"),
    ("bat", "chen"),
    ("dia", "dua"),
    ("mu la", "non la"),
    ("mu", "non"),
    ("to lua", "lua"),
    ("to tam", "lua"),
    ("silk", "lua"),
    ("tranh tet", "tranh dan gian"),
    ("cham", "mam"),
    ("gom su", "gom"),
    ("su", "gom"),
    ("vang sua", "sua"),
    ("qua vai", "vai thieu"),
    ("trai vai", "vai thieu"),
    ("qua buoi", "buoi"),
    ("trai buoi", "buoi"),
    ("cu nghe", "nghe"),
    ("bot nghe", "tinh bot nghe"),
    ("com vong", "com lang vong"),
    ("cha lua", "gio cha"),
    ("gio lua", "gio cha"),
    ("dua suong", "dua"),
    ("quat giai", "quat"),
    ("gio mai", "mai tre dan"),
    ("ro tre", "mai tre dan"),
)
SYNONYMS = tuple(pair for one, other in _PAIRS for pair in ((one, other), (other, one)))

_TELEX_DOUBLE = re.compile(r"(aa|ee|oo|dd)")
_TELEX_TONE = re.compile(r"(?<=[aeiouy])([^aeiouy]*?)[sfrxj](?=[^aeiouy]*$)")
_VNI = re.compile(r"(?<=[a-z])[0-9]")


def without_typing_marks(word: str) -> str:
    """ "dduwowngf" (Telex) and "d9u7o7ng2" (VNI) -> "duong": typed while the keyboard was off."""
    word = _VNI.sub("", word)
    word = _TELEX_DOUBLE.sub(lambda found: found[0][0], word).replace("w", "")
    return _TELEX_TONE.sub(r"\1", word)


def is_one_letter_off(one: str, other: str) -> bool:
    """One letter changed, missing, too many, or two neighbours the wrong way round."""
    if abs(len(one) - len(other)) > 1:
        return False
    start = 0
    while start < min(len(one), len(other)) and one[start] == other[start]:
        start += 1
    if len(one) != len(other):
        long, short = (one, other) if len(one) > len(other) else (other, one)
        return long[start + 1 :] == short[start:]
    if one[start + 1 :] == other[start + 1 :]:
        return True
    swapped = one[start : start + 2] == other[start : start + 2][::-1]
    return swapped and one[start + 2 :] == other[start + 2 :]
