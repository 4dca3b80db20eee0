"""The few shapes that a chart is made of. Places in units of a drawing 640 wide, from the top left."""

from __future__ import annotations

from dataclasses import dataclass, field

WIDTH = 640
TEXT = 12  # size of the letters in the same units; 3 mm in a picture 16 cm wide
LEADING = 15


@dataclass(frozen=True)
class Box:
    """``tone`` names the colour: s1 to s6, h0 to h4, "gap" for what is missing, which is not painted."""

    x: float
    y: float
    width: float
    height: float
    tone: str
    told: str = ""  # shown when pointed at
    kind: str = field(default="box", init=False)


@dataclass(frozen=True)
class Line:
    points: tuple[tuple[float, float], ...]
    tone: str  # s1 to s6, "axis", "grid"
    kind: str = field(default="line", init=False)

    @property
    def path(self) -> str:
        """For the attribute ``points``."""
        return " ".join(f"{x},{y}" for x, y in self.points)


@dataclass(frozen=True)
class Mark:
    """A small figure around a point; each tone has one of its own, for print without colour."""

    x: float
    y: float
    tone: str
    told: str = ""
    kind: str = field(default="mark", init=False)

    @property
    def corners(self) -> tuple[tuple[float, float], ...]:
        figure = _FIGURES[self.tone]
        return tuple((round(self.x + x, 1), round(self.y + y, 1)) for x, y in figure)

    @property
    def path(self) -> str:
        return " ".join(f"{x},{y}" for x, y in self.corners)


@dataclass(frozen=True)
class Words:
    """One line of text, its base line at ``y``; ``anchor`` is start, middle or end."""

    x: float
    y: float
    text: str
    anchor: str = "start"
    is_strong: bool = False
    kind: str = field(default="words", init=False)


Shape = Box | Line | Mark | Words

_FIGURES = {
    "s1": ((-3, -3), (3, -3), (3, 3), (-3, 3)),
    "s2": ((0, -4.4), (4.4, 0), (0, 4.4), (-4.4, 0)),
    "s3": ((0, -4), (4.2, 3.4), (-4.2, 3.4)),
    "s4": ((0, 4), (4.2, -3.4), (-4.2, -3.4)),
    "s5": ((-4.4, -1.8), (4.4, -1.8), (4.4, 1.8), (-4.4, 1.8)),
    "s6": ((-1.8, -4.4), (1.8, -4.4), (1.8, 4.4), (-1.8, 4.4)),
}


def moved(shape: Shape, down: float) -> Shape:
    """The same shape, ``down`` units lower."""
    if isinstance(shape, Line):
        return Line(tuple((x, round(y + down, 1)) for x, y in shape.points), shape.tone)
    y = round(shape.y + down, 1)
    if isinstance(shape, Box):
        return Box(shape.x, y, shape.width, shape.height, shape.tone, shape.told)
    if isinstance(shape, Mark):
        return Mark(shape.x, y, shape.tone, shape.told)
    return Words(shape.x, y, shape.text, shape.anchor, shape.is_strong)
