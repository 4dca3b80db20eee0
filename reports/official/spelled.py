"""Numbers that a person wrote in letters: "bảy buổi tuyên truyền" where the figures say 05.

Only with the same two or three words behind it as behind the figure: "một" and "năm" are more often an
article and a year than a number. Words without their marks are not read ("sau buổi" is "after").
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from core.text.number_words import UnclearWordsError, leading_number

LEAST_BEHIND, MOST_BEHIND = 2, 3  # words that tell what is counted
LONGEST = 8  # words of one number
READ = frozenset(
    {
        "một", "mốt", "hai", "ba", "bốn", "tư", "năm", "lăm", "nhăm", "sáu", "bảy", "bẩy", "tám",
        "chín", "mười", "mươi", "chục", "trăm", "linh", "lẻ", "nghìn", "ngàn", "vạn", "triệu",
    }
)  # fmt: skip


class Spelled(NamedTuple):
    """The words ``first`` to before ``after`` say ``value``; ``behind`` are those that follow."""

    first: int
    after: int
    value: int
    behind: tuple[str, ...]


def spelled(words: Sequence[str], is_joined: Sequence[bool]) -> Iterator[Spelled]:
    """The numbers in letters among ``words``; ``is_joined``: only a space parts it from the next."""
    place = 0
    while place < len(words):
        found = _at(place, words, is_joined)
        if found is None:
            place += 1
        else:
            yield found
            place = found.after


def behind(place: int, words: Sequence[str], is_joined: Sequence[bool]) -> tuple[str, ...]:
    """Two or three words after ``place``, as far as only spaces part them; () where fewer are."""
    found = tuple(_run(place, words, is_joined)[1 : MOST_BEHIND + 1])
    return found if len(found) >= LEAST_BEHIND else ()


def _run(place: int, words: Sequence[str], is_joined: Sequence[bool]) -> list[str]:
    """From ``place`` on, as far as only spaces part them."""
    found = [words[place].casefold()]
    while len(found) < LONGEST + MOST_BEHIND and is_joined[place]:
        place += 1
        found.append(words[place].casefold())
    return found


def _at(place: int, words: Sequence[str], is_joined: Sequence[bool]) -> Spelled | None:
    run = _run(place, words, is_joined)
    if run[0] not in READ or run[0] == "tư":  # đầu tư
        return None
    try:
        value, rest = leading_number(run)
    except UnclearWordsError:
        return None
    length = len(run) - len(rest)
    if not all(word in READ for word in run[:length]):
        return None
    return Spelled(place, place + length, value, tuple(rest[:MOST_BEHIND]))
