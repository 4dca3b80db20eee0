"""One search over the whole office. Each app says where it looks; nobody sees more than elsewhere.

A text is looked for as folded words, whole numbers and the short forms of the office ("cb 12" is
Chi bộ Tổ dân phố số 12), as a telephone number, and as a month.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Any

from django.db.models import Q

from core.text import PhoneFormatError, clean, fold, nfc, parse_phone

MAX_LENGTH = 100  # characters of a text that are looked at
MAX_WORDS = 8
SHOWN = 6  # rows of each source on the page
NO_FIT = 6
LOOKED_AT = 200  # rows of each source that are weighed

SHORT_FORMS = {
    "bch": "ban chap hanh",
    "bctmt": "ban cong tac mat tran",
    "bt": "bi thu",
    "bv": "bao ve",
    "ca": "cong an",
    "cb": "chi bo",
    "ccb": "cuu chien binh",
    "ct": "chi thi",
    "cv": "cong van",
    "dtn": "doan thanh nien",
    "du": "dang uy",
    "hd": "huong dan",
    "hdnd": "hoi dong nhan dan",
    "hpn": "phu nu",
    "htx": "hop tac xa",
    "kh": "ke hoach",
    "mn": "mam non",
    "mt": "mat tran",
    "mttq": "mat tran to quoc",
    "nd": "nghi dinh",
    "nq": "nghi quyet",
    "p": "phuong",
    "pn": "phu nu",
    "qd": "quyet dinh",
    "qs": "quan su",
    "tb": "thong bao",
    "tdp": "to dan pho",
    "tg": "tuyen giao",
    "th": "tieu hoc",
    "thcs": "trung hoc co so",
    "thpt": "trung hoc pho thong",
    "tn": "thanh nien",
    "tp": "to pho",
    "ubnd": "uy ban nhan dan",
    "vp": "van phong",
    "yt": "y te",
}
_PIECE = re.compile(r"\d+|[^\W\d_]+")
_MONTH = re.compile(
    r"(?:^|\s)(?:thang\s*|t)(1[0-2]|0?[1-9])(?:\s*[/-]\s*(20\d\d)|\s+(20\d\d))?(?!\S)"
)
_DATED = re.compile(r"(?:^|\s)(1[0-2]|0?[1-9])\s*[/-]\s*(20\d\d)(?!\S)")


@dataclass(frozen=True)
class Asked:
    """What a person typed: folded ``words``, the ``exact`` ones with their marks, a ``phone`` in
    E.164 or some of its ``digits``, and the ``month`` with its year where one is named."""

    text: str
    words: tuple[str, ...] = ()
    exact: tuple[str, ...] = ()
    phone: str = ""
    digits: str = ""
    month: int | None = None
    year: int | None = None

    @classmethod
    def of(cls, typed: str) -> Asked:
        text = clean(typed[:MAX_LENGTH])
        folded = fold(text)
        asked = cls(text, words_of(folded), exact_of(text), *_phone(text))
        found = _MONTH.search(folded) or _DATED.search(folded)
        if found is None:
            return asked
        years = [part for part in found.groups()[1:] if part]
        return replace(asked, month=int(found[1]), year=int(years[0]) if years else None)

    def __bool__(self) -> bool:
        return bool(self.words)

    @property
    def without_month(self) -> Asked:
        """The same without the month, for who looks for the unit of a report."""
        if self.month is None:
            return self
        folded = fold(self.text)
        found = _MONTH.search(folded) or _DATED.search(folded)
        rest = folded[: found.start()] + " " + folded[found.end() :] if found else folded
        words = words_of(rest)
        return replace(self, words=words, exact=tuple(w for w in self.exact if fold(w) in words))

    @property
    def has_marks(self) -> bool:
        return self.exact != self.words

    def day(self, today: dt.date) -> dt.date | None:
        """The first day of the month that is meant: the newest one that has begun."""
        if self.month is None:
            return None
        year = self.year or (today.year if self.month <= today.month else today.year - 1)
        return dt.date(year, self.month, 1)


def words_of(folded: str) -> tuple[str, ...]:
    """Letters and figures apart: "85-kh/du" is 85, kh, du, and "cb12" is cb, 12."""
    pieces = _PIECE.findall(folded)
    return tuple(piece.lstrip("0") or piece for piece in pieces[:MAX_WORDS])


def exact_of(text: str) -> tuple[str, ...]:
    pieces = _PIECE.findall(nfc(text).casefold())
    return tuple(piece.lstrip("0") or piece for piece in pieces[:MAX_WORDS])


def _phone(text: str) -> tuple[str, str]:
    """The number in E.164 and "", or "" and at least four figures of one."""
    try:
        return parse_phone(text), ""
    except PhoneFormatError:
        digits = re.sub(r"[\s.\-()+]", "", text)
        is_part = digits.isascii() and digits.isdigit() and 4 <= len(digits) <= 12
        return "", digits.lstrip("0") if is_part else ""


def holding(asked: Asked, *columns: str) -> Q:
    """Rows of which each word stands in one of the folded ``columns``; numbers only as wholes."""
    if not asked.words:
        return Q(pk__in=[])
    result = Q()
    for word in asked.words:
        one = Q()
        for column in columns:
            one |= _holds(column, word)
        result &= one
    return result


def _holds(column: str, word: str) -> Q:
    if word.isdigit():
        return Q(**{f"{column}__regex": rf"(^|[^0-9])0*{int(word)}([^0-9]|$)"})
    found = Q(**{f"{column}__contains": word})
    if word in SHORT_FORMS:
        found |= Q(**{f"{column}__contains": SHORT_FORMS[word]})
    return found


def rank_of(asked: Asked, *titles: str, key: str = "") -> tuple[int, int]:
    """How well a row fits, the best first, by its name and by ``key``, its folded text.

    0 the name is what was typed; 1 it has the words with exactly these marks; 2, 3 it has them;
    4 the key has them; 5 words of the name or the key begin so; NO_FIT they stand inside others.
    """
    best = min((_of_title(asked, title) for title in titles if title), default=(NO_FIT, 99))
    if best[0] <= 3 or not key:
        return best
    if _stands(asked.words, words_with_ends(key)):
        return 4, best[1]
    return (min(best[0], 5) if _begins(asked.words, key) else best[0]), best[1]


def _of_title(asked: Asked, title: str) -> tuple[int, int]:
    folded = fold(title)
    plain = _PIECE.findall(folded)
    is_all = _stands(asked.words, words_with_ends(folded))
    if is_all and _is_whole(asked.words, plain):
        return 0, len(plain)
    marked = {piece.lstrip("0") or piece for piece in _PIECE.findall(nfc(title).casefold())}
    if is_all and asked.has_marks and set(asked.exact) <= marked:
        return 1, len(plain)
    if is_all:
        return 3 if asked.has_marks else 2, len(plain)
    return (5 if _begins(asked.words, folded) else NO_FIT), len(plain)


def _begins(words: tuple[str, ...], folded: str) -> bool:
    """Does something in ``folded`` begin with each word, or with what it is short for?"""
    whole = words_with_ends(folded)
    return all(
        f" {word}" in whole or (word in SHORT_FORMS and f" {SHORT_FORMS[word]}" in whole)
        for word in words
    )


def words_with_ends(folded: str) -> str:
    pieces = (piece.lstrip("0") or piece for piece in _PIECE.findall(folded))
    return f" {' '.join(pieces)} "


def _stands(words: tuple[str, ...], whole: str) -> bool:
    """Does each word, or what it is short for, stand in ``whole`` as a word?"""
    return all(
        f" {word} " in whole or (word in SHORT_FORMS and f" {SHORT_FORMS[word]} " in whole)
        for word in words
    )


def _is_whole(words: tuple[str, ...], plain: list[str]) -> bool:
    long = " ".join(SHORT_FORMS.get(word, word) for word in words)
    title = " ".join(piece.lstrip("0") or piece for piece in plain)
    return title in (long, " ".join(words))


# -- Sources ------------------------------------------------------------------


@dataclass(frozen=True)
class Found:
    """A row: its name, a line below it, its page in the office, how well it fits."""

    title: str
    line: str
    url: str
    rank: tuple[int, int] = (NO_FIT, 99)


@dataclass(frozen=True, kw_only=True)
class Source:
    """Where an app looks. ``action`` is the right without which nothing is looked for; ``find``
    starts from what the person may see. Equal fits stand in the ``order`` of their sources."""

    key: str
    label: str
    order: int
    action: str
    find: Callable[[Any, Asked], list[Found]]


@dataclass(frozen=True)
class Group:
    label: str
    rows: list[Found] = field(default_factory=list)
    has_more: bool = False


SOURCES: dict[str, Source] = {}


def add_sources(*sources: Source) -> None:
    SOURCES.update({source.key: source for source in sources})


def find(user: Any, asked: Asked) -> list[Group]:
    """What ``user`` may see of ``asked``, by source, the source with the best fit first."""
    if not asked:
        return []
    groups = []
    for source in sorted(SOURCES.values(), key=lambda one: one.order):
        if not user.has_perm(source.action):
            continue
        found = [row for row in source.find(user, asked) if row.rank[0] < NO_FIT]
        rows = sorted(found, key=lambda row: row.rank)
        if rows:
            group = Group(source.label, rows[:SHOWN], len(rows) > SHOWN)
            groups.append((rows[0].rank[0], source.order, group))
    return [group for _, _, group in sorted(groups, key=lambda one: one[:2])]
