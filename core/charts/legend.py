"""Which colour is which series, and what is counted; above the chart."""

from __future__ import annotations

from collections.abc import Sequence

from core import lettering
from core.charts.model import Chart, Kind
from core.charts.shapes import LEADING, TEXT, WIDTH, Box, Line, Mark, Shape, Words

SWATCH = 14
GAP = 16


def tone(place: int) -> str:
    return f"s{place + 1}"


def length(text: str, *, is_strong: bool = False) -> float:
    """In the units of a drawing."""
    return lettering.length(text, 700 if is_strong else 400, TEXT)


def lines(text: str, width: float) -> list[str]:
    """``text`` in as few lines as ``width`` allows, of about the same length."""
    made = lettering.wrapped(text, 400, TEXT, width)
    narrower = width
    while len(made) > 1 and narrower > width / 2:
        narrower -= 10
        closer = lettering.wrapped(text, 400, TEXT, narrower)
        if len(closer) > len(made) or any(length(part) > narrower for part in closer):
            break
        made = closer
    return made


def fits(name: str, width: float) -> bool:
    """In at most three lines."""
    parts = lines(name, width)
    return len(parts) <= 3 and all(length(part) <= width for part in parts)


def step_of(names: Sequence[str], slot: float) -> int:
    """1 where each name has room in its slot, else that every second, third … is shown."""
    steps = range(1, len(names) + 1)
    room = (step for step in steps if all(fits(one, step * slot - 4) for one in names[::step]))
    return next(room, len(names))


def legend_of(chart: Chart) -> tuple[list[Shape], float]:
    """The shapes and how high they are; one series needs no legend, squares have their own."""
    shapes: list[Shape] = []
    y = 0.0
    told = f"Đơn vị tính: {chart.measure}. " if chart.measure else ""
    if chart.kind is Kind.HEAT:
        told += "Ô đậm hơn là số lớn hơn, “–” là chưa có số."
    if told:
        y += LEADING
        shapes.append(Words(0, y - 3, told.removesuffix(". ")))
    if chart.kind is Kind.HEAT or len(chart.series) == 1:
        return shapes, y + 9 if y else 0
    x, y = 0.0, y + LEADING + 3
    for place, one in enumerate(chart.series):
        parts = lines(one.name, WIDTH - SWATCH - GAP)
        needed = SWATCH + GAP + 6 + max(map(length, parts))
        if x and x + needed > WIDTH:
            x, y = 0.0, y + LEADING + 3
        shapes += _swatch(chart.kind, tone(place), x, y)
        for number, part in enumerate(parts):
            shapes.append(Words(round(x + SWATCH + 6, 1), y + number * LEADING, part))
        y += (len(parts) - 1) * LEADING
        x = round(x + needed, 1)
    return shapes, y + 12


def _swatch(kind: Kind, name: str, x: float, y: float) -> list[Shape]:
    if kind is Kind.LINE:
        middle = y - 4
        return [
            Line(((x, middle), (x + SWATCH, middle)), name),
            Mark(x + SWATCH / 2, middle, name),
        ]
    return [Box(x, y - 10, 12, 12, name)]
