"""A QR code as one SVG path, so that a template draws it without any markup made by hand."""

from __future__ import annotations

from dataclasses import dataclass
from io import BytesIO

import segno

QUIET = 4  # modules of white around it, as the standard asks


@dataclass(frozen=True)
class QrCode:
    """``size`` in modules with the quiet zone: the ``viewBox``; ``path``: the ``d`` of the dark."""

    size: int
    path: str


def qr_png(text: str, *, scale: int = 6) -> bytes:
    """The same as a picture for a document, ``scale`` dots a module."""
    result = BytesIO()
    segno.make(text, error="m", micro=False).save(result, kind="png", scale=scale, border=QUIET)
    return result.getvalue()


def qr_code(text: str) -> QrCode:
    """``text`` at error level M, readable from a creased card."""
    rows = [bytes(row) for row in segno.make(text, error="m", micro=False).matrix]
    pieces = []
    for y, row in enumerate(rows):
        x = 0
        while x < len(row):
            end = x
            while end < len(row) and row[end]:
                end += 1
            if end > x:
                pieces.append(f"M{x + QUIET} {y + QUIET}h{end - x}v1h-{end - x}z")
            x = max(end, x + 1)
    return QrCode(size=len(rows) + 2 * QUIET, path="".join(pieces))
