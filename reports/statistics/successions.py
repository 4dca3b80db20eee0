"""Units that went on in others: whose newest number still counts."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping

from core.text import first_of_month
from reports.statistics.families import Family

# Indicator, unit, month and value: the newest number of a unit within a window.
Newest = tuple[int, int, dt.date, int]
# The old unit's key -> the units that it went on in, at last and between, and since which month.
Follows = Mapping[int, Mapping[int, dt.date]]


def gone_on(rows: Iterable[tuple[int, int, dt.date]]) -> Follows:
    """Of (old, new, day)."""
    direct: dict[int, dict[int, dt.date]] = {}
    for old, new, day in rows:
        direct.setdefault(old, {})[new] = first_of_month(day)
    return {old: _reached(old, direct) for old in direct}


def _reached(start: int, direct: Mapping[int, Mapping[int, dt.date]]) -> dict[int, dt.date]:
    found: dict[int, dt.date] = {}
    waiting = [(start, dt.date.min)]
    while waiting:
        one, since = waiting.pop()
        for heir, month in direct.get(one, {}).items():
            at = max(since, month)
            if heir != start and (heir not in found or at < found[heir]):
                found[heir] = at
                waiting.append((heir, at))
    return found


def replaced(newest: Mapping[int, dt.date], follows: Follows) -> set[int]:
    """Of the units with the month of their newest number, those whose successor gave one since.

    What a unit that takes in another one said before it did so, says nothing of the other.
    """
    return {
        unit
        for unit, month in newest.items()
        if any(
            heir in newest and newest[heir] > month and newest[heir] >= since
            for heir, since in follows.get(unit, {}).items()
        )
    }


def still_counted(rows: Iterable[Newest], family: Family, follows: Follows) -> list[Newest]:
    """One number a unit, the newest of the family; none of a unit whose successor gave one since."""
    members = {one.pk for one in family.members}
    newest: dict[int, Newest] = {}
    for row in rows:
        if row[0] in members and (row[1] not in newest or newest[row[1]][2] < row[2]):
            newest[row[1]] = row
    past = replaced({unit: row[2] for unit, row in newest.items()}, follows)
    return [row for unit, row in newest.items() if unit not in past]
