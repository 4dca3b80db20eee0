"""State secrets stay outside (Law 117/2025/QH15): no file that bears a stamp is stored.

The stamp is looked for in the name and in the text. What could not be read is not refused here.
"""

from __future__ import annotations

import html
import re
import sys
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import IO, Any

from core import processes, secrecy
from core.files.errors import FileRefusedError
from core.files.pictures import on_disk

MARKED = (
    "Tệp này có dấu hiệu tài liệu mật nên cổng không nhận và không giữ lại gì của tệp: hãy gửi theo"
    " đường văn thư mật của phường."
)
MAX_TEXT = 4_000_000  # characters looked at
CHILD = Path(__file__).with_name("pdf_text_child.py")
SECONDS = 8.0
_PARAGRAPH_END = re.compile(r"</(?:w:p|w:tc|si|row|is)>|<w:(?:br|tab)\b[^>]*>")
_TAG = re.compile(r"<[^>]*>")
_TEXT_PARTS = re.compile(
    r"word/(?:document|header|footer|footnotes|endnotes|comments)\d*\.xml"
    r"|xl/(?:sharedStrings|worksheets/.*)\.xml|docProps/(?:core|app|custom)\.xml"
)


class SecretMarkError(FileRefusedError):
    """The file bears a stamp of secrecy. ``sha256`` is all that is kept of it."""

    def __init__(self, sha256: str) -> None:
        super().__init__(MARKED)
        self.sha256 = sha256


def check_name(name: str, sha256: str) -> None:
    """Raises :class:`SecretMarkError` for a name with a stamp."""
    if secrecy.mark_in_name(name):
        raise SecretMarkError(sha256)


def check_text(file: IO[Any], content_type: str, sha256: str) -> None:
    """Raises :class:`SecretMarkError` for a document whose text has a stamp."""
    reader = _READERS.get(content_type.rpartition("/")[2])
    if reader is None:
        return
    file.seek(0)
    if any(secrecy.mark_in_document(text[:MAX_TEXT]) for text in reader(file)):
        raise SecretMarkError(sha256)


def _of_package(file: IO[Any]) -> Iterator[str]:
    """The text of each part of a Word file or workbook, a paragraph a line."""
    with zipfile.ZipFile(file) as package:
        for name in package.namelist():
            if _TEXT_PARTS.fullmatch(name):
                xml = package.read(name)
                words = xml.decode(
                    "utf-16" if xml[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8", "replace"
                )
                yield html.unescape(_TAG.sub("", _PARAGRAPH_END.sub("\n", words)))


def _names_of_package(file: IO[Any]) -> Iterator[str]:
    with zipfile.ZipFile(file) as package:
        for name in package.namelist():
            yield "MẬT" if secrecy.mark_in_name(name) else ""


def _plain(file: IO[Any]) -> Iterator[str]:
    data = file.read()
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        yield data.decode("utf-16", "replace")
    else:
        yield data.decode("utf-8", "replace")
        yield data.decode("cp1258", "replace")


def _of_old_word(file: IO[Any]) -> Iterator[str]:
    """Text lies in a .doc in two-byte or one-byte letters, paragraphs end with a return."""
    data = file.read()
    for start in (0, 1):
        yield data[start:].decode("utf-16-le", "replace").replace("\r", "\n")
    yield data.decode("cp1258", "replace").replace("\r", "\n")


def _of_pdf(file: IO[Any]) -> Iterator[str]:
    """By a child, which a hostile file may end; then nothing was read."""
    try:
        with on_disk(file) as source:
            printed = processes.run(
                [sys.executable, "-I", str(CHILD)],
                source=source,
                seconds=SECONDS,
                limit=MAX_TEXT * 4,
            )
    except processes.ProcessFailedError:
        return
    yield printed.decode(errors="replace")


_READERS: dict[str, Callable[[IO[Any]], Iterator[str]]] = {
    "vnd.openxmlformats-officedocument.wordprocessingml.document": _of_package,
    "vnd.openxmlformats-officedocument.spreadsheetml.sheet": _of_package,
    "zip": _names_of_package,
    "msword": _of_old_word,
    "pdf": _of_pdf,
    "plain": _plain,
}
