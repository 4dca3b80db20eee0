"""PDF with a text layer -> lines. The file is read by a child process with bounds of its own."""

import json
import subprocess
import sys
from pathlib import Path

from plans.reader.pdf_lines import unwrap
from plans.reader.reading import UnreadableFileError

CHILD = Path(__file__).with_name("pdf_child.py")
SECONDS = 15
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
        done = subprocess.run(  # noqa: S603  our own script, nothing of the file in the arguments
            [sys.executable, "-I", str(CHILD)],
            input=data,
            capture_output=True,
            timeout=SECONDS,
            check=False,
            env={},
        )
    except subprocess.TimeoutExpired as error:
        raise UnreadableFileError(DAMAGED) from error
    if done.returncode:
        raise UnreadableFileError(DAMAGED)
    answer = json.loads(done.stdout)
    if "error" in answer:
        raise UnreadableFileError(
            {"locked": LOCKED, "long": TOO_LONG}.get(answer["error"], DAMAGED)
        )
    pages = answer["pages"]
    letters = sum(c.isalpha() for page in pages for c in page)
    if letters < MIN_LETTERS_PER_PAGE * max(1, len(pages)):
        raise UnreadableFileError(SCANNED)
    return "\n".join(unwrap(pages))
