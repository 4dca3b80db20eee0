"""Which goods a query means, and in which order.

First every word as it was typed, with marks or without. Only when nothing holds them all, what
people do wrong is tried: filler words, other names of a thing, Telex and VNI left over, one wrong
letter, words run together, and last most of the words.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from products.catalogue.entries import Entry
from products.catalogue.words import (
    FILLERS,
    SYNONYMS,
    WORD_FORM,
    is_one_letter_off,
    without_typing_marks,
)
from products.searching import MAX_LENGTH, MAX_WORDS, exact_words, folded_words, same_vowels

MANY = 2000  # more finds than this are ordered by their names alone
SCANNED = 20_000  # goods up to which the dearest guesses are made
ENOUGH = 2 / 3  # of the words, when no goods hold all


@dataclass(frozen=True)
class Ranked:
    """Places in the catalogue, best first; ``is_near`` when not all words were found as typed."""

    places: list[int] = field(default_factory=list)
    is_near: bool = False


@dataclass(frozen=True)
class Query:
    """Folded words; those that were typed with marks also as they were typed."""

    words: tuple[str, ...]
    marked: tuple[str, ...] = ()

    @property
    def phrase(self) -> str:
        return " ".join(self.words)


def parse(typed: str) -> Query:
    text = typed[:MAX_LENGTH]
    folded = [same_vowels(word) for word in folded_words(text)[:MAX_WORDS]]
    exact = [same_vowels(word) for word in exact_words(text)[:MAX_WORDS]]
    return Query(tuple(folded), tuple(word for word in exact if word not in folded))


def find(entries: list[Entry], vocabulary: frozenset[str], typed: str) -> Ranked:
    """The goods that ``typed`` means, of ``entries``; ``vocabulary`` are all the words of these."""
    query = parse(typed)
    if not query.words:
        return Ranked()
    places = _holding(entries, query.words, vocabulary)
    if places and not _is_another_thing(entries, places, query):
        return Ranked(_ordered(entries, places, query))
    for other in _guesses(query, vocabulary):
        guessed = _holding(entries, other.words, vocabulary)
        if guessed:
            return Ranked(_ordered(entries, guessed, other), is_near=True)
    places = places or _beginning(entries, query.words, vocabulary)
    if places:
        return Ranked(_ordered(entries, places, query))
    if len(entries) > SCANNED:
        return Ranked()
    places = _run_together(entries, query) or _most_words(entries, query)
    return Ranked(_ordered(entries, places, query), is_near=True) if places else Ranked()


def _holding(entries: list[Entry], words: tuple[str, ...], vocabulary: frozenset[str]) -> list[int]:
    """Places of the goods with all ``words``; a word that no goods have spares the search."""
    if not vocabulary.issuperset(words):
        return []
    return _with_all(entries, [f" {word} " for word in words])


def _beginning(
    entries: list[Entry], words: tuple[str, ...], vocabulary: frozenset[str]
) -> list[int]:
    """The same, where the last word is still being typed."""
    if not vocabulary.issuperset(words[:-1]):
        return []
    return _with_all(entries, [*(f" {word} " for word in words[:-1]), f" {words[-1]}"])


def _with_all(entries: list[Entry], parts: list[str]) -> list[int]:
    if not parts:
        return []
    first, *rest = parts
    places = [place for place, entry in enumerate(entries) if first in entry.text]
    for part in rest:
        places = [place for place in places if part in entries[place].text]
    return places


def _is_another_thing(entries: list[Entry], places: list[int], query: Query) -> bool:
    """Were all words typed with marks, and has no find any of them? "dầu phộng" is no "đậu … Phòng"."""
    if len(query.marked) < len(query.words) or len(places) > MANY:
        return False
    return not any(
        f" {word} " in entries[place].text_exact for place in places for word in query.marked
    )


def _ordered(entries: list[Entry], places: list[int], query: Query) -> list[int]:
    if len(places) > MANY:
        start = f" {query.phrase}"
        return sorted(places, key=lambda place: start not in entries[place].name)
    return sorted(places, key=lambda place: (*_rank(entries[place], query), place))


def _rank(entry: Entry, query: Query) -> tuple[int, int, int]:
    """Exact marks first, then how well the name fits, then the shorter name."""
    lacking = sum(f" {word} " not in entry.text_exact for word in query.marked)
    strange = sum(f" {word} " not in entry.name_exact for word in query.marked)
    return lacking, _tier(entry, query) + (1 if strange and not lacking else 0), len(entry.name)


def _tier(entry: Entry, query: Query) -> int:
    phrase, name = query.phrase, entry.name
    if name == f" {phrase} ":
        return 0
    if name.startswith(f" {phrase} "):
        return 2
    if f" {phrase} " in name:
        return 4
    if all(f" {word} " in name for word in query.words):
        return 6
    if all(f" {word}" in name for word in query.words):
        return 8
    if f" {phrase} " in entry.text:
        return 10
    return 12 if all(f" {word} " in entry.text for word in query.words) else 14


# -- When nothing holds all the words -----------------------------------------


def _guesses(query: Query, vocabulary: frozenset[str]) -> Iterator[Query]:
    """Other readings of what was typed, the likeliest first."""
    bare = tuple(word for word in query.words if word not in FILLERS) or query.words
    yield from _renamed(query.words)
    if bare != query.words:
        yield Query(bare, query.marked)
        yield from _renamed(bare)
    retyped = tuple(without_typing_marks(word) for word in bare)
    yield Query(retyped)
    yield from _renamed(retyped)
    for words in (bare, retyped):
        mended = tuple(_mended(word, vocabulary) for word in words)
        yield Query(mended)


def _renamed(words: tuple[str, ...]) -> Iterator[Query]:
    """With the other name of one thing: "tra" for "che"."""
    phrase = f" {' '.join(words)} "
    for one, other in SYNONYMS:
        if f" {one} " in phrase:
            yield Query(tuple(phrase.replace(f" {one} ", f" {other} ").split()))


def _mended(word: str, vocabulary: frozenset[str]) -> str:
    """The word of the catalogue that is one letter off ``word``; ``word`` itself where it is known."""
    if word in vocabulary or len(word) < WORD_FORM:
        return word
    near = (
        known
        for known in vocabulary
        if -2 < len(known) - len(word) < 2 and known.isalpha() and is_one_letter_off(word, known)
    )
    return min(near, default=word, key=lambda known: (known[:1] != word[:1], known))


def _run_together(entries: list[Entry], query: Query) -> list[int]:
    """ "nuocmam" for "nước mắm", and "ba tràng" for "Batrang"."""
    joined = "".join(query.words)
    if len(joined) < WORD_FORM:
        return []
    return _where(entries, lambda entry: joined in entry.name.replace(" ", ""))


def _most_words(entries: list[Entry], query: Query) -> list[int]:
    """Goods with two thirds of the words, one of them in the name; those with most words only."""
    words = [word for word in query.words if word not in FILLERS]
    if len(words) < 2:
        return []
    best, places = 0, []
    for place, entry in enumerate(entries):
        count = sum(f" {word} " in entry.text for word in words)
        if count < max(best, len(words) * ENOUGH) or not any(
            f" {word} " in entry.name for word in words
        ):
            continue
        if count > best:
            best, places = count, []
        places.append(place)
    return places


def _where(entries: list[Entry], test: Callable[[Entry], bool]) -> list[int]:
    return [place for place, entry in enumerate(entries) if test(entry)]
