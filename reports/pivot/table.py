"""The cells: facts gathered under the heads of both axes, and the totals by the same rule."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from django.db.models import Prefetch, Q

from core.text import format_number
from plans.models import ContentItem
from reports import statistics
from reports.models import Indicator, MonthlyReport, ReportContent
from reports.pivot.axes import TOTAL, Axis, Head, axis_of, narrowing
from reports.pivot.facts import Fact, facts
from reports.pivot.once import Taken, told_again
from reports.pivot.selection import Dimension, Measure, Selection
from units.models import Unit, UnitSuccession

EMPTY = "–"
Number = int | float | None


@dataclass(frozen=True)
class Cell:
    """``value`` is a number, a percentage where ``is_share``, None where nothing was given."""

    value: Number
    is_share: bool = False
    told: str = ""
    column: str = TOTAL  # the key of its head
    repeated: int = 0  # taken off, as several reports tell of it

    @property
    def text(self) -> str:
        if self.value is None:
            return EMPTY
        return f"{format_number(self.value, 1)}%" if self.is_share else format_number(self.value)


@dataclass(frozen=True)
class Row:
    head: Head
    cells: tuple[Cell, ...]
    total: Cell | None

    @property
    def all(self) -> tuple[Cell, ...]:
        """The cells, and the one of the whole period where there is one."""
        return (*self.cells, self.total) if self.total else self.cells


@dataclass(frozen=True)
class Table:
    selection: Selection
    columns: tuple[Head, ...]
    rows: tuple[Row, ...]
    foot: Row | None
    has_row_totals: bool

    @property
    def lines(self) -> tuple[Row, ...]:
        """The rows with the one of the totals, as page and sheet write them."""
        return (*self.rows, self.foot) if self.foot else self.rows

    @property
    def is_empty(self) -> bool:
        """No report gave a figure."""
        return all(cell.value is None for row in self.rows for cell in row.all)

    @property
    def has_repeats(self) -> bool:
        """Some sum over units is less than what they reported."""
        return any(cell.repeated for row in self.lines for cell in row.all)


def build(selection: Selection) -> Table:
    """The whole table; at most nine queries, however many units and months."""
    units = units_of(selection)
    asks_contents = selection.uses(Dimension.CONTENT)
    contents = contents_of(selection) if asks_contents else []
    rows, columns = (
        axis_of(dimension, selection, units=units, contents=contents)
        for dimension in (selection.rows, selection.columns)
    )
    given = facts(selection, [unit.pk for unit in units])
    sums = gather(given, rows, columns, selection)
    _leave_out_replaced(sums, selection, units)
    return _table(selection, rows, columns, sums, told_again(selection, rows, columns, units))


def units_of(selection: Selection) -> list[Unit]:
    """The units with a duty or a report in the period, those that were closed since included."""
    ward, first, last = selection.ward, selection.first, selection.last
    reports = MonthlyReport.objects.filter(ward=ward, month__gte=first, month__lte=last)
    duties = statistics.duties(ward, first, last)
    became = Prefetch("successors", UnitSuccession.objects.select_related("to_unit"))
    units = (
        Unit.objects.under(ward)
        .filter(Q(pk__in=duties.values("unit")) | Q(pk__in=reports.values("unit")))
        .in_order()
        .prefetch_related(became)
    )
    return list(filter(narrowing(selection), units))


def contents_of(selection: Selection) -> list[ContentItem]:
    """The contents that a report of the period names, in the order of plans and text."""
    named = ReportContent.objects.filter(
        report__ward=selection.ward,
        report__month__gte=selection.first,
        report__month__lte=selection.last,
    )
    found = ContentItem.objects.filter(pk__in=named.values("content_item"))
    return list(found.order_by("plan__issued_on", "plan", "position"))


def gather(
    given: Iterable[Fact], rows: Axis, columns: Axis, selection: Selection
) -> dict[tuple[str, str], Any]:
    """What each cell is made of. A fact is in its cells, and once in each total."""
    roll_ups = {one.pk: one.roll_up for one in selection.indicators}
    sums: dict[tuple[str, str], Any] = {}
    for fact in given:
        add = _adding(selection.measure, roll_ups.get(fact.item or 0))
        for row in rows.all_keys_of(fact):
            for column in columns.all_keys_of(fact):
                sums[row, column] = add(sums.get((row, column)), fact)
    return sums


def _leave_out_replaced(sums: dict[Any, Any], selection: Selection, units: list[Unit]) -> None:
    """What merged units said last is not added to what their successor says since; one query
    where a unit has one.
    """
    is_last = any(one.roll_up == Indicator.RollUp.LAST for one in selection.indicators)
    if not is_last or not any(unit.successors.all() for unit in units):
        return
    follows = statistics.successors(statistics.Scope(selection.ward))
    for newest in sums.values():
        if isinstance(newest, dict):
            months = {unit: month for unit, (month, _) in newest.items()}
            for unit in statistics.replaced(months, follows):
                del newest[unit]


def _adding(measure: Measure, roll_up: str | None) -> Any:
    if measure is Measure.COVERED:
        return _add_content
    if roll_up == Indicator.RollUp.LAST:
        return _add_newest
    return _add_pair


def _add_pair(so_far: tuple[int, int] | None, fact: Fact) -> tuple[int, int]:
    first, second = so_far or (0, 0)
    return first + fact.first, second + fact.second


def _add_newest(
    so_far: dict[int | None, tuple[dt.date, int]] | None, fact: Fact
) -> dict[int | None, tuple[dt.date, int]]:
    """The newest value of each unit."""
    newest = {} if so_far is None else so_far
    month = fact.month or dt.date.min
    if fact.unit not in newest or newest[fact.unit][0] < month:
        newest[fact.unit] = (month, fact.first)
    return newest


def _add_content(so_far: set[int] | None, fact: Fact) -> set[int]:
    covered = set() if so_far is None else so_far
    if fact.item is not None:
        covered.add(fact.item)
    return covered


def _table(
    selection: Selection, rows: Axis, columns: Axis, sums: dict[tuple[str, str], Any], taken: Taken
) -> Table:
    has_row_totals = columns.has_total

    def cell(row: Head, column: str, indicator: Indicator | None) -> Cell:
        made = _cell(selection, sums.get((row.key, column)), row.indicator or indicator)
        again = taken[row.key, column]
        if not again or made.value is None:
            return replace(made, column=column)
        return replace(made, column=column, value=made.value - again, repeated=again)

    def row(head: Head) -> Row:
        cells = tuple(cell(head, one.key, one.indicator) for one in columns.heads)
        return Row(head, cells, cell(head, TOTAL, None) if has_row_totals else None)

    foot = row(Head(TOTAL, "Toàn bộ")) if rows.has_total and rows.heads else None
    return Table(selection, columns.heads, tuple(map(row, rows.heads)), foot, has_row_totals)


def _cell(selection: Selection, made: Any, indicator: Indicator | None) -> Cell:
    measure = selection.measure
    if measure is Measure.COVERED:
        return Cell(None if made is None else len(made))
    if measure is Measure.RECEIVED:
        nothing = 0 if selection.uses(Dimension.CONTENT) else None
        return Cell(nothing if made is None else made[0])
    if measure is Measure.ON_TIME:
        return _share(made)
    indicator = indicator or selection.indicators[0]
    if indicator.roll_up == Indicator.RollUp.SHARE:
        return _share(made)
    if made is None:
        return Cell(None)
    if indicator.roll_up == Indicator.RollUp.LAST:
        return Cell(sum(value for _, value in made.values()))
    return Cell(made[0])


def _share(made: tuple[int, int] | None) -> Cell:
    """Recomputed from the sums, never from shares."""
    share = statistics.Share(*made) if made else None
    if share is None or share.percent is None:
        return Cell(None, is_share=True)
    told = f"{format_number(share.count)}/{format_number(share.of)}"
    return Cell(share.percent, is_share=True, told=told)
