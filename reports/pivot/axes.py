"""Where a fact belongs: the heads of rows and columns, and their keys."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from core.text import format_date, format_month, month_slug, previous_month
from plans.models import ContentItem
from reports.models import Indicator
from reports.pivot.facts import Fact
from reports.pivot.selection import Dimension, Selection
from units.models import Unit, UnitGroup

TOTAL = "tong"
OUTSIDE = "ngoai"  # the units that no group holds
Keys = tuple[str, ...]


@dataclass(frozen=True)
class Head:
    """A row's or a column's name; ``note`` says what is past or not whole."""

    key: str
    name: str
    note: str = ""
    indicator: Indicator | None = None


@dataclass(frozen=True)
class Axis:
    dimension: Dimension
    heads: tuple[Head, ...]
    keys_of: Callable[[Fact], Keys]

    @property
    def has_total(self) -> bool:
        """Figures of different indicators, or reports counted under each content, do not add up."""
        return self.dimension not in (Dimension.INDICATOR, Dimension.CONTENT)

    def all_keys_of(self, fact: Fact) -> Keys:
        return (*self.keys_of(fact), TOTAL) if self.has_total else self.keys_of(fact)


def axis_of(
    dimension: Dimension,
    selection: Selection,
    *,
    units: list[Unit],
    contents: Iterable[ContentItem],
) -> Axis:
    """``units`` are those of the selection, in official order."""
    if dimension.is_time:
        return _time(dimension, selection)
    if dimension is Dimension.UNIT:
        heads = tuple(Head(str(unit.pk), unit.name, _past(unit, selection)) for unit in units)
        return Axis(dimension, heads, lambda fact: (str(fact.unit),))
    if dimension is Dimension.GROUP:
        return _groups(selection, units)
    if dimension is Dimension.INDICATOR:
        heads = tuple(
            Head(str(one.pk), f"{one.name} ({one.unit_of_measure})", retired(one), one)
            for one in selection.indicators
        )
        return Axis(dimension, heads, lambda fact: (str(fact.item),))
    if dimension is Dimension.CONTENT:
        heads = tuple(Head(str(one.pk), one.short_title) for one in contents)
        return Axis(dimension, heads, lambda fact: (str(fact.item),))
    return Axis(dimension, (), lambda fact: ())


def retired(indicator: Indicator) -> str:
    """Since when an indicator is asked no more."""
    return f"thôi dùng từ {format_month(indicator.ends_on)}" if indicator.ends_on else ""


def _past(unit: Unit, selection: Selection) -> str:
    """A unit that was closed keeps its row: the figures of its months stay its own."""
    if unit.closed_on is None:
        return ""
    now = [one.to_unit.name for one in unit.successors.all()]
    after = f", nay là {', '.join(now)}" if now else ""
    return f"thôi hoạt động từ {format_date(unit.closed_on)}{after}"


def _groups(selection: Selection, units: list[Unit]) -> Axis:
    """A unit may be in several groups: it counts in each, and once in the total."""
    groups_of = grouping(selection)
    keys = {unit.pk: groups_of(unit) for unit in units}
    heads = [Head(str(group.pk), group.name) for group in selection.groups]
    if any(key == (OUTSIDE,) for key in keys.values()):
        heads.append(Head(OUTSIDE, "Ngoài các nhóm"))
    return Axis(Dimension.GROUP, tuple(heads), lambda fact: keys.get(fact.unit or 0, ()))


def grouping(selection: Selection) -> Callable[[Unit], Keys]:
    """What gives the keys of the groups that hold a unit."""
    members = {group.pk: {one.pk for one in group.members.all()} for group in selection.groups}

    def keys(unit: Unit) -> Keys:
        held = (one for one in selection.groups if holds(one, unit, members[one.pk]))
        return tuple(str(one.pk) for one in held) or (OUTSIDE,)

    return keys


def narrowing(selection: Selection) -> Callable[[Unit], bool]:
    """What tells whether a unit is of the kind and the group that are asked for."""
    group = selection.group
    members = {one.pk for one in group.members.all()} if group else set()

    def is_asked(unit: Unit) -> bool:
        is_kind = not selection.kind or unit.kind == selection.kind
        return is_kind and (group is None or holds(group, unit, members))

    return is_asked


def holds(group: UnitGroup, unit: Unit, members: set[int]) -> bool:
    return unit.kind in group.kinds or unit.pk in members


def _time(dimension: Dimension, selection: Selection) -> Axis:
    keys: dict[dt.date | None, Keys] = {
        month: (_part(dimension, month)[0],) for month in selection.months
    }
    heads = tuple(time_heads(dimension, selection))
    return Axis(dimension, heads, lambda fact: keys.get(fact.month, ()))


def time_heads(dimension: Dimension, selection: Selection) -> list[Head]:
    """The parts of time that the months lie in, the oldest first."""
    whole = _complete(dimension, selection)
    parts = dict.fromkeys(_part(dimension, month) for month in selection.months)
    return [Head(key, name, "" if key in whole else "chưa đủ kỳ") for key, name in parts]


def months_of(key: str, dimension: Dimension, selection: Selection) -> list[dt.date]:
    """The months of the selection under a head of time."""
    return [month for month in selection.months if _part(dimension, month)[0] == key]


def _part(dimension: Dimension, month: dt.date) -> tuple[str, str]:
    """The key and the name of the part of time that ``month`` lies in."""
    if dimension is Dimension.QUARTER:
        number = (month.month + 2) // 3
        return f"{month.year}-q{number}", f"quý {number}/{month.year}"
    if dimension is Dimension.HALF:
        number = 1 if month.month <= 6 else 2
        return f"{month.year}-n{number}", f"6 tháng {'đầu' if number == 1 else 'cuối'} {month.year}"
    if dimension is Dimension.YEAR:
        return str(month.year), f"năm {month.year}"
    return month_slug(month), f"{month.month}/{month.year}"


def _complete(dimension: Dimension, selection: Selection) -> set[str]:
    """The parts of time whose every month is asked for."""
    before, after = previous_month(selection.first), _following(selection.last)
    inside = {_part(dimension, month)[0] for month in selection.months}
    return inside - {_part(dimension, before)[0], _part(dimension, after)[0]}


def _following(month: dt.date) -> dt.date:
    return (month.replace(day=28) + dt.timedelta(days=4)).replace(day=1)
