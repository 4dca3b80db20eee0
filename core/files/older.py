"""PDF and Word before 2007 (.doc): kept as they are, refused where they carry more than a text."""

import re
import zlib
from typing import IO, Any

from core.files.errors import FileRefusedError

PDF_SIGNATURE = b"%PDF-"
OLE_SIGNATURE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"

_PDF_ACTIVE = (
    "Tệp PDF này có mã lệnh hoặc tệp nhúng bên trong nên không được nhận,"
    " hãy in lại thành PDF thường rồi chọn lại."
)
_PDF_LOCKED = "Tệp PDF này có mật khẩu, hãy bỏ mật khẩu rồi chọn lại."
_PDF_DAMAGED = "Tệp PDF này bị hỏng, hãy xuất lại PDF từ Word rồi chọn lại."
_DOC_LOCKED = (
    "Tệp có mật khẩu hoặc là .doc cũ, hãy mở bằng Word, bỏ mật khẩu và lưu thành .docx"
    " rồi chọn lại."
)
_DOC_ACTIVE = (
    "Tệp Word này có macro hoặc tệp nhúng bên trong, hãy lưu thành .docx không có macro"
    " rồi chọn lại."
)

_ESCAPED = re.compile(rb"#([0-9A-Fa-f]{2})")  # a PDF may write /JavaScript as /J#61vaScript
_ACTIVE = re.compile(rb"/(?:JavaScript|Launch|EmbeddedFiles?|RichMedia|ImportData|SubmitForm)\b")
_OBJECTS = re.compile(rb"/Type\s*/ObjStm\b")
_STREAM = re.compile(rb"stream\r?\n")
_MAX_STREAM = 8 * 1024 * 1024
_MAX_STREAMS = 48 * 1024 * 1024  # bytes, all object streams together

_WIDE = "utf-16-le"
_WORD, _ENCRYPTED = "WordDocument".encode(_WIDE), "EncryptedPackage".encode(_WIDE)
_DOC_TRAPS = tuple(
    name.encode(_WIDE) for name in ("_VBA_PROJECT", "Macros", "Ole10Native", "EncryptedPackage")
)


def check_pdf(file: IO[Any]) -> None:
    """See that a PDF has no scripts, programs to launch or files inside, and no password.

    Objects that are packed into streams are looked into, within bounds. Raises
    :class:`FileRefusedError`.
    """
    data = file.read()
    if b"%%EOF" not in data[-2048:] and b"startxref" not in data:
        raise FileRefusedError(_PDF_DAMAGED)
    plain = _unescaped(data)
    if re.search(rb"/Encrypt\b", plain):
        raise FileRefusedError(_PDF_LOCKED)
    if _ACTIVE.search(plain):
        raise FileRefusedError(_PDF_ACTIVE)
    budget, unread = _MAX_STREAMS, len(data)
    for match in _OBJECTS.finditer(data):
        packed, is_packed = _stream(data, match.end())
        unread -= len(packed)
        if unread < 0:  # streams of a real file do not lie over each other
            raise FileRefusedError(_PDF_DAMAGED)
        if not is_packed:
            continue  # searched above with the rest of the file
        unpacked = _unpacked(packed, budget)
        budget -= len(unpacked)
        if _ACTIVE.search(_unescaped(unpacked)):
            raise FileRefusedError(_PDF_ACTIVE)


def _unescaped(data: bytes) -> bytes:
    return _ESCAPED.sub(lambda match: bytes([int(match[1], 16)]), data) if b"#" in data else data


def _stream(data: bytes, at: int) -> tuple[bytes, bool]:
    """The stream whose dictionary is around ``at``, and whether it is packed."""
    start = _STREAM.search(data, at, at + 2048)
    if start is None:
        raise FileRefusedError(_PDF_DAMAGED)
    end = data.find(b"endstream", start.end())
    if end < 0:
        raise FileRefusedError(_PDF_DAMAGED)
    return data[start.end() : end], b"/Filter" in data[max(0, at - 512) : start.start()]


def _unpacked(packed: bytes, budget: int) -> bytes:
    limit = min(_MAX_STREAM, budget)
    unpacker = zlib.decompressobj()
    try:
        unpacked = unpacker.decompress(packed, limit + 1)
    except zlib.error as error:
        raise FileRefusedError(_PDF_DAMAGED) from error
    if len(unpacked) > limit:
        raise FileRefusedError(_PDF_DAMAGED)
    return unpacked


def check_doc(file: IO[Any]) -> None:
    """See that an OLE file is a Word document without password, macros or files inside.

    Raises :class:`FileRefusedError`.
    """
    data = file.read()
    if _ENCRYPTED in data or _WORD not in data:
        raise FileRefusedError(_DOC_LOCKED)
    if any(trap in data for trap in _DOC_TRAPS):
        raise FileRefusedError(_DOC_ACTIVE)
