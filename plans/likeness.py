"""Which text became which."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

NEAR = 0.55  # below this share of common words two texts are two rows, not one that changed
# Beyond so many pairs only neighbours in the order are compared; all of them would take minutes.
MANY, NEIGHBOURS = 100_000, 30


def pairs(first: list[str], second: list[str]) -> dict[int, int]:
    """Which of ``second`` each of ``first`` has become: the same text, else the nearest one."""
    result: dict[int, int] = {}
    places: dict[str, list[int]] = {}
    for at, text in reversed(list(enumerate(second))):
        places.setdefault(text, []).append(at)
    for at, text in enumerate(first):
        if places.get(text):
            result[at] = places[text].pop()
    taken = set(result.values())
    bags = {at: Counter(text.lower().split()) for at, text in enumerate(second) if at not in taken}
    reach = NEIGHBOURS if len(first) * len(bags) > MANY else len(second) + len(first)
    scores = []
    for at, text in enumerate(first):
        if at not in result:
            bag = Counter(text.lower().split())
            near = range(at - reach, at + reach + 1)
            scores += [(_alike(bag, other), -at, -to) for to, other in bags.items() if to in near]
    for score, minus_at, minus_to in sorted(scores, reverse=True):
        at, to = -minus_at, -minus_to
        if score >= NEAR and at not in result and to not in taken:
            result[at] = to
            taken.add(to)
    return result


def _alike(first: Counter[str], second: Counter[str]) -> float:
    """The share of words that two texts have in common, 0 to 1."""
    common = sum((first & second).values())
    return 2 * common / max(1, _size(first.values()) + _size(second.values()))


def _size(counts: Iterable[int]) -> int:
    return sum(counts)
