"""What a file is, by its content, and whether it is taken."""

import enum
import hashlib
from collections.abc import Callable, Collection
from dataclasses import dataclass
from pathlib import PurePath

from django.core.files import File

from core.files import archives, documents, older, pictures, stamps, tables
from core.files.errors import FileRefusedError
from core.text import clean, format_number

MEGABYTE = 1024 * 1024
MAX_NAME_LENGTH = 255
CHUNK_SIZE = 256 * 1024  # bytes


class Kind(enum.StrEnum):
    DOCUMENT = "document"
    PICTURE = "picture"
    TABLE = "table"
    ARCHIVE = "archive"  # pictures in a zip


DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
PDF = "application/pdf"
ZIP = "application/zip"
DOC = "application/msword"
_EXTENSIONS = {
    DOCX: {".docx"},
    XLSX: {".xlsx"},
    ZIP: {".zip"},
    DOC: {".doc"},
    PDF: {".pdf"},
    "text/plain": {".txt"},
    "image/jpeg": {".jpg", ".jpeg", ".jfif"},
    "image/png": {".png"},
    "image/webp": {".webp"},
    "image/heic": {".heic", ".heif"},
}
_TYPES = {
    Kind.DOCUMENT: (DOCX, DOC, PDF, "text/plain"),
    Kind.PICTURE: ("image/jpeg", "image/png", "image/webp", "image/heic"),
    Kind.TABLE: (XLSX,),
    Kind.ARCHIVE: (ZIP,),
}
_MAX_SIZE = {
    Kind.DOCUMENT: 20 * MEGABYTE,
    Kind.PICTURE: 15 * MEGABYTE,
    Kind.TABLE: 5 * MEGABYTE,
    Kind.ARCHIVE: 30 * MEGABYTE,
}
_WHAT_IS_TAKEN = {
    Kind.DOCUMENT: "tệp Word (.docx, .doc), PDF hoặc văn bản (.txt)",
    Kind.PICTURE: "ảnh JPEG, PNG, WebP hoặc HEIC",
    Kind.TABLE: "bảng Excel (.xlsx)",
    Kind.ARCHIVE: "ảnh nén trong một tệp .zip",
}
_SIGNATURES = {
    documents.ZIP_SIGNATURE: DOCX,
    older.OLE_SIGNATURE: DOC,
    older.PDF_SIGNATURE: PDF,
}
_CHECKS: dict[str, Callable[[File], object]] = {
    DOCX: documents.check_docx,
    XLSX: tables.check_xlsx,
    ZIP: archives.check_archive,
    DOC: older.check_doc,
    PDF: older.check_pdf,
    "text/plain": documents.check_text,
}


@dataclass(frozen=True, slots=True)
class Checked:
    """A file that passed: its cleaned name, its type by content, size in bytes and SHA-256."""

    name: str
    content_type: str
    size: int
    sha256: str


def check_file(file: File, *, name: str, kinds: Collection[Kind | str]) -> Checked:
    """See that ``file`` is whole and of one of ``kinds``; the browser's word counts for nothing.

    Raises :class:`FileRefusedError`.
    """
    checked = identify(file, name=name, kinds=kinds)
    file.seek(0)
    check = _CHECKS.get(checked.content_type)
    if check:
        check(file)
    else:
        pictures.variants(file, checked.content_type)
    stamps.check_text(file, checked.content_type, checked.sha256)
    file.seek(0)
    return checked


def identify(file: File, *, name: str, kinds: Collection[Kind | str]) -> Checked:
    """What ``file`` is by its first bytes, with size, name and hash checked; no word on the rest.

    Raises :class:`FileRefusedError`.
    """
    taken = [Kind(kind) for kind in kinds]
    name = clean_name(name)
    size, sha256 = _measure(file, max(_MAX_SIZE[kind] for kind in taken))
    stamps.check_name(name, sha256)
    content_type = _content_type(file, taken)
    kind = next(kind for kind in taken if content_type in _TYPES[kind])
    if size > _MAX_SIZE[kind]:
        raise _too_large(_MAX_SIZE[kind])
    extension = PurePath(name).suffix.lower()
    if not any(extension in _EXTENSIONS[known] for kind in taken for known in _TYPES[kind]):
        raise _not_taken(taken)
    if extension not in _EXTENSIONS[content_type]:
        raise FileRefusedError(
            f"Nội dung tệp không khớp với đuôi “{extension}” của tên tệp,"
            " hãy chọn tệp gốc chưa đổi tên."
        )
    return Checked(name, content_type, size, sha256)


def clean_name(name: str) -> str:
    """The last part of a file name as people read it, at most 255 characters, with its ending."""
    name = clean(name.replace("\\", "/")).replace("\n", " ").rsplit("/", 1)[-1].strip() or "tệp"
    suffix = PurePath(name).suffix[:10]
    return name if len(name) <= MAX_NAME_LENGTH else name[: MAX_NAME_LENGTH - len(suffix)] + suffix


def _measure(file: File, limit: int) -> tuple[int, str]:
    """Size and SHA-256, counted while reading: what a client declares may be wrong."""
    digest, size = hashlib.sha256(), 0
    for chunk in file.chunks(CHUNK_SIZE):
        size += len(chunk)
        if size > limit:
            raise _too_large(limit)
        digest.update(chunk)
    if size == 0:
        raise FileRefusedError("Tệp này trống, hãy chọn tệp khác.")
    return size, digest.hexdigest()


def _too_large(limit: int) -> FileRefusedError:
    return FileRefusedError(
        f"Tệp này quá lớn, hãy chọn tệp không quá {format_number(limit // MEGABYTE)} MB."
    )


def _content_type(file: File, kinds: Collection[Kind]) -> str:
    file.seek(0)
    start = file.read(64)
    signed = next((known for sign, known in _SIGNATURES.items() if start.startswith(sign)), None)
    if signed == DOCX and Kind.DOCUMENT not in kinds:
        # One signature for all packages; the check looks inside.
        signed = XLSX if Kind.TABLE in kinds else ZIP
    if signed == DOC and Kind.TABLE in kinds and Kind.DOCUMENT not in kinds:
        raise FileRefusedError(tables.OLD_OR_LOCKED)
    content_type = pictures.sniff(start) or signed or _text_type(start)
    if not any(content_type in _TYPES[kind] for kind in kinds):
        raise _not_taken(kinds)
    return content_type


def _not_taken(kinds: Collection[Kind]) -> FileRefusedError:
    taken = " hoặc ".join(_WHAT_IS_TAKEN[kind] for kind in kinds)
    return FileRefusedError(f"Chỉ nhận {taken}, hãy chọn tệp khác.")


def _text_type(start: bytes) -> str:
    return "text/plain" if documents.may_be_text(start) else "application/octet-stream"
