"""Photos in a .zip: counted, measured while they are unpacked, never written under their names.

The index of a zip is only a claim: sizes are counted as the bytes come, and a name is used to
find the row that it belongs to, never as a place on the disk.
"""

import contextlib
import posixpath
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from typing import IO, Any

from core.files.errors import FileRefusedError
from core.text import clean, format_number

MEGABYTE = 1024 * 1024
MAX_MEMBERS = 300  # folders and what systems add counted
MAX_PICTURES = 60  # decoded in one request
MAX_PICTURE = 15 * MEGABYTE
MAX_UNPACKED = 120 * MEGABYTE
CHUNK_SIZE = 256 * 1024

DAMAGED = "Tệp zip này bị hỏng, hãy nén lại thư mục ảnh rồi chọn lại."
LOCKED = "Tệp zip này có mật khẩu, hãy nén lại không đặt mật khẩu rồi chọn lại."
TOO_MUCH = f"Tệp zip này bung ra quá {MAX_UNPACKED // MEGABYTE} MB, hãy chia ảnh làm nhiều lần nạp."
STRANGE_PATH = (
    "Tệp zip này có tên tệp trỏ ra ngoài thư mục (“..”), không phải thư mục ảnh nén thường; hãy "
    "nén lại rồi chọn lại."
)
NO_PICTURE = "Tệp zip này không có tệp nào, hãy chọn tệp khác."
_NOT_MEANT = re.compile(r"(?:^|/)(?:__MACOSX/|\.|thumbs\.db$|desktop\.ini$)", re.IGNORECASE)
_UTF8 = 0x800  # the flag that says that names are UTF-8


@dataclass(frozen=True, slots=True)
class Packed:
    """A file in the zip: its cleaned name without folders, and its bytes or why there are none."""

    name: str
    data: bytes
    error: str = ""


def check_archive(file: IO[Any]) -> None:
    """See that ``file`` is a zip of files that can be read. Raises :class:`FileRefusedError`."""
    for _ in unpack(file):
        pass


def unpack(file: IO[Any]) -> Iterator[Packed]:
    """The files in ``file`` one after the other. Raises :class:`FileRefusedError`."""
    file.seek(0)
    try:
        with zipfile.ZipFile(file) as package:
            yield from _members(package)
    except FileRefusedError:
        raise
    except Exception as error:  # zipfile and zlib fail in a dozen ways on a damaged file
        raise FileRefusedError(DAMAGED) from error


def _members(package: zipfile.ZipFile) -> Iterator[Packed]:
    found = package.infolist()
    if len(found) > MAX_MEMBERS:
        raise FileRefusedError(
            f"Tệp zip này có {format_number(len(found))} tệp, nhiều nhất là "
            f"{format_number(MAX_MEMBERS)}; hãy chia ảnh làm nhiều lần nạp."
        )
    if any(member.flag_bits & 1 for member in found):
        raise FileRefusedError(LOCKED)
    names = {member.filename: _name(member) for member in found if not member.is_dir()}
    if any(_is_strange(member.filename) for member in found):
        raise FileRefusedError(STRANGE_PATH)
    meant = [m for m in found if m.filename in names and not _NOT_MEANT.search(m.filename)]
    if not meant:
        raise FileRefusedError(NO_PICTURE)
    if len(meant) > MAX_PICTURES:
        raise FileRefusedError(
            f"Tệp zip này có {format_number(len(meant))} ảnh, một lần nạp nhiều nhất "
            f"{MAX_PICTURES} ảnh; hãy chia ảnh làm nhiều lần nạp."
        )
    room = MAX_UNPACKED
    for member in meant:
        packed, size = _read(package, member, names[member.filename], room)
        room -= size
        yield packed


def _read(
    package: zipfile.ZipFile, member: zipfile.ZipInfo, name: str, room: int
) -> tuple[Packed, int]:
    """Read no more than a picture may have; what is longer is left with its sentence."""
    if member.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        return Packed(name, b"", "nén theo kiểu lạ, hãy nén lại bằng máy tính."), 0
    data = bytearray()
    with package.open(member) as part:
        while chunk := part.read(CHUNK_SIZE):
            data += chunk
            if len(data) > room:
                raise FileRefusedError(TOO_MUCH)
            if len(data) > MAX_PICTURE:
                error = f"lớn hơn {MAX_PICTURE // MEGABYTE} MB, hãy thu nhỏ ảnh."
                return Packed(name, b"", error), len(data)
    return Packed(name, bytes(data)), len(data)


def _is_strange(path: str) -> bool:
    path = path.replace("\\", "/")
    return path.startswith("/") or ":" in path or ".." in path.split("/") or "\0" in path


def _name(member: zipfile.ZipInfo) -> str:
    """The name without folders; systems that write UTF-8 without saying so are understood."""
    path = member.filename
    if not member.flag_bits & _UTF8:
        with contextlib.suppress(UnicodeError):
            path = path.encode("cp437").decode("utf-8")
    return clean(posixpath.basename(path.replace("\\", "/")))[:250]
