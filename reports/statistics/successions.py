"""Units that went on in others: whose newest number still counts."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from reports.statistics.families import Family

# Indicator, unit, month and value: the newest number of a unit within a window.
Newest = tuple[int, int, dt.date, int]


def gone_on(pairs: Iterable[tuple[int, int]]) -> dict[int, set[int]]:
    """Of (old, new): the old unit's key -> all units that it went on in, at last and between."""
    direct: dict[int, set[int]] = {}
    for old, new in pairs:
        direct.setdefault(old, set()).add(new)
    return {old: _reached(old, direct) for old in direct}


def _reached(start: int, direct: dict[int, set[int]]) -> set[int]:
    found: set[int] = set()
    waiting = list(direct[start])
    while waiting:
        one = waiting.pop()
        if one not in found and one != start:
            found.add(one)
            waiting.extend(direct.get(one, ()))
    return found


def still_counted(
    rows: Iterable[Newest], family: Family, follows: dict[int, set[int]]
) -> list[Newest]:
    """One number a unit, the newest of the family; none of a unit whose successor gave one since."""
    members = {one.pk for one in family.members}
    newest: dict[int, Newest] = {}
    for row in rows:
        if row[0] in members and (row[1] not in newest or newest[row[1]][2] < row[2]):
            newest[row[1]] = row
    return [
        row
        for unit, row in newest.items()
        if not any(
            other in newest and newest[other][2] >= row[2] for other in follows.get(unit, ())
        )
    ]
