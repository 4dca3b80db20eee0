"""Word files and plain texts: whole, without macros, traps and bombs."""

import enum
import re
import zipfile
from typing import IO, Any

from core.files.errors import FileRefusedError

ZIP_SIGNATURE = b"PK\x03\x04"
OLE_SENTENCE = (
    "Tệp có mật khẩu hoặc là .doc cũ, hãy mở bằng Word, bỏ mật khẩu và lưu thành .docx"
    " rồi chọn lại."
)

MAX_MEMBERS = 2_000
MAX_UNPACKED = 100 * 1024 * 1024  # bytes, all members together
MAX_XML = 40 * 1024 * 1024  # bytes, one XML part
CHUNK_SIZE = 64 * 1024

_DAMAGED = "Tệp Word này bị hỏng, hãy mở bằng Word, lưu lại thành .docx rồi chọn lại."
_TOO_MUCH = "Tệp Word này chứa quá nhiều dữ liệu, hãy bỏ bớt ảnh, lưu lại rồi chọn lại."
_MACROS = "Tệp Word này có macro, hãy lưu thành .docx không có macro rồi chọn lại."
_NO_WORD = "Tệp này không phải tệp Word, hãy mở bằng Word, lưu thành .docx rồi chọn lại."
_NO_TEXT = "Tệp này không phải văn bản thường, hãy lưu thành .docx hoặc .txt rồi chọn lại."

CONTENT_TYPES = "[Content_Types].xml"
_MAIN_PART = re.compile(r"word/document\d*\.xml")  # Word on the web writes document2.xml
_XML_ENDINGS = (".xml", ".rels")
_DECLARED_ENCODING = re.compile(rb"^<\?xml[^>]*?encoding\s*=\s*[\"']([^\"']*)")
_ENCODINGS = {b"", b"utf-8", b"utf8", b"utf-16", b"utf-16le", b"utf-16be", b"us-ascii", b"ascii"}
_DOCTYPE = re.compile(rb"<!\s*(?:doctype|entity)", re.IGNORECASE)
_OVERLAP = 32  # bytes kept from the chunk before, longer than what is looked for
_BYTE_ORDER_MARKS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")

# Word's soft breaks and the end mark of old DOS files are text; other controls are not.
_TEXT_CONTROLS = frozenset(b"\t\n\v\f\r\x1a")
_BINARY_STARTS = (b"%PDF", b"{\\rtf", b"PK", b"\x7fELF", b"MZ", b"GIF8", b"Rar!", b"7z\xbc\xaf")


class Why(enum.Enum):
    DAMAGED = "damaged"
    TOO_MUCH = "too much"
    MACROS = "macros"


_SENTENCES = {Why.DAMAGED: _DAMAGED, Why.TOO_MUCH: _TOO_MUCH, Why.MACROS: _MACROS}


class PartRefusedError(FileRefusedError):
    """A member of the package; the sentence is that of a Word file, ``why`` tells which."""

    def __init__(self, why: Why) -> None:
        super().__init__(_SENTENCES[why])
        self.why = why


def may_be_text(start: bytes) -> bool:
    """Whether a file beginning so can be plain text, in any encoding."""
    if start.startswith(_BINARY_STARTS):
        return False
    return _wide(start) is not None or _only_text_controls(start)


def check_text(file: IO[Any]) -> None:
    """See that ``file`` is text throughout. Raises :class:`FileRefusedError`."""
    data = file.read()
    wide = _wide(data)
    if wide:
        try:
            data = data.decode(wide).encode()
        except UnicodeDecodeError as error:
            raise FileRefusedError(_NO_TEXT) from error
    if not _only_text_controls(data):
        raise FileRefusedError(_NO_TEXT)


def _wide(data: bytes) -> str | None:
    """UTF-16 by its mark, or without one by the zeros of its spaces and digits."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "utf-16"
    even, odd = data[:4000:2].count(0), data[1:4000:2].count(0)
    if odd > even * 20 + min(len(data), 4000) / 16:
        return "utf-16-le"
    return "utf-16-be" if even > odd * 20 + min(len(data), 4000) / 16 else None


def _only_text_controls(data: bytes) -> bool:
    return not any(byte in data for byte in range(32) if byte not in _TEXT_CONTROLS)


def check_docx(file: IO[Any]) -> None:
    """See that ``file`` is a Word document that is safe to read. Nothing is unpacked to disk.

    Every member is read to its end: sizes in a zip's index are only claims, and so are
    check sums until they are compared. Raises :class:`FileRefusedError`.
    """
    try:
        with zipfile.ZipFile(file) as package:
            _check_package(package)
    except FileRefusedError:
        raise
    except Exception as error:  # zipfile and zlib fail in a dozen ways on a damaged file
        raise FileRefusedError(_DAMAGED) from error


def _check_package(package: zipfile.ZipFile) -> None:
    members = package.infolist()
    names = [member.filename for member in members]
    if len(members) > MAX_MEMBERS:
        raise FileRefusedError(_TOO_MUCH)
    if any(member.flag_bits & 1 for member in members):
        raise FileRefusedError(OLE_SENTENCE)
    if any("vbaproject" in name.lower() for name in names):
        raise FileRefusedError(_MACROS)
    if CONTENT_TYPES not in names or not any(map(_MAIN_PART.fullmatch, names)):
        raise FileRefusedError(_NO_WORD)
    if len({name.lower() for name in names}) < len(names):
        raise FileRefusedError(_DAMAGED)  # two readers could see two documents
    budget = MAX_UNPACKED
    for member in members:
        budget -= read_member(package, member, budget)


def read_member(package: zipfile.ZipFile, member: zipfile.ZipInfo, budget: int) -> int:
    """Read ``member`` to its end; its size. Raises :class:`PartRefusedError`."""
    if member.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        raise PartRefusedError(Why.DAMAGED)
    is_xml = member.filename.lower().endswith(_XML_ENDINGS)
    limit = min(budget, MAX_XML) if is_xml else budget
    size, before = 0, b""
    with package.open(member) as part:
        while chunk := part.read(CHUNK_SIZE):
            size += len(chunk)
            if size > limit:
                raise PartRefusedError(Why.TOO_MUCH)
            if is_xml:
                before = _check_xml(chunk, before, member.filename)
    return size


def _check_xml(chunk: bytes, before: bytes, name: str) -> bytes:
    """Look for a DOCTYPE in ``chunk``; gives what to pass as ``before`` with the next one.

    Without its NULs, UTF-16 reads as ASCII here; other encodings, which could hide
    a DOCTYPE, are refused.
    """
    plain = chunk.replace(b"\0", b"")
    if not before:
        for mark in _BYTE_ORDER_MARKS:
            plain = plain.removeprefix(mark)
        declared = _DECLARED_ENCODING.match(plain)
        if not plain.lstrip().startswith(b"<") or (
            declared and declared[1].lower() not in _ENCODINGS
        ):
            raise PartRefusedError(Why.DAMAGED)
        if name == CONTENT_TYPES and b"macroenabled" in plain.lower():
            raise PartRefusedError(Why.MACROS)
    if _DOCTYPE.search(before + plain):
        raise PartRefusedError(Why.DAMAGED)
    return (before + plain)[-_OVERLAP:]
