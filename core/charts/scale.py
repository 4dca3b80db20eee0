"""Round steps of an axis that begins at zero."""

from __future__ import annotations

import math
from dataclasses import dataclass

from core.charts.model import Chart, Kind

STEPS = 4  # about


@dataclass(frozen=True)
class Scale:
    """From 0 to ``top`` in steps of ``step``."""

    top: float
    step: float

    @property
    def ticks(self) -> list[float]:
        return [round(self.step * n, 6) for n in range(round(self.top / self.step) + 1)]

    def part(self, value: float) -> float:
        """Where ``value`` lies between 0 and 1."""
        return value / self.top


def scale_of(chart: Chart) -> Scale:
    """A share goes to 100; others to the round number above the highest."""
    if chart.is_share and chart.kind is not Kind.STACKED and highest_of(chart) <= 100:
        return Scale(100, 25)
    highest = max(highest_of(chart), chart.top or 0)
    if highest == 0:
        return Scale(1, 1)
    is_whole = all(float(point.value).is_integer() for point in chart.points())
    step = _round_step(highest / STEPS)
    if is_whole:
        step = max(1.0, step)
    return Scale(step * math.ceil(highest / step - 1e-9), step)


def highest_of(chart: Chart) -> float:
    """The highest value; of stacked columns the highest sum."""
    return max(_heights(chart), default=0)


def _heights(chart: Chart) -> list[float]:
    if chart.kind is not Kind.STACKED:
        return [point.value for point in chart.points()]
    return [
        sum(one.values[place] or 0 for one in chart.series)
        for place in range(len(chart.categories))
    ]


def _round_step(wanted: float) -> float:
    """1, 2 or 5 times a power of ten at or above ``wanted``."""
    power = 10.0 ** math.floor(math.log10(wanted))
    return next((n * power for n in (1, 2, 5) if n * power >= wanted - 1e-9), 10 * power)
