"""Reading a plan, beside only opening the file."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from io import BytesIO
from pathlib import Path

from docx import Document

from bench.figures import Row, interleaved
from plans.reader import read_plan

DOCUMENTS = Path(__file__).parent.parent / "plans" / "tests" / "documents"
PAGES = 30
PARAGRAPHS_A_PAGE = 4  # of the length of Plan 85's
MEGABYTE = 1024
PEAK = """
import resource, sys
from pathlib import Path
from plans.reader import read_plan
read_plan(Path(sys.argv[1]).read_bytes(), "dai.docx")
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
"""


def rows() -> list[Row]:
    text = (DOCUMENTS / "85-KH-DU.txt").read_bytes()
    word = (DOCUMENTS / "85-KH-DU.docx").read_bytes()
    long = _long_plan()
    of_text, of_word, opened = interleaved(
        lambda: read_plan(text, "85-KH-DU.txt"),
        lambda: read_plan(word, "85-KH-DU.docx"),
        lambda: [p.text for p in Document(BytesIO(word)).paragraphs],
    )
    of_long, long_opened = interleaved(
        lambda: read_plan(long, "dai.docx"),
        lambda: [p.text for p in Document(BytesIO(long)).paragraphs],
        rounds=5,
    )
    return [
        Row("Plan 85 from .txt", of_text, "ms", 300),
        Row("Plan 85 from .docx (floor: python-docx opens it)", of_word, "ms", 300, opened),
        Row(f"plan of {PAGES} pages from .docx", of_long, "ms", 1000, long_opened),
        Row(f"plan of {PAGES} pages, memory of the process", _peak(long), "MB", 200),
    ]


def _long_plan() -> bytes:
    """Plan 85 with its contents repeated until it has the wanted pages."""
    document = Document(DOCUMENTS / "85-KH-DU.docx")
    bullets = [p for p in document.paragraphs if len(p.text) > 300]
    anchor = bullets[5]
    for number in range(PAGES * PARAGRAPHS_A_PAGE):
        source = bullets[3 + number % 3]
        added = anchor.insert_paragraph_before(source.text, source.style)
        added.paragraph_format.first_line_indent = source.paragraph_format.first_line_indent
    buffer = BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def _peak(data: bytes) -> float:
    with tempfile.NamedTemporaryFile(suffix=".docx") as file:
        file.write(data)
        file.flush()
        done = subprocess.run(
            [sys.executable, "-c", PEAK, file.name], capture_output=True, text=True, check=True
        )
    return int(done.stdout) / MEGABYTE
