"""The table as a chart: one measure, at most as many series as the eye tells apart."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from core.charts import MOST_CATEGORIES, MOST_SERIES, Chart, Kind, Series
from core.charts.model import MOST_SQUARES
from reports.pivot.selection import Dimension, Measure, Selection
from reports.pivot.table import Cell, Row, Table

KINDS = {"": "tự chọn", "cot": "cột", "duong": "đường", "o-mau": "ô màu"}


def chart_of(
    table: Table, *, wanted: str = "", title_of: Callable[[Selection], str]
) -> tuple[Chart, str] | None:
    """The chart, and what it leaves out in words; None where there is nothing to draw.

    Indicators have units of their own: of several, the first is drawn.
    """
    title = title_of(_of_first_indicator(table.selection))
    told = []
    rows = list(table.rows)
    if table.selection.rows is Dimension.INDICATOR and len(rows) > 1:
        told.append(f"biểu đồ chỉ vẽ chỉ tiêu “{rows[0].head.name}”")
        rows = rows[:1]
    places = list(range(len(table.columns)))
    if table.selection.columns is Dimension.INDICATOR and len(places) > 1:
        told.append(f"biểu đồ chỉ vẽ chỉ tiêu “{table.columns[0].name}”")
        places = places[:1]
    if len(rows) > MOST_CATEGORIES:
        told.append(f"biểu đồ chỉ vẽ {MOST_CATEGORIES} hàng đầu")
        rows = rows[:MOST_CATEGORIES]
    if not rows:
        return None
    made = _drawn(table, rows, places, wanted, title, told)
    return made, _sentence(told)


def _of_first_indicator(selection: Selection) -> Selection:
    """What the chart shows, for its title."""
    first = selection.indicators[:1]
    if selection.columns is Dimension.INDICATOR:
        return replace(selection, indicators=first, columns=Dimension.NONE)
    if selection.rows is Dimension.INDICATOR and selection.columns is not Dimension.NONE:
        changes = {"rows": selection.columns, "columns": Dimension.NONE}
        return replace(selection, indicators=first, **changes)
    return selection


def _drawn(
    table: Table, rows: list[Row], places: list[int], wanted: str, title: str, told: list[str]
) -> Chart:
    names = [table.columns[place].name for place in places]
    is_time = table.selection.columns.is_time and len(places) > 1
    if wanted == "o-mau" and len(names) > MOST_SQUARES:
        told.append(f"ô màu vẽ nhiều nhất {MOST_SQUARES} cột, nên đây là biểu đồ cột")
    elif wanted == "o-mau" and names:
        squares = [
            Series(name, [_at(row, place).value for row in rows])
            for place, name in zip(places, names, strict=True)
        ]
        return _chart(table, Kind.HEAT, title, [row.head.name for row in rows], squares)
    if is_time and (wanted == "duong" or (not wanted and len(rows) <= MOST_SERIES)):
        if len(rows) > MOST_SERIES:
            told.append(f"biểu đồ chỉ vẽ {MOST_SERIES} hàng đầu")
        series = [
            Series(row.head.name, [_at(row, place).value for place in places])
            for row in rows[:MOST_SERIES]
        ]
        return _chart(table, Kind.LINE, title, names, series, is_time=True)
    time_rows = table.selection.rows.is_time
    kind = Kind.LINE if wanted == "duong" and time_rows and len(rows) > 1 else Kind.COLUMNS
    series = _by_rows(table, rows, places, names, told)
    categories = [row.head.name for row in rows]
    return _chart(table, kind, title, categories, series, is_time=time_rows)


def _by_rows(
    table: Table, rows: list[Row], places: list[int], names: list[str], told: list[str]
) -> list[Series]:
    """The columns side by side while they are few, else the whole period alone."""
    few = MOST_SERIES if len(rows) <= 12 else 1
    if names and (len(names) <= few or not table.has_row_totals):
        if len(names) > MOST_SERIES:
            told.append(f"biểu đồ chỉ vẽ {MOST_SERIES} cột đầu")
        return [
            Series(name, [_at(row, place).value for row in rows])
            for place, name in list(zip(places, names, strict=True))[:MOST_SERIES]
        ]
    if names:
        told.append("biểu đồ vẽ số của cả kỳ")
    return [Series("Cả kỳ", [row.total.value if row.total else None for row in rows])]


def _chart(
    table: Table,
    kind: Kind,
    title: str,
    categories: list[str],
    series: list[Series],
    *,
    is_time: bool = False,
) -> Chart:
    selection = table.selection
    unit = selection.unit_of_measure
    is_share = selection.measure is Measure.ON_TIME
    if selection.measure is Measure.VALUE:
        drawn = selection.indicators[0]
        unit, is_share = drawn.unit_of_measure, drawn.roll_up == "share"
    return Chart(
        kind=kind,
        title=title,
        categories=categories,
        series=series,
        unit="" if is_share else unit,
        category_name=selection.rows.words.capitalize(),
        is_share=is_share,
        is_time=is_time,
    )


def _at(row: Row, place: int) -> Cell:
    return row.cells[place]


def _sentence(told: list[str]) -> str:
    text = "; ".join(told)
    return f"{text[:1].upper()}{text[1:]}." if text else ""
