"""How wide the columns of a table are, and how large its letters, so that no word is cut in two."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

SIZES = (12, 11, 10, 9.5, 9, 8.5, 8, 7.5, 7, 6.5, 6)  # points
MILLIMETRES_A_POINT = 25.4 / 72
AROUND = 3.6  # mm beside the text of a cell: its margins and the lines
LEAST_WIDE = 28.0  # mm for a column of sentences, where there is room
ENOUGH_WIDE = 80.0  # mm; where one column holds sentences, the others share what is left
# Widths in Times New Roman bold, in ems.
NARROW, DIGIT, SMALL, CAPITAL, SIGN = 0.25, 0.5, 0.56, 0.78, 1.0


def fitting(
    grid: Sequence[Sequence[str]], *, wide: Mapping[int, float], width: float
) -> tuple[float, list[float]]:
    """The largest letters, in points, with which no word of ``grid`` is cut in two in ``width``
    millimetres, and the widths of the columns.

    Columns in ``wide`` hold sentences: they share what the others leave, by their number there.
    """
    columns = list(zip(*grid, strict=True))
    longest = [
        max(_ems(word) for text in column for word in text.split() or [""]) for column in columns
    ]
    others = [place for place in range(len(columns)) if place not in wide]
    for size in SIZES:
        needed = [ems * size * MILLIMETRES_A_POINT + AROUND for ems in longest]
        rest = width - sum(needed[place] for place in others)
        room = {place: rest * part / sum(wide.values()) for place, part in wide.items()}
        if all(room[place] >= max(needed[place], LEAST_WIDE) for place in wide):
            break
    if len(wide) == 1 and rest > ENOUGH_WIDE:
        room = dict.fromkeys(wide, ENOUGH_WIDE)
        for place in others[1:]:  # behind the number of the row
            needed[place] += (rest - ENOUGH_WIDE) / len(others[1:])
    return size, [max(room.get(place, one), AROUND) for place, one in enumerate(needed)]


def _ems(word: str) -> float:
    return sum(map(_em, word))


def _em(sign: str) -> float:
    if sign in ".,:;()":
        return NARROW if sign in ".,:;" else 0.35
    if sign.isdigit():
        return DIGIT
    if sign.isupper():
        return CAPITAL
    return SMALL if sign.isalpha() else SIGN if sign in "%" else 0.58
