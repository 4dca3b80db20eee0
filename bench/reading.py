"""Reading a plan, beside only opening the file."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

from docx import Document

from bench.figures import Row, interleaved
from plans.reader import read_plan

DOCUMENTS = Path(__file__).parent.parent / "plans" / "tests" / "documents"


def rows() -> list[Row]:
    text = (DOCUMENTS / "85-KH-DU.txt").read_bytes()
    word = (DOCUMENTS / "85-KH-DU.docx").read_bytes()
    of_text, of_word, opened = interleaved(
        lambda: read_plan(text, "85-KH-DU.txt"),
        lambda: read_plan(word, "85-KH-DU.docx"),
        lambda: [p.text for p in Document(BytesIO(word)).paragraphs],
    )
    return [
        Row("Plan 85 from .txt", of_text, "ms", 300),
        Row("Plan 85 from .docx (floor: python-docx opens it)", of_word, "ms", 300, opened),
    ]
