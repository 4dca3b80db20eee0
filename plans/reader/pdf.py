"""PDF with a text layer -> lines. The file is read by a child process with bounds of its own."""

import json
import sys
import tempfile
from pathlib import Path

from core import processes
from plans.reader.pdf_lines import unwrap
from plans.reader.reading import UnreadableFileError

CHILD = Path(__file__).with_name("pdf_child.py")
SECONDS = 15
MAX_PRINTED = 24 * 1024 * 1024  # bytes, above what the child lets through
MIN_LETTERS_PER_PAGE = 20
DAMAGED = (
    "Tệp PDF bị hỏng hoặc quá phức tạp nên không đọc được; hãy nạp tệp Word (.docx)"
    " của kế hoạch hoặc dán chữ vào ô."
)
SCANNED = (
    "Tệp PDF này là bản chụp (scan), không có lớp chữ để đọc; hãy nạp tệp Word (.docx)"
    " của kế hoạch, hoặc nhận dạng chữ (OCR) rồi dán vào ô."
)
LOCKED = "Tệp PDF được đặt mật khẩu nên không đọc được; hãy bỏ mật khẩu rồi nạp lại."
TOO_LONG = "Tệp PDF có quá nhiều trang, không phải là một văn bản kế hoạch."


def text(data: bytes) -> str:
    """The text of the PDF, one line a paragraph; columns are parted by wide gaps.

    Raises :class:`UnreadableFileError` when it is damaged, encrypted, scanned or a bomb.
    """
    try:
        with tempfile.TemporaryFile() as source:
            source.write(data)
            source.seek(0)
            printed = processes.run(
                [sys.executable, "-I", str(CHILD)],
                source=source,
                seconds=SECONDS,
                limit=MAX_PRINTED,
            )
    except processes.ProcessFailedError as error:
        raise UnreadableFileError(DAMAGED) from error
    answer = json.loads(printed)
    if "error" in answer:
        raise UnreadableFileError(
            {"locked": LOCKED, "long": TOO_LONG}.get(answer["error"], DAMAGED)
        )
    pages = answer["pages"]
    letters = sum(c.isalpha() for page in pages for c in page)
    if letters < MIN_LETTERS_PER_PAGE * max(1, len(pages)):
        raise UnreadableFileError(SCANNED)
    return "\n".join(unwrap(pages))
