"""Reading a plan, beside only opening the file."""

from __future__ import annotations

import contextlib
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterable
from io import BytesIO
from pathlib import Path

from django.core.files.base import ContentFile
from docx import Document

from bench.figures import Row, interleaved
from core.files import FileRefusedError, Kind, check_file
from core.tests.test_files_older import LARGE_PDF, overlapping_pdf
from plans.reader import NotAPlanError, UnreadableFileError, read_plan
from plans.tests.hostile import HOSTILE, HOSTILE_PDF, MONSTROUS, TASKS_10_000

DOCUMENTS = Path(__file__).parent.parent / "plans" / "tests" / "documents"
PAGES = 30
PARAGRAPHS_A_PAGE = 4  # of the length of Plan 85's
MEGABYTE = 1024
PEAK = r"""
import re, sys
from pathlib import Path
from plans.reader import read_plan
read_plan(Path(sys.argv[1]).read_bytes(), "dai.docx")
print(re.search(r"VmHWM:\s*(\d+)", Path("/proc/self/status").read_text())[1])
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
        *_hostile(),
    ]


def _hostile() -> list[Row]:
    """The worst of each kind, with the work of the child that reads a PDF."""
    files = HOSTILE | {"tasks": TASKS_10_000.encode()}
    documents = [LARGE_PDF, overlapping_pdf(b""), overlapping_pdf(b"/Filter")]
    return [
        Row("a monstrous line, the worst", _worst(_read, map(str.encode, MONSTROUS)), "ms", 1000),
        Row("a hostile file, the worst", _worst(_read, files.values()), "ms", 5000),
        Row("a hostile PDF, the worst", _worst(_read, HOSTILE_PDF.values()), "ms", 6000),
        Row("a PDF to keep, the worst look through", _worst(_look_through, documents), "ms", 4000),
    ]


def _worst(job: Callable[[bytes], object], files: Iterable[bytes]) -> float:
    return max(_milliseconds(job, data) for data in files)


def _milliseconds(job: Callable[[bytes], object], data: bytes) -> float:
    begun = sum(os.times()[:4])
    job(data)
    return (sum(os.times()[:4]) - begun) * 1000


def _read(data: bytes) -> None:
    suffix = {b"PK": "docx", b"%P": "pdf"}.get(data[:2], "txt")
    with contextlib.suppress(NotAPlanError, UnreadableFileError):
        read_plan(data, f"a.{suffix}")


def _look_through(data: bytes) -> None:
    with contextlib.suppress(FileRefusedError):
        check_file(ContentFile(data), name="a.pdf", kinds=[Kind.DOCUMENT])


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
