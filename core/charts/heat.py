"""A square for each category and series: the fuller the colour, the larger the value."""

from __future__ import annotations

import math

from core.charts.legend import length, lines, step_of
from core.charts.model import Chart
from core.charts.scale import scale_of
from core.charts.shapes import LEADING, WIDTH, Box, Shape, Words

NAMES = 230
HIGH = 22
LEVELS = 5
WIDEST = 64


def shapes(chart: Chart) -> tuple[list[Shape], float]:
    scale = scale_of(chart)
    left = min(NAMES, math.ceil(max(map(length, chart.categories)))) + 8
    wide = min(WIDEST, (WIDTH - left) / len(chart.series))
    made, top = _heads(chart, left, wide)
    has_figures = all(length(chart.text(point.value)) <= wide - 3 for point in chart.points())
    for place, name in enumerate(chart.categories):
        parts = lines(name, NAMES)
        height = max(HIGH, len(parts) * LEADING + 4)
        for number, part in enumerate(parts):
            at = top + (height - len(parts) * LEADING) / 2 + LEADING * (number + 1) - 4
            made.append(Words(left - 8, round(at, 1), part, "end"))
        for series, one in enumerate(chart.series):
            value = one.values[place]
            x, told = round(left + series * wide, 1), f"{one.name}, {name}: {chart.text(value)}"
            tone = "gap" if value is None else f"h{level(scale.part(value))}"
            made.append(Box(x, round(top, 1), round(wide - 2, 1), height - 2, tone, told))
            text = chart.text(value)
            if has_figures or not value:
                made.append(Words(round(x + wide / 2 - 1, 1), top + height / 2 + 3, text, "middle"))
        top += height
    return made, round(top + 4, 1)


def level(part: float) -> int:
    """Of the five: 0 for nothing at all, 4 for the fullest."""
    return 0 if part == 0 else min(LEVELS - 1, 1 + int(part * (LEVELS - 1)))


def _heads(chart: Chart, left: float, wide: float) -> tuple[list[Shape], float]:
    """The names of the series above; every second, third … where they do not fit."""
    names = [one.name for one in chart.series]
    every = step_of(names, wide)
    shown = [
        (place, lines(names[place], every * wide - 4)) for place in range(0, len(names), every)
    ]
    deepest = max(len(parts) for _, parts in shown)
    made: list[Shape] = []
    for place, parts in shown:
        for number, part in enumerate(parts):
            y = (deepest - len(parts) + number + 1) * LEADING
            half = length(part) / 2
            x = min(left + (place + 0.5) * wide - 1, WIDTH - half)
            made.append(Words(round(x, 1), y, part, "middle"))
    return made, float(deepest * LEADING + 6)
