"""What a rule sees and what it answers."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property

BEFORE = 60  # letters that a rule may look back


@dataclass(frozen=True)
class Style:
    """What differs from ward to ward. ``own``: written form → spoken form, before all rules."""

    own: Mapping[str, str] = field(default_factory=dict)
    says_mung: bool = False  # "ngày mùng năm" for the first ten days of a month

    @cached_property
    def own_words(self) -> re.Pattern[str] | None:
        return words_of(self.own)


@dataclass(frozen=True)
class Found:
    """``spoken`` for the text up to ``end``."""

    end: int
    spoken: str
    is_guess: bool = False


@dataclass
class Place:
    """Where the scanner stands. ``text`` is the whole, ``at`` the place."""

    text: str
    at: int
    style: Style

    @cached_property
    def before(self) -> str:
        """The words before this place, small, of the same line."""
        start = max(0, self.at - BEFORE)
        return self.text[start : self.at].rsplit("\n", 1)[-1].casefold()

    @property
    def is_line_start(self) -> bool:
        return not self.before.strip()

    def follows(self, *words: str) -> bool:
        """Does one of ``words`` (small) stand directly before, whole?"""
        last = self.before.rstrip(' .:,(“"')
        return any(re.search(rf"(?<!\w){re.escape(word)}$", last) for word in words)


Rule = Callable[[Place], Found | None]


def words_of(table: Iterable[str]) -> re.Pattern[str] | None:
    """One pattern for all keys of ``table``, the longest first, as whole words."""
    keys = sorted(table, key=lambda key: (-len(key), key))
    if not keys:
        return None
    return re.compile(f"({'|'.join(map(re.escape, keys))})" + r"(?![\w])")
