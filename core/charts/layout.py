"""Where everything of a chart stands. SVG and PNG are drawn from the same shapes."""

from __future__ import annotations

from dataclasses import dataclass

from core.charts import bars, heat, upright
from core.charts.legend import legend_of
from core.charts.model import Chart, Kind
from core.charts.shapes import WIDTH, Shape, Words, moved


@dataclass(frozen=True)
class Drawing:
    """``width`` and ``height`` are the ``viewBox``; ``key`` parts the charts of one page."""

    chart: Chart
    shapes: tuple[Shape, ...]
    height: float
    key: str = "bieu-do"
    width: int = WIDTH


def draw(chart: Chart, *, key: str = "bieu-do") -> Drawing:
    """The shapes of ``chart``, legend first; ``key`` begins the ids of its parts on a page."""
    if not any(True for _ in chart.points()):
        told = Words(WIDTH / 2, 40, "Chưa có số để vẽ.", "middle")
        return Drawing(chart, (told,), 72, key)
    legend, top = legend_of(chart)
    body, height = _body(chart)
    shapes = [*legend, *(moved(shape, top) for shape in body)]
    return Drawing(chart, tuple(shapes), round(top + height, 1), key)


def _body(chart: Chart) -> tuple[list[Shape], float]:
    if chart.kind is Kind.HEAT:
        return heat.shapes(chart)
    if chart.kind is not Kind.LINE and not upright.has_room(chart):
        return bars.shapes(chart)
    return upright.shapes(chart)
