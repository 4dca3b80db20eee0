"""What one breath says: syllables of Vietnamese, and words that are none."""

from __future__ import annotations

import re
import unicodedata

_TONES = dict.fromkeys(map(ord, "\u0300\u0301\u0303\u0309\u0323"))
_SYLLABLE = re.compile(
    r"(?:ngh|ng|nh|gh|gi|kh|ph|th|tr|ch|qu|[bcdđghklmnpqrstvx])?"
    r"(?:i[êe]u|y[êe]u|o[aă]i|o[ae]y|uy[êea]?u?|u[âaơ]y|u[ôo]i|ươ[iu]|oai|oao|oeo"
    r"|i[êea]|y[êe]|u[ôoaâêơey]|ư[ơau]|o[aăeo]|a[iouy]|ă|â[uy]|e[o]|êu|i[u]|o[i]|ô[iô]|ơi|u[i]|ưi"
    r"|[aăâeêioôơuưy])"
    r"(?:ch|ng|nh|[cmnpt])?"
)
_WORDS = re.compile(r"[^\W\d_]+")
_VOWELS = re.compile(r"[aăâeêioôơuưy]+")


def without_tone(word: str) -> str:
    """The letters with their own marks (ă, ô, đ) but no tone, small."""
    parts = unicodedata.normalize("NFD", word.casefold()).translate(_TONES)
    return unicodedata.normalize("NFC", parts)


def is_syllable(word: str) -> bool:
    """Could ``word`` be one syllable of Vietnamese?"""
    return _SYLLABLE.fullmatch(without_tone(word)) is not None


def count_syllables(text: str) -> int:
    """How many syllables ``text`` is when it is read; a foreign word counts its vowels."""
    count = 0
    for word in _WORDS.findall(text):
        flat = without_tone(word)
        count += 1 if _SYLLABLE.fullmatch(flat) else max(1, len(_VOWELS.findall(flat)))
    return count
