"""What is taken off the sums over several units, where their reports tell of one event."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from functools import cached_property

from reports import counting_once
from reports.models import Indicator
from reports.pivot.axes import TOTAL, Axis, Keys, grouping, narrowing
from reports.pivot.facts import Fact
from reports.pivot.selection import Dimension, Measure, Selection
from units.models import Unit

PLACES = (Dimension.UNIT, Dimension.GROUP)
Taken = Counter[tuple[str, str]]


def told_again(selection: Selection, rows: Axis, columns: Axis, units: list[Unit]) -> Taken:
    """Cell by cell; two queries. The cells of one unit are as it reported, a group counts an
    event once within itself (docs/decisions/0015).
    """
    taken: Taken = Counter()
    indicators = {one.pk for one in selection.indicators if one.roll_up == Indicator.RollUp.SUM}
    if selection.measure is not Measure.VALUE or not indicators:
        return taken
    told = Parts(selection, selection.months, units)
    groups = [axis for axis in (rows, columns) if axis.dimension is Dimension.GROUP]
    for part in [TOTAL, *(head.key for axis in groups for head in axis.heads)]:
        for one in told.repeats(part):
            if one.indicator not in indicators:
                continue
            fact = Fact(one.unit, one.month, one.indicator, one.count)
            for row in _keys(rows, fact, part):
                for column in _keys(columns, fact, part):
                    taken[row, column] += one.count
    return taken


def _keys(axis: Axis, fact: Fact, part: str) -> Keys:
    return (part,) if axis.dimension in PLACES else axis.all_keys_of(fact)


class Parts:
    """The ward (:data:`TOTAL`), or what is asked of it, and its groups: each counts an event once."""

    def __init__(self, selection: Selection, months: list[dt.date], units: list[Unit]) -> None:
        self._selection, self._units = selection, units
        self._told = counting_once.Told(selection.ward, months)

    def repeats(self, part: str) -> list[counting_once.Repeat]:
        """``part`` is the key of a group or :data:`TOTAL`."""
        if part == TOTAL:
            is_whole = not self._selection.is_narrowed
            return self._told.repeats(None if is_whole else set(self._groups_of))
        return self._told.repeats({pk for pk, keys in self._groups_of.items() if part in keys})

    @cached_property
    def _groups_of(self) -> dict[int, Keys]:
        """The units that are asked for with their groups. Of another month may come the mention
        that counts, and with it a unit that the months of the table do not know.
        """
        others = self._told.units - {unit.pk for unit in self._units}
        found = Unit.objects.filter(pk__in=others) if others else []
        groups_of, is_asked = grouping(self._selection), narrowing(self._selection)
        return {unit.pk: groups_of(unit) for unit in (*self._units, *found) if is_asked(unit)}
