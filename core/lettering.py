"""Text in pictures: measured, broken into lines and drawn in the portal's own typeface.

Its files are cut by alphabet, so a word is drawn from two of them; both are cut from one font
and share their widths and base line.
"""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path

from django.conf import settings
from PIL import ImageDraw, ImageFont

_FONTS = Path(settings.BASE_DIR) / "static/fonts/be-vietnam-pro-5.3.0"
# As in static/css/fonts.css: what the file of the Vietnamese letters holds.
_VIETNAMESE = re.compile(
    "[\u0102\u0103\u0110\u0111\u0128\u0129\u0168\u0169\u01a0\u01a1\u01af\u01b0"
    "\u0300-\u0329\u1ea0-\u1ef9₫]+"
)


@lru_cache(maxsize=20_000)  # the same few names, measured for each width that is tried
def length(text: str, weight: int, size: int) -> float:
    """How wide ``text`` is in one line, in pixels; ``weight`` is 400 or 700."""
    return sum(font_of(name, weight, size).getlength(run) for name, run in runs(text))


def wrapped(text: str, weight: int, size: int, width: float) -> list[str]:
    """``text`` in lines no wider than ``width``; a single longer word keeps its line."""
    lines = [""]
    for word in text.split():
        longer = f"{lines[-1]} {word}".strip()
        if lines[-1] and length(longer, weight, size) > width:
            lines.append(word)
        else:
            lines[-1] = longer
    return lines


def write(
    pen: ImageDraw.ImageDraw,
    text: str,
    x: float,
    y: float,
    *,
    weight: int,
    size: int,
    colour: str,
) -> None:
    """One line that begins at ``x``, with its base line at ``y``."""
    for name, run in runs(text):
        font = font_of(name, weight, size)
        pen.text((x, y), run, font=font, fill=colour, anchor="ls")
        x += font.getlength(run)


@lru_cache(maxsize=32)
def font_of(alphabet: str, weight: int, size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(_FONTS / f"{alphabet}-{weight}.woff2", size)


def runs(text: str) -> list[tuple[str, str]]:
    """``text`` cut where the file of its letters changes: (alphabet, letters)."""
    runs, place = [], 0
    for match in _VIETNAMESE.finditer(text):
        runs += [("latin", text[place : match.start()]), ("vietnamese", match[0])]
        place = match.end()
    return [(name, run) for name, run in [*runs, ("latin", text[place:])] if run]
