"""The path draws exactly the modules of the code."""

import re

import segno

from core.qr import QUIET, qr_code


def test_path_covers_every_dark_module_and_no_other():
    text = "https://phuong.example/vao/" + "x" * 32

    code = qr_code(text)

    drawn = set()
    for x, y, width in re.findall(r"M(\d+) (\d+)h(\d+)v1h-\d+z", code.path):
        drawn |= {(int(x) + i, int(y)) for i in range(int(width))}
    rows = segno.make(text, error="m", micro=False).matrix
    assert drawn == {
        (x + QUIET, y + QUIET) for y, row in enumerate(rows) for x, dark in enumerate(row) if dark
    }
    assert code.size == len(rows) + 2 * QUIET
