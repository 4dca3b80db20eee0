"""Lines, columns and stacked columns over categories that stand side by side."""

from __future__ import annotations

import math
from collections.abc import Sequence

from core.charts.legend import fits, length, lines, step_of, tone
from core.charts.model import Chart, Kind, Value
from core.charts.scale import Scale, scale_of
from core.charts.shapes import LEADING, TEXT, WIDTH, Box, Line, Mark, Shape, Words

PLOT = 220  # units high
ABOVE = 14
MARK_STEP = 12  # units between two marks of a line
NARROW, NARROW_IN_TIME = 9, 3  # a column below that is not told from its neighbour


def has_room(chart: Chart) -> bool:
    """Whether each category's name and each column has its place; else they lie on the side."""
    slot = _slot(chart, scale_of(chart))
    columns = 1 if chart.kind is Kind.STACKED else len(chart.series)
    width = slot * 0.72 / columns
    if chart.is_time:
        return width >= NARROW_IN_TIME
    return width >= NARROW and all(fits(name, slot - 4) for name in chart.categories)


def shapes(chart: Chart) -> tuple[list[Shape], float]:
    scale = scale_of(chart)
    left, slot = _left(chart, scale), _slot(chart, scale)
    made = _grid(chart, scale, left)
    centres = [left + slot * (place + 0.5) for place in range(len(chart.categories))]
    if chart.kind is Kind.LINE:
        for place in range(len(chart.series)):
            made += _line(chart, place, scale, centres)
    else:
        made += _columns(chart, scale, centres, slot)
    names, below = _names(chart, centres, slot)
    return [*made, *names], ABOVE + PLOT + below


def _left(chart: Chart, scale: Scale) -> float:
    return math.ceil(max(length(chart.tick(tick)) for tick in scale.ticks)) + 8


def _slot(chart: Chart, scale: Scale) -> float:
    return (WIDTH - _left(chart, scale)) / len(chart.categories)


def _y(scale: Scale, value: float) -> float:
    return round(ABOVE + PLOT * (1 - scale.part(value)), 1)


def _grid(chart: Chart, scale: Scale, left: float) -> list[Shape]:
    made: list[Shape] = []
    for tick in scale.ticks:
        y = _y(scale, tick)
        made.append(Line(((left, y), (WIDTH, y)), "grid" if tick else "axis"))
        made.append(Words(left - 6, y + 4, chart.tick(tick), "end"))
    return made


def _told(chart: Chart, series: int, place: int) -> str:
    one = chart.series[series]
    name = f"{one.name}, " if len(chart.series) > 1 else ""
    return f"{name}{chart.categories[place]}: {chart.text(one.values[place])}"


def _line(chart: Chart, series: int, scale: Scale, centres: list[float]) -> list[Shape]:
    """Runs between the gaps; a value between two gaps is a mark alone."""
    made: list[Shape] = []
    every = max(1, math.ceil(MARK_STEP / (centres[1] - centres[0]))) if len(centres) > 1 else 1
    values = chart.series[series].values
    for run in _runs(values):
        points = tuple((round(centres[place], 1), _y(scale, values[place] or 0)) for place in run)
        if len(points) > 1:
            made.append(Line(points, tone(series)))
        for place, (x, y) in zip(run, points, strict=True):
            if place % every == 0 or len(points) == 1:
                made.append(Mark(x, y, tone(series), _told(chart, series, place)))
    return made


def _runs(values: Sequence[Value]) -> list[list[int]]:
    runs: list[list[int]] = [[]]
    for place, value in enumerate(values):
        if value is None:
            runs.append([])
        else:
            runs[-1].append(place)
    return [run for run in runs if run]


def _columns(chart: Chart, scale: Scale, centres: list[float], slot: float) -> list[Shape]:
    made: list[Shape] = []
    is_stacked = chart.kind is Kind.STACKED
    count = 1 if is_stacked else len(chart.series)
    width = min(48.0, slot * 0.72 / count)
    for place, centre in enumerate(centres):
        base = 0.0
        for series, one in enumerate(chart.series):
            value = one.values[place]
            at = 0 if is_stacked else series
            x = round(centre + (at - count / 2) * width, 1)
            told = _told(chart, series, place)
            if value is None:
                if not is_stacked:
                    made.append(Words(round(x + width / 2, 1), ABOVE + PLOT - 4, "–", "middle"))
                continue
            made.append(_column(scale, x, width, base, value, tone(series), told))
            made += _value(chart, scale, x, width, value) if count == 1 and not is_stacked else []
            base += value if is_stacked else 0
    return made


def _column(
    scale: Scale, x: float, width: float, base: float, value: float, name: str, told: str
) -> Box:
    """A zero is a hair, so that it is not taken for a gap."""
    top, foot = _y(scale, base + value), _y(scale, base)
    height = max(1.5, round(foot - top, 1))
    return Box(x, round(foot - height, 1), round(max(1.0, width - 1), 1), height, name, told)


def _value(chart: Chart, scale: Scale, x: float, width: float, value: Value) -> list[Shape]:
    text = chart.text(value)
    if value is None or length(text) > width + 12:
        return []
    return [Words(round(x + width / 2, 1), round(_y(scale, value) - 4, 1), text, "middle")]


def _names(chart: Chart, centres: list[float], slot: float) -> tuple[list[Shape], float]:
    """Names below, each in at most three lines; where they do not fit, every second, third …"""
    every = step_of(chart.categories, slot)
    made: list[Shape] = []
    deepest = 1
    width = max(every * slot - 4, 40)
    for place in range(0, len(centres), every):
        parts = lines(chart.categories[place], width)
        half = max(map(length, parts)) / 2
        x = round(min(max(centres[place], half), WIDTH - half), 1)
        for number, part in enumerate(parts):
            y = ABOVE + PLOT + TEXT + 4 + number * LEADING
            made.append(Words(x, y, part, "middle"))
        deepest = max(deepest, len(parts))
    return made, 8 + deepest * LEADING
