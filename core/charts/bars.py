"""Columns on their side: each category is a row, so that its name has room, as many as there are."""

from __future__ import annotations

import math
from collections.abc import Callable

from core.charts.legend import length, lines, tone
from core.charts.model import Chart, Kind
from core.charts.scale import scale_of
from core.charts.shapes import LEADING, WIDTH, Box, Line, Shape, Words

NAMES = 230  # units at most
BAR = 12
GAP = 8


def shapes(chart: Chart) -> tuple[list[Shape], float]:
    scale = scale_of(chart)
    left = min(NAMES, math.ceil(max(map(length, chart.categories)))) + 8
    behind = math.ceil(max(length(text) for text in _ends(chart))) + 8
    room = WIDTH - left - behind
    made: list[Shape] = []
    y = 2.0
    for place, name in enumerate(chart.categories):
        parts = lines(name, NAMES)
        deep = BAR if chart.kind is Kind.STACKED else BAR * len(chart.series)
        height = max(deep, len(parts) * LEADING - 3)
        for number, part in enumerate(parts):
            at = y + (height - len(parts) * LEADING) / 2 + LEADING * (number + 1) - 3.5
            made.append(Words(left - 8, round(at, 1), part, "end"))
        made += _row(chart, place, left, y + (height - deep) / 2, lambda v: room * scale.part(v))
        y += height + GAP
    axis = Line(((left, 0), (left, round(y - GAP + 2, 1))), "axis")
    return [axis, *made], round(y, 1)


def _ends(chart: Chart) -> list[str]:
    if chart.kind is Kind.STACKED:
        return [chart.text(_sum(chart, place)) for place in range(len(chart.categories))]
    return [chart.text(value) for one in chart.series for value in one.values]


def _sum(chart: Chart, place: int) -> int | float | None:
    """Of what is there; None where nothing is."""
    there = [value for one in chart.series if (value := one.values[place]) is not None]
    return sum(there) if there else None


def _row(
    chart: Chart, place: int, left: float, y: float, long: Callable[[float], float]
) -> list[Shape]:
    made: list[Shape] = []
    is_stacked = chart.kind is Kind.STACKED
    x = float(left)
    for series, one in enumerate(chart.series):
        value = one.values[place]
        top = round(y if is_stacked else y + series * BAR, 1)
        if value is not None:
            wide = max(1.5, round(long(value), 1))
            name = f"{one.name}, " if len(chart.series) > 1 else ""
            told = f"{name}{chart.categories[place]}: {chart.text(value)}"
            made.append(Box(round(x, 1), top, wide, BAR - 1, tone(series), told))
        else:
            wide = 0.0
        if not is_stacked:
            made.append(Words(round(left + wide + 5, 1), round(top + 9.5, 1), chart.text(value)))
        else:
            x += wide
    if is_stacked:
        made.append(Words(round(x + 5, 1), round(y + 9.5, 1), chart.text(_sum(chart, place))))
    return made
