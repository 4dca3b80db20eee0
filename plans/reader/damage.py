"""Suspected damage of a text: shown as a suggestion, never repaired."""

import re
import unicodedata

from plans.reader.reading import Paragraph, Question

MAX_QUESTIONS = 20
_ONSETS = "ngh|ng|nh|gh|gi|kh|ph|th|tr|ch|qu|b|c|d|đ|g|h|k|l|m|n|p|r|s|t|v|x"
_NUCLEI = (
    "iêu|yêu|oai|oay|oeo|uây|uôi|ươi|ươu|uyê|uya|uyu|uyê|iê|yê|ươ|uô|uâ|uê|uy|uơ|oa|oă|oe|oo|ai|ao|au"
    "|ay|âu|ây|eo|êu|ia|iu|oi|ôi|ơi|ua|ui|ưa|ưi|ưu|a|ă|â|e|ê|i|o|ô|ơ|u|ư|y"
)
SYLLABLE = re.compile(rf"(?:{_ONSETS})?(?:{_NUCLEI})(?:ng|nh|ch|c|m|n|p|t)?")
TONES = {"\u0300", "\u0301", "\u0303", "\u0309", "\u0323"}
TOKEN = re.compile(r"[^\W\d_]{4,16}")
MARKED = re.compile("[\u00e0-\u01b0\u1ea0-\u1ef9]")
WITH_DIGITS = re.compile(
    r"(?<!\w)(số|ngày|tháng|năm|quý|điều|khoản|mục|lần|khóa|thứ)(\d{1,4})(?!\w)", re.I
)
SPACED = re.compile(r"(?<!\S)(?:[^\W\d_] ){4,}[^\W\d_](?!\S)")


def suspected(paragraphs: tuple[Paragraph, ...]) -> list[Question]:
    """Words run together and words spaced out, each with what was probably meant."""
    result: list[Question] = []
    for p in paragraphs:
        if p.is_ignored or len(result) >= MAX_QUESTIONS:
            continue
        found = [(m.start(), m[0], f"{m[1]} {m[2]}") for m in WITH_DIGITS.finditer(p.text)]
        for m in TOKEN.finditer(p.text):
            parts = _parted(m[0])
            if parts:
                found.append((m.start(), m[0], parts))
        for _, printed, meant in sorted(found):
            message = f"Có lẽ thiếu dấu cách trong “{printed}”; chữ của văn bản được giữ nguyên."
            result.append(Question("text", message, meant, p.index))
        for m in SPACED.finditer(p.text):
            message = f"Chữ giãn cách “{m[0]}”; hãy xem lại."
            result.append(Question("text", message, m[0].replace(" ", ""), p.index))
    return result[:MAX_QUESTIONS]


def _parted(token: str) -> str | None:
    """ "vềlãnh" -> "về lãnh"; None for one syllable, or what is no Vietnamese."""
    lower = token.lower()
    if (
        not MARKED.search(lower)
        or _is_syllable(lower)
        or (token != lower and token[1:] != lower[1:])
    ):
        return None
    cuts = [
        at
        for at in range(1, len(token) - 1)
        if _is_syllable(lower[:at]) and _is_syllable(lower[at:]) and not _is_vowel(lower[at])
    ]
    # A space is lost behind a letter with marks above or below far more often than elsewhere.
    cuts.sort(key=lambda at: not MARKED.match(lower[at - 1]))
    return f"{token[: cuts[0]]} {token[cuts[0] :]}" if cuts else None


def _is_vowel(letter: str) -> bool:
    return unicodedata.normalize("NFD", letter)[0] in "aeiouy"


def _is_syllable(text: str) -> bool:
    parts = unicodedata.normalize("NFD", text)
    tones = [c for c in parts if c in TONES]
    bare = unicodedata.normalize("NFC", "".join(c for c in parts if c not in TONES))
    return len(tones) <= 1 and SYLLABLE.fullmatch(bare) is not None
