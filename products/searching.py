"""How goods are found by what people type: without marks, and exact marks first."""

from __future__ import annotations

import re
import unicodedata

from django.db.models import Q

from core.text import clean, fold

MAX_WORDS = 8
MAX_LENGTH = 100  # characters of a query that are looked at
_TONES = "\u0300\u0301\u0303\u0309\u0323"
_NO_WORD = re.compile(r"[^\w\u0300-\u036f]+")


def folded_words(text: str) -> list[str]:
    """The words of ``text`` without marks and signs, as they stand in ``Product.search``."""
    return _NO_WORD.sub(" ", fold(text)).split()


def folded_key(*texts: str) -> str:
    return " ".join(word for text in texts for word in folded_words(text))


def exact_words(text: str) -> list[str]:
    """The words of ``text`` with their marks; the tone of a word stands behind its letters.

    So "hoà" and "hòa", "thuỷ" and "thủy" are one word, while "đường" and "duong" are two.
    """
    letters = unicodedata.normalize("NFD", clean(text).casefold())
    return [_tone_last(word) for word in _NO_WORD.sub(" ", letters).split()]


def exact_key(*texts: str) -> str:
    """Words between single spaces, with a space at both ends: a whole word is found as " word "."""
    return f" {' '.join(word for text in texts for word in exact_words(text))} "


def matching(query: str) -> Q:
    """Rows that contain every word of ``query``, marks or not. Nothing for a query of signs only."""
    words = folded_words(query[:MAX_LENGTH])[:MAX_WORDS]
    if not words:
        return Q(pk__in=[])
    found = Q()
    for word in words:
        found &= Q(search__contains=word)
    return found


def same_vowels(key: str) -> str:
    """A key in which i and y are one letter: "kỹ" and "kĩ", "Mỹ" and "Mĩ" are written both ways."""
    return key.replace("y", "i")


def _tone_last(word: str) -> str:
    tones = "".join(char for char in word if char in _TONES)
    return "".join(char for char in word if char not in _TONES) + tones
