"""Which passwords are refused: long enough for us, and still the first ones that are guessed.

Django's list has 19.640 passwords, of which 190 reach twelve signs. Those that reach it elsewhere
are nearly all put together from two of them ("qwerty123456", "iloveyou2024"), or from words that
everyone here knows ("phuongxyz2026"). So a password is taken apart into known pieces, and refused
when they are few; words of one's own make it good whatever stands beside them.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from pathlib import Path
from typing import Any

from django.contrib.auth import password_validation
from django.core.exceptions import ValidationError

HERE = Path(__file__).parent
LONGEST = 1024  # signs; the cost of hashing more is the server's
PIECES = 3  # known pieces that make no password
MOST = 64  # signs that are taken apart
SHORTEST = 3  # signs of a piece
ROWS = ("qwertyuiop", "asdfghjkl", "zxcvbnm", "1234567890", "1qaz2wsx3edc4rfv5tgb6yhn7ujm8ik")
ALPHABET = "abcdefghijklmnopqrstuvwxyz"
_LEET = str.maketrans("@$!|013457", "asiiolestt")
_FILLING = re.compile(r"[\W_]+")


class CommonPasswordValidator:
    def validate(self, password: str, user: Any = None) -> None:
        if len(password) > LONGEST:
            raise ValidationError(f"Mật khẩu dài quá {LONGEST} ký tự.", code="password_too_long")
        if is_common(password, _words_of(user)):
            raise ValidationError(
                "Mật khẩu này nhiều người dùng hoặc dễ đoán. Mời đồng chí thêm vài từ của riêng mình.",
                code="password_too_common",
            )

    def get_help_text(self) -> str:
        return "Mật khẩu không được là câu quen thuộc, dễ đoán."


def is_common(password: str, own_words: frozenset[str] = frozenset()) -> bool:
    """Is ``password`` made of at most :data:`PIECES` pieces that everybody guesses?"""
    plain = _folded(password)
    if plain in _common():
        return True
    if len(plain) > MOST:  # long, unless it is one thing again and again
        return _is_run(plain)
    forms = {plain, plain.translate(_LEET), re.sub(r"\d+$", "", plain).translate(_LEET)}
    return any(_pieces(_FILLING.sub("", form), own_words) <= PIECES for form in forms)


def _pieces(text: str, own_words: frozenset[str]) -> int:
    """The least number of known pieces that ``text`` is made of; large when it is not."""
    never = len(text) + PIECES + 1
    least = [0] + [never] * len(text)
    for end in range(1, len(text) + 1):
        for start in range(end):
            if least[start] < least[end] - 1 and _is_known(text[start:end], own_words):
                least[end] = least[start] + 1
    return least[-1]


def _is_known(piece: str, own_words: frozenset[str]) -> bool:
    if piece.isdigit():
        return len(piece) <= 8 or _is_run(piece)
    if len(piece) < SHORTEST:
        return False
    return piece in _common() or piece in own_words or _is_run(piece)


def _is_run(piece: str) -> bool:
    """One sign again and again, a short group again and again, or keys side by side."""
    if re.fullmatch(r"(.{1,4})\1+", piece):
        return True
    rows = (*ROWS, ALPHABET)
    return any(piece in row or piece in row[::-1] for row in rows)


@cache
def _common() -> frozenset[str]:
    known = {_folded(one) for one in password_validation.CommonPasswordValidator().passwords}
    words = (HERE / "context_words.txt").read_text(encoding="utf-8").splitlines()
    known |= {_FILLING.sub("", _folded(word)) for word in words if not word.startswith("#")}
    return frozenset(one for one in known if len(one) >= SHORTEST)


def _words_of(user: Any) -> frozenset[str]:
    names = (getattr(user, name, None) or "" for name in ("username", "full_name", "phone"))
    words = (word for name in names for word in _FILLING.split(_folded(str(name))))
    return frozenset(word for word in words if len(word) >= SHORTEST)


def _folded(text: str) -> str:
    plain = unicodedata.normalize("NFD", text.lower().replace("đ", "d"))
    return "".join(one for one in plain if not unicodedata.combining(one))
