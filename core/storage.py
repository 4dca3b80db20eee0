"""Files that are on the disk, whole, before anyone is told that they were kept.

Django's own storage never syncs, and its move between disks cuts a file short without a word
when the disk is full. Nothing outside this module uses a path: an S3 storage can take its place.
"""

import hashlib
import os
import tempfile
from pathlib import Path

from django.conf import settings
from django.core.files import File
from django.core.files.storage import FileSystemStorage
from django.utils.deconstruct import deconstructible

CHUNK_SIZE = 256 * 1024  # bytes
FILE_MODE, FOLDER_MODE = 0o640, 0o750  # other accounts of the server read nothing


def temp_folder() -> Path:
    """Where unfinished files lie: on the disk of the finished ones, and there when it is needed."""
    folder = Path(settings.FILE_UPLOAD_TEMP_DIR or Path(settings.MEDIA_ROOT) / "tmp")
    folder.mkdir(mode=FOLDER_MODE, parents=True, exist_ok=True)
    return folder


class DamagedFileError(OSError):
    """What is on the disk is not what was written."""


@deconstructible(path="core.storage.DurableFileSystemStorage")
class DurableFileSystemStorage(FileSystemStorage):
    """Write beside the target, sync, rename, sync the folder, read again and compare.

    Raises ``OSError`` when any of it fails, and leaves nothing behind then. Names are random
    (:func:`core.models.random_key`), so two writers never want one name.
    """

    def _save(self, name: str, content: File) -> str:
        target = Path(self.path(name))
        self._make_folder(target.parent)
        handle, part = tempfile.mkstemp(dir=target.parent, prefix=".", suffix=".part")
        moved = False
        try:
            written = _write(handle, content)
            os.chmod(part, FILE_MODE)  # noqa: PTH101
            os.rename(part, target)  # noqa: PTH104
            moved = True
            sync_folder(target.parent)
            if _read(target) != written:
                raise DamagedFileError(f"{name} differs from what was written")
        except BaseException:
            (target if moved else Path(part)).unlink(missing_ok=True)
            raise
        return str(Path(name).as_posix())

    def _make_folder(self, folder: Path) -> None:
        """Make ``folder`` and its parents, each of them on the disk too."""
        missing = [parent for parent in (folder, *folder.parents) if not parent.is_dir()]
        for new in reversed(missing):
            new.mkdir(mode=FOLDER_MODE, exist_ok=True)
            sync_folder(new.parent)


def _write(handle: int, content: File) -> tuple[int, str]:
    """Write all of ``content`` to the disk; how many bytes, and their SHA-256."""
    digest, size = hashlib.sha256(), 0
    with os.fdopen(handle, "wb") as file:
        for chunk in content.chunks(CHUNK_SIZE):
            data = chunk.encode() if isinstance(chunk, str) else chunk
            file.write(data)
            digest.update(data)
            size += len(data)
        file.flush()
        os.fsync(file.fileno())
    return size, digest.hexdigest()


def _read(path: Path) -> tuple[int, str]:
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256")
        return file.tell(), digest.hexdigest()


def sync_folder(folder: Path) -> None:
    """Make the names in ``folder`` last."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
