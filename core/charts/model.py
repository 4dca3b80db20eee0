"""What a chart shows; nothing of how it looks."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from core.text import format_number

MOST_SERIES = 6  # that the eye still tells apart; squares carry more
MOST_CATEGORIES = 150
MOST_SQUARES = 36  # side by side
NOTHING = "–"

Value = int | float | None


class Kind(StrEnum):
    LINE = "line"
    COLUMNS = "columns"  # on their side where the names need the room
    STACKED = "stacked"
    HEAT = "heat"  # a square for each category and series

    @property
    def word(self) -> str:
        return {
            Kind.LINE: "Biểu đồ đường",
            Kind.COLUMNS: "Biểu đồ cột",
            Kind.STACKED: "Biểu đồ cột chồng",
            Kind.HEAT: "Biểu đồ ô màu",
        }[self]


@dataclass(frozen=True)
class Series:
    """One row of values, in the order of the chart's categories; None where there is none."""

    name: str
    values: Sequence[Value]


@dataclass(frozen=True)
class Point:
    category: str
    series: str
    value: int | float


@dataclass(frozen=True)
class Chart:
    """``unit`` is what the values count ("lượt người"), empty for a share.
    ``is_time`` where the categories follow each other in time: then some names may be left out.
    ``top`` is a height that the axis must hold, so that several charts can be compared.

    Raises ``ValueError`` for what cannot be drawn honestly: no category or series, more than
    the eye tells apart, values below zero, a series of another length.
    """

    kind: Kind
    title: str
    categories: Sequence[str]
    series: Sequence[Series]
    unit: str = ""
    category_name: str = ""
    is_share: bool = False
    is_time: bool = False
    top: float | None = None

    def __post_init__(self) -> None:
        most = MOST_SQUARES if self.kind is Kind.HEAT else MOST_SERIES
        if not 1 <= len(self.categories) <= MOST_CATEGORIES:
            raise ValueError(f"{len(self.categories)} categories, not 1 to {MOST_CATEGORIES}")
        if not 1 <= len(self.series) <= most:
            raise ValueError(f"{len(self.series)} series, not 1 to {most}")
        if any(len(one.values) != len(self.categories) for one in self.series):
            raise ValueError("A series has not one value for each category")
        if any(not (math.isfinite(point.value) and point.value >= 0) for point in self.points()):
            raise ValueError("A value is below zero or no number")

    def points(self) -> Iterator[Point]:
        """The values that are there."""
        for one in self.series:
            for category, value in zip(self.categories, one.values, strict=True):
                if value is not None:
                    yield Point(category, one.name, value)

    def text(self, value: Value) -> str:
        """A value as it is written: "1.234", "58,1%", "–"."""
        if value is None:
            return NOTHING
        if self.is_share:
            return f"{format_number(value, 1)}%"
        return format_number(value, None if value == int(value) else 1)

    def tick(self, value: float) -> str:
        """A number of the axis."""
        return f"{format_number(value)}%" if self.is_share else self.text(value)

    @property
    def table(self) -> list[tuple[str, list[str]]]:
        """Each category with its values in words, for the table beside the chart."""
        return [
            (category, [self.text(one.values[place]) for one in self.series])
            for place, category in enumerate(self.categories)
        ]

    @property
    def measure(self) -> str:
        return "%" if self.is_share else self.unit

    @property
    def description(self) -> str:
        """What a person sees at a glance, for one who does not see it."""
        points = list(self.points())
        gaps = len(self.categories) * len(self.series) - len(points)
        told = f"{self.kind.word}: {self.title}."
        if not points:
            return f"{told} Chưa có số nào."
        top = max(points, key=lambda point: point.value)
        low = min(points, key=lambda point: point.value)
        told += f" Lớn nhất {self._told(top)}; nhỏ nhất {self._told(low)}."
        return f"{told} {format_number(gaps)} chỗ chưa có số." if gaps else told

    def _told(self, point: Point) -> str:
        unit = f" {self.unit}" if self.unit and not self.is_share else ""
        where = [point.series, point.category] if len(self.series) > 1 else [point.category]
        return f"{self.text(point.value)}{unit} ({', '.join(where)})"
