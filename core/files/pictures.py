"""Pictures: read whole and within limits, turned upright, written again without metadata.

The decoders work in a child process (:mod:`core.files.picture_child`), because they are large,
written in C and fed by anyone.
"""

import json
import shutil
import sys
import tempfile
import threading
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from core import processes
from core.files.errors import FileRefusedError, FilesBusyError
from core.storage import temp_folder

CHILD = Path(__file__).with_name("picture_child.py")
SECONDS = 20
MAX_OUTPUT = 24 * 1024 * 1024  # bytes, all variants together
AT_ONCE = 2  # children of one process of the portal
WAIT_SECONDS = 10  # for a turn

DAMAGED = "Ảnh này bị hỏng hoặc chưa tải hết, hãy chọn lại ảnh hoặc chụp ảnh khác."
TOO_MANY_PIXELS = "Ảnh này quá lớn, hãy chọn ảnh không quá 40 triệu điểm ảnh."
TOO_HARD = (
    "Ảnh này quá nặng hoặc bị hỏng nên máy chủ không đọc được, hãy chụp lại hoặc chọn ảnh khác."
)
BUSY = "Máy chủ đang nhận nhiều ảnh cùng lúc, mời gửi lại ảnh này sau một phút."
_SENTENCES = {"damaged": DAMAGED, "pixels": TOO_MANY_PIXELS}
_HEIC_BRANDS = (b"heic", b"heix", b"heif", b"mif1", b"msf1", b"hevc", b"heim", b"heis")

_turns = threading.BoundedSemaphore(AT_ONCE)


@dataclass(frozen=True, slots=True)
class Variant:
    """One WebP file: pixels and bytes."""

    width: int
    height: int
    data: bytes


class Variants(list[Variant]):
    """The variants of one picture, smallest first, and its ``likeness`` (None where it has none)."""

    likeness: int | None = None


def sniff(start: bytes) -> str | None:
    """The type of a picture that begins with ``start``; None for anything else."""
    if start.startswith(b"\xff\xd8\xff"):
        return "image/jpeg"
    if start.startswith(b"\x89PNG\r\n\x1a\n"):
        return "image/png"
    if start[:4] == b"RIFF" and start[8:12] == b"WEBP":
        return "image/webp"
    if start[4:8] == b"ftyp" and start[8:12] in _HEIC_BRANDS:
        return "image/heic"
    return None


def variants(file: IO[Any], content_type: str) -> Variants:
    """The picture in ``file`` as WebP in each width that it fills, smallest first.

    It is decoded to its last byte, turned upright, brought to sRGB and stripped of all metadata.
    Raises :class:`FileRefusedError`, or its :class:`FilesBusyError` when too many wait, and
    ``OSError`` when the server has no room for the child.
    """
    if not _turns.acquire(timeout=WAIT_SECONDS):
        raise FilesBusyError(BUSY)
    try:
        with on_disk(file) as source:
            printed = processes.run(
                [sys.executable, "-I", str(CHILD), content_type],
                source=source,
                seconds=SECONDS,
                limit=MAX_OUTPUT,
            )
    except processes.ProcessFailedError as error:
        raise FileRefusedError(TOO_HARD) from error
    finally:
        _turns.release()
    return _read(printed)


def on_disk(file: IO[Any]) -> IO[bytes]:
    """``file`` with a descriptor of its own, at its start: a child moves the place of reading."""
    if hasattr(file, "temporary_file_path"):
        return Path(file.temporary_file_path()).open("rb")
    copy = tempfile.TemporaryFile(dir=temp_folder())  # noqa: SIM115  the caller closes it
    try:
        file.seek(0)
        shutil.copyfileobj(file, copy)
        copy.flush()
        copy.seek(0)
    except BaseException:
        copy.close()
        raise
    return copy


def _read(printed: bytes) -> Variants:
    """What the child says, believed only as far as it fits together."""
    line, _, data = printed.partition(b"\n")
    try:
        head = json.loads(line)
        error = head.get("error")
        sizes = [(one["width"], one["height"], one["size"]) for one in head.get("variants", [])]
    except (ValueError, KeyError, TypeError, AttributeError) as broken:
        raise FileRefusedError(TOO_HARD) from broken
    if error:
        raise FileRefusedError(_SENTENCES.get(error, TOO_HARD))
    found, place = Variants(), 0
    alike = head.get("likeness")
    found.likeness = alike if isinstance(alike, int) and -(2**63) <= alike < 2**63 else None
    for width, height, size in sizes:
        found.append(Variant(width, height, data[place : place + size]))
        place += size
    if not found or place != len(data) or any(sniff(one.data) != "image/webp" for one in found):
        raise FileRefusedError(TOO_HARD)
    return found
