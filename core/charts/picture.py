"""A chart as PNG for a document: 16 cm wide at 300 dots an inch, on white, in the light colours."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import replace

from PIL import Image, ImageDraw

from core import lettering
from core.charts.layout import Drawing, draw
from core.charts.model import Chart
from core.charts.scale import highest_of
from core.charts.shapes import LEADING, TEXT, WIDTH, Box, Line, Mark, Shape, Words

DOTS_PER_INCH = 300
WIDTH_MM = 160
PIXELS = round(WIDTH_MM / 25.4 * DOTS_PER_INCH)
SCALE = PIXELS / WIDTH
MOST_HIGH = 800  # units: 20 cm, so that a caption has room on the page
COLOURS = 64
# The light colours of static/css/tokens.css, as in css/parts/chart.css.
TONES = {
    "s1": "#1f3e6e",
    "s2": "#b7832f",
    "s3": "#1f5c50",
    "s4": "#9b1c1f",
    "s5": "#857a6e",
    "s6": "#574e47",
    "h0": "#ffffff",
    "h1": "#dde7e5",
    "h2": "#c3d4d1",
    "h3": "#a9c0bb",
    "h4": "#8faea8",
    "axis": "#857a6e",
    "grid": "#ddd2bf",
}
INK = "#1f1a17"


def png(chart: Chart, *, caption: str = "") -> bytes:
    """One picture, as high as the chart needs; ``caption`` stands below it."""
    return _png(draw(chart), caption)


def pictures(chart: Chart, *, caption: str = "") -> list[bytes]:
    """Pictures that each fit a page: a chart with many categories goes on in the next.

    Each has the ``caption`` below it, and says which part it is where there are several.
    """
    parts = list(_pages(chart))
    return [
        _png(
            draw(part),
            f"{caption}, phần {number}/{len(parts)}" if caption and parts[1:] else caption,
        )
        for number, part in enumerate(parts, 1)
    ]


def _pages(chart: Chart) -> Iterator[Chart]:
    """``chart`` in the fewest equal parts that are not too high, on one scale."""
    if draw(chart).height <= MOST_HIGH:
        yield chart
        return
    chart, count = replace(chart, top=highest_of(chart)), 2
    while True:
        size = -(-len(chart.categories) // count)
        starts = range(0, len(chart.categories), size)
        parts = [_part(chart, start, start + size) for start in starts]
        if size == 1 or all(draw(part).height <= MOST_HIGH for part in parts):
            yield from parts
            return
        count += 1


def _part(chart: Chart, start: int, end: int) -> Chart:
    series = [replace(one, values=one.values[start:end]) for one in chart.series]
    return replace(chart, categories=chart.categories[start:end], series=series)


def _png(drawing: Drawing, caption: str) -> bytes:
    lines = lettering.wrapped(caption, 700, TEXT + 1, WIDTH) if caption else []
    height = drawing.height + (len(lines) * (LEADING + 2) + 12 if lines else 0)
    image = Image.new("RGB", (PIXELS, round(height * SCALE)), "#ffffff")
    pen = ImageDraw.Draw(image)
    for shape in drawing.shapes:
        _draw(pen, shape)
    for number, line in enumerate(lines):
        y = drawing.height + 12 + TEXT + number * (LEADING + 2)
        x = (WIDTH - lettering.length(line, 700, TEXT + 1)) / 2
        _write(pen, line, x, y, 700, TEXT + 1)
    out = io.BytesIO()
    flat = image.quantize(COLOURS, dither=Image.Dither.NONE)
    flat.save(out, "PNG", dpi=(DOTS_PER_INCH, DOTS_PER_INCH))
    return out.getvalue()


def _draw(pen: ImageDraw.ImageDraw, shape: Shape) -> None:
    if isinstance(shape, Words):
        weight = 700 if shape.is_strong else 400
        wide = lettering.length(shape.text, weight, TEXT)
        back = {"start": 0.0, "middle": wide / 2, "end": wide}[shape.anchor]
        _write(pen, shape.text, shape.x - back, shape.y, weight, TEXT)
    elif isinstance(shape, Box):
        corner = (shape.x * SCALE, shape.y * SCALE)
        far = ((shape.x + shape.width) * SCALE - 1, (shape.y + shape.height) * SCALE - 1)
        outline = TONES["grid"] if shape.tone.startswith("h") else None
        pen.rectangle((*corner, *far), fill=TONES.get(shape.tone), outline=outline, width=2)
    elif isinstance(shape, Line):
        width = round((1 if shape.tone in ("axis", "grid") else 2) * SCALE * 0.8)
        points = [(x * SCALE, y * SCALE) for x, y in shape.points]
        pen.line(points, fill=TONES[shape.tone], width=width, joint="curve")
    elif isinstance(shape, Mark):
        pen.polygon([(x * SCALE, y * SCALE) for x, y in shape.corners], fill=TONES[shape.tone])


def _write(
    pen: ImageDraw.ImageDraw, text: str, x: float, y: float, weight: int, size: float
) -> None:
    lettering.write(
        pen, text, x * SCALE, y * SCALE, weight=weight, size=round(size * SCALE), colour=INK
    )
