"""Make a backup: database first, then the files that it names, then the keys; read it again."""

from __future__ import annotations

import hashlib
import io
import json
import tarfile
import tempfile
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import IO, Any, cast

from django.conf import settings
from django.core.files.storage import default_storage
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder
from django.db.models import Q
from django.utils import timezone

from core.backups import databases, sealing
from core.backups.reading import CHUNK_SIZE, FILES, HEAD, KEYS, MANIFEST, Manifest, verify
from core.models import Picture, StoredFile
from core.storage import sync_folder

SUFFIX = ".age"
ENTRY_MODE = 0o600


@dataclass(frozen=True)
class MadeBackup:
    path: Path
    size: int
    manifest: Manifest


def make(folder: Path) -> MadeBackup:
    """A new backup in ``folder``, read again to its end before it gets its name.

    The snapshot of the database comes first: a file is kept before the row that names it, so
    the files listed afterwards are at least those. Raises :class:`BackupRefusedError` and
    ``OSError``, and leaves nothing behind then.
    """
    sealing.own_key()
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    now = timezone.now()
    target = folder / f"cong-{now:%Y%m%d-%H%M%S-%f}{SUFFIX}"
    part = target.with_suffix(".part")
    try:
        with tempfile.TemporaryDirectory(dir=folder, prefix=".dump-") as scratch:
            dump = databases.dump(Path(scratch))
            _write(part, dump, now.isoformat())
        manifest = verify(part)
        part.rename(target)
        sync_folder(folder)
    except BaseException:
        part.unlink(missing_ok=True)
        raise
    return MadeBackup(target, target.stat().st_size, manifest)


def _write(part: Path, dump: databases.Dump, made_at: str) -> None:
    manifest = Manifest(
        made_at=made_at,
        vendor=dump.vendor,
        migrations=_migrations(),
        tables=dump.tables,
        sequences=dump.sequences,
    )
    with sealing.sealed(part) as stream, tarfile.open(fileobj=stream, mode="w|") as package:
        writer = _Writer(package, manifest)
        writer.add(HEAD, _json(manifest.head()))
        for name, path in dump.files.items():
            with path.open("rb") as content:
                writer.add_stream(name, content, path.stat().st_size)
        writer.add_files()
        writer.add(KEYS, _json(kept_keys()))
        package.addfile(*_bytes(MANIFEST, _json(asdict(manifest))))


def _migrations() -> list[list[str]]:
    return sorted(list(key) for key in MigrationRecorder(connection).applied_migrations())


def kept_keys() -> dict[str, Any]:
    """The secrets without which the data cannot be used, by the names of their settings."""
    return {name: getattr(settings, name) for name in settings.BACKED_UP_KEYS}


def stored_names(folder: str = "") -> Iterator[str]:
    """Every finished file of the storage, whatever the storage is."""
    try:
        folders, files = default_storage.listdir(folder)
    except FileNotFoundError:  # a portal without a file yet
        return
    for name in sorted(files):
        if not (name.startswith(".") and name.endswith(".part")):
            yield f"{folder}/{name}".lstrip("/")
    for name in sorted(folders):
        if name and not (folder == "" and name == "tmp"):
            yield from stored_names(f"{folder}/{name}".lstrip("/"))


def known_files() -> dict[str, str]:
    """SHA-256 of every file that a row names, by its name in the storage."""
    known = {
        stored.storage_name: stored.sha256
        for stored in StoredFile.objects.exclude(state=StoredFile.State.REFUSED).iterator()
    }
    erased = Q(original__state=StoredFile.State.REFUSED)
    for picture in Picture.objects.exclude(erased).iterator():
        for variant in picture.variants:
            known[picture.storage_name(variant["width"])] = variant["sha256"]
    return known


@dataclass
class _Writer:
    package: tarfile.TarFile
    manifest: Manifest

    def add(self, name: str, data: bytes) -> None:
        self.add_stream(name, io.BytesIO(data), len(data))

    def add_stream(self, name: str, content: IO[bytes], size: int) -> None:
        counted = _Hashed(content)
        info, _ = _bytes(name, b"")
        info.size = size
        self.package.addfile(info, counted)
        self.manifest.entries[name] = [size, counted.digest.hexdigest()]

    def add_files(self) -> None:
        """All files; those that a row describes otherwise are kept too, and named."""
        known = known_files()
        for name in stored_names():
            try:
                size, content = default_storage.size(name), default_storage.open(name, "rb")
            except FileNotFoundError:
                continue  # erased a moment ago; a row that still names it is told of below
            with content:
                self.add_stream(FILES + name, cast(IO[bytes], content.file), size)
            sha256 = self.manifest.entries[FILES + name][1]
            if known.pop(name, sha256) != sha256:
                self.manifest.doubtful.append(name)
        self.manifest.doubtful += sorted(known)


class _Hashed:
    def __init__(self, stream: IO[bytes]) -> None:
        self.stream, self.digest = stream, hashlib.sha256()

    def read(self, size: int = CHUNK_SIZE) -> bytes:
        data = self.stream.read(size)
        self.digest.update(data)
        return data


def _bytes(name: str, data: bytes) -> tuple[tarfile.TarInfo, IO[bytes]]:
    info = tarfile.TarInfo(name)
    info.size, info.mode = len(data), ENTRY_MODE
    return info, io.BytesIO(data)


def _json(told: Any) -> bytes:
    return json.dumps(told, ensure_ascii=False, default=str).encode()
