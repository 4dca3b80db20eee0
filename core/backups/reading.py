"""What a backup holds: a head, the database, the files, the keys, and the manifest of them all."""

from __future__ import annotations

import hashlib
import json
import tarfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import IO, Any

from django.db import connection
from django.db.migrations.loader import MigrationLoader

from core.backups.databases import Table
from core.backups.errors import DAMAGED, NEWER, BackupRefusedError
from core.backups.sealing import opened

FORMAT = 1
HEAD, MANIFEST, KEYS, FILES = "head.json", "manifest.json", "keys.json", "files/"
CHUNK_SIZE = 256 * 1024
Entry = Callable[[str, IO[bytes]], None]


@dataclass
class Manifest:
    """``entries``: size in bytes and SHA-256 of everything in the backup, by name.

    ``doubtful`` are files that were damaged or missing when the backup was made.
    """

    format: int = FORMAT
    made_at: str = ""
    vendor: str = ""
    migrations: list[list[str]] = field(default_factory=list)
    entries: dict[str, list[Any]] = field(default_factory=dict)
    tables: dict[str, Table] = field(default_factory=dict)
    sequences: dict[str, list[Any]] = field(default_factory=dict)
    doubtful: list[str] = field(default_factory=list)

    def head(self) -> dict[str, Any]:
        return {name: asdict(self)[name] for name in ("format", "made_at", "vendor", "migrations")}

    @property
    def file_names(self) -> list[str]:
        return [name for name in self.entries if name.startswith(FILES)]

    @property
    def row_count(self) -> int:
        return sum(table.rows for table in self.tables.values())


def verify(path: Path) -> Manifest:
    """Read the whole backup and compare every byte with its manifest; writes nothing.

    Raises :class:`BackupRefusedError` for what is damaged, cut, of another key or newer.
    """
    return read(path, lambda name, stream: None)


def read(path: Path, take: Entry) -> Manifest:
    """Give every entry to ``take``, and the manifest at the end. Raises as :func:`verify` does.

    What ``take`` leaves unread is read and compared all the same.
    """
    seen: dict[str, list[Any]] = {}
    manifest: Manifest | None = None
    with opened(path) as stream, _package(stream) as members:
        for name, content in members:
            if manifest is not None:
                raise BackupRefusedError(DAMAGED)
            if name == MANIFEST:
                manifest = _manifest(content.read())
                continue
            counted = _Counted(content)
            if name == HEAD:
                _check_head(json.loads(counted.read()))
            else:
                take(name, counted)  # type: ignore[arg-type]
            seen[name] = counted.finish()
    if manifest is None or manifest.entries != seen:
        raise BackupRefusedError(DAMAGED)
    return manifest


@contextmanager
def _package(stream: IO[bytes]) -> Iterator[Iterator[tuple[str, IO[bytes]]]]:
    try:
        with tarfile.open(fileobj=stream, mode="r|") as package:
            yield _members(package)
    except tarfile.TarError as error:
        raise BackupRefusedError(DAMAGED) from error


def _members(package: tarfile.TarFile) -> Iterator[tuple[str, IO[bytes]]]:
    for member in package:
        content = package.extractfile(member)
        if content is None:
            raise BackupRefusedError(DAMAGED)
        yield member.name, content


def _manifest(data: bytes) -> Manifest:
    told = json.loads(data)
    told["tables"] = {name: Table(**table) for name, table in told["tables"].items()}
    return Manifest(**told)


def _check_head(head: dict[str, Any]) -> None:
    """Before anything else is looked at: can this portal understand what follows?"""
    if head["format"] > FORMAT:
        raise BackupRefusedError(NEWER)
    known = MigrationLoader(None).disk_migrations
    if any((app, name) not in known for app, name in head["migrations"]):
        raise BackupRefusedError(NEWER)
    if head["vendor"] != connection.vendor:
        words = {"sqlite": "SQLite", "postgresql": "PostgreSQL"}
        raise BackupRefusedError(
            f"Bản sao lưu này của {words.get(head['vendor'], head['vendor'])}, cổng đang dùng "
            f"{words.get(connection.vendor, connection.vendor)}: hãy đặt lại DATABASE_URL."
        )


class _Counted:
    """A stream that counts what is read of it."""

    def __init__(self, stream: IO[bytes]) -> None:
        self.stream, self.size, self.digest = stream, 0, hashlib.sha256()

    def read(self, size: int = -1) -> bytes:
        data = self.stream.read(size)
        self.size += len(data)
        self.digest.update(data)
        return data

    def finish(self) -> list[Any]:
        while self.read(CHUNK_SIZE):
            pass
        return [self.size, self.digest.hexdigest()]
