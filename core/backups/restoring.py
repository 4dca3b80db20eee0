"""Bring a portal back as it was. Nothing is touched before the whole backup was read and compared."""

from __future__ import annotations

import hashlib
import json
import os
import sqlite3
import tempfile
from collections.abc import Callable
from contextlib import closing, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any

from django.conf import settings
from django.core.files import File
from django.core.files.storage import default_storage
from django.core.management import call_command
from django.db import connection, connections, transaction
from django.db.migrations.executor import MigrationExecutor

from core.backups import databases
from core.backups.errors import DAMAGED, BackupRefusedError
from core.backups.reading import CHUNK_SIZE, FILES, KEYS, Manifest, read, verify
from core.storage import sync_folder

NOT_EMPTY = (
    "Cơ sở dữ liệu đang có dữ liệu: hãy sao lưu nó trước, rồi chạy lại với --replace để thay "
    "bằng bản sao lưu."
)
NOT_THE_SAME = (
    "Dữ liệu vừa phục hồi không khớp từng byte với bản sao lưu, nên không được dùng: "
    "hãy báo người phụ trách kỹ thuật."
)
KEYS_MODE = 0o600


@dataclass
class Restored:
    """``written`` files, ``kept`` ones that lay there already; ``keys`` that differ from ours."""

    manifest: Manifest
    written: int = 0
    kept: int = 0
    keys: dict[str, Any] = field(default_factory=dict)


def restore(path: Path, *, replace: bool = False, exact: bool = False) -> Restored:
    """Put database and files of the backup ``path`` in place; newer migrations run afterwards.

    Files that are there and not in the backup stay: they may be of reports handed in later.
    ``exact`` leaves the tables as they were, for a comparison. Raises
    :class:`BackupRefusedError`.
    """
    manifest = verify(path)
    if not replace and _holds_data():
        raise BackupRefusedError(NOT_EMPTY)
    done = Restored(manifest)
    with tempfile.TemporaryDirectory(dir=_scratch_folder()) as scratch:
        dumped: dict[str, Path] = {}
        taken = Taking(done, Path(scratch), dumped)
        read(path, taken.take)
        _put_database(manifest, dumped)
    if not exact:
        call_command("migrate", verbosity=0)
    call_command("createcachetable", verbosity=0)
    return done


@dataclass
class Taking:
    done: Restored
    scratch: Path
    dumped: dict[str, Path]

    def take(self, name: str, content: IO[bytes]) -> None:
        if name.startswith(FILES):
            self._file(name, name.removeprefix(FILES), content)
        elif name.startswith("database/"):
            target = self.scratch / name.replace("/", "-")
            _copy(content, target)
            self.dumped[name] = target
        elif name == KEYS:
            kept = json.loads(content.read())
            now = {one: getattr(settings, one, None) for one in kept}
            self.done.keys = {one: kept[one] for one in kept if kept[one] != now[one]}

    def _file(self, entry: str, name: str, content: IO[bytes]) -> None:
        sha256 = self.done.manifest.entries[entry][1]
        if default_storage.exists(name):
            if digest_of_stored(name) == sha256:
                self.done.kept += 1
                return
            default_storage.delete(name)
        with tempfile.TemporaryFile(dir=self.scratch) as whole:
            while chunk := content.read(CHUNK_SIZE):
                whole.write(chunk)
            whole.seek(0)
            saved = default_storage.save(name, File(whole, name))
        if saved != name or digest_of_stored(name) != sha256:
            raise BackupRefusedError(NOT_THE_SAME)
        self.done.written += 1


def digest_of_stored(name: str) -> str:
    digest = hashlib.sha256()
    with default_storage.open(name, "rb") as stored:
        for chunk in stored.chunks(CHUNK_SIZE):
            digest.update(chunk)
    return digest.hexdigest()


def write_keys(keys: dict[str, Any], path: Path) -> None:
    """As lines for the environment, readable by their owner alone."""
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, KEYS_MODE)
    with os.fdopen(handle, "w") as file:
        for name, value in keys.items():
            words = ",".join(value) if isinstance(value, list) else value
            file.write(f"{name}={words}\n")


def _scratch_folder() -> Path:
    """On the disk of the database, so that the new file comes into place by a rename."""
    if connection.vendor == "sqlite":
        return Path(str(connection.settings_dict["NAME"])).resolve().parent
    return Path(tempfile.gettempdir())


def _copy(content: IO[bytes], target: Path) -> None:
    with target.open("wb") as file:
        while chunk := content.read(CHUNK_SIZE):
            file.write(chunk)
        file.flush()
        os.fsync(file.fileno())


def _holds_data() -> bool:
    if connection.vendor == "sqlite":
        file = Path(str(connection.settings_dict["NAME"]))
        if not file.exists() or not file.stat().st_size:
            return False
    return bool(connection.introspection.table_names())


def _put_database(manifest: Manifest, dumped: dict[str, Path]) -> None:
    put: Callable[[Manifest, dict[str, Path]], None] = (
        _put_sqlite if connection.vendor == "sqlite" else _put_postgresql
    )
    put(manifest, dumped)


# -- SQLite -------------------------------------------------------------------


def _put_sqlite(manifest: Manifest, dumped: dict[str, Path]) -> None:
    copy = dumped[databases.SQLITE_FILE]
    if databases.sqlite_faults(copy):
        raise BackupRefusedError(DAMAGED)
    if databases.sqlite_tables(copy) != manifest.tables:
        raise BackupRefusedError(NOT_THE_SAME)
    target = Path(str(connection.settings_dict["NAME"])).resolve()
    connections.close_all()
    _close_log(target)
    copy.chmod(0o640)
    copy.replace(target)
    sync_folder(target.parent)


def _close_log(target: Path) -> None:
    """An old write-ahead log beside a new file would be read as its own."""
    if target.exists():
        with suppress(sqlite3.DatabaseError), closing(sqlite3.connect(target, timeout=20)) as old:
            old.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    for ending in ("-wal", "-shm"):
        target.with_name(target.name + ending).unlink(missing_ok=True)


# -- PostgreSQL ---------------------------------------------------------------


def _put_postgresql(manifest: Manifest, dumped: dict[str, Path]) -> None:
    """All in one transaction: whoever looks sees the old portal or the new one."""
    with transaction.atomic():
        with connection.cursor() as cursor:
            # A table with a deferred check that waits cannot be altered by the next migration.
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            for name in connection.introspection.table_names(cursor):
                cursor.execute(f'DROP TABLE IF EXISTS "{name}" CASCADE')
        executor = MigrationExecutor(connection)
        executor.migrate(_newest(executor, {(app, name) for app, name in manifest.migrations}))
        _load(manifest, dumped)
    connection.close()


def _newest(executor: MigrationExecutor, wanted: set[tuple[str, str]]) -> list[tuple[str, str]]:
    """The last of ``wanted`` in each app: to name an older one as well would ask for the way back."""
    nodes = executor.loader.graph.node_map
    return sorted(
        key
        for key in wanted
        if key in nodes
        and not any(child.key in wanted and child.key[0] == key[0] for child in nodes[key].children)
    )


def _load(manifest: Manifest, dumped: dict[str, Path]) -> None:
    connection.ensure_connection()
    raw = connection.connection
    with raw.cursor() as cursor:
        cursor.execute("SET LOCAL statement_timeout = 0")
        present = {name: key for name, _, key in databases.postgresql_tables(raw)}
        if set(present) != set(manifest.tables):
            raise BackupRefusedError(NOT_THE_SAME)
        everything = ", ".join(f'"{name}"' for name in manifest.tables)
        cursor.execute(f"TRUNCATE {everything} CASCADE")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")  # tables point to each other
        for name, table in manifest.tables.items():
            named = ", ".join(f'"{column}"' for column in table.columns)
            with dumped[databases.copied_name(name)].open("rb") as file:
                cursor.copy_expert(f'COPY "{name}" ({named}) FROM STDIN', file)
        for name, (value, is_called) in manifest.sequences.items():
            cursor.execute("SELECT setval(%s, %s, %s)", [f'"{name}"', value, is_called])
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # a broken reference is refused here
        cursor.execute("SET LOCAL TimeZone = 'UTC'; SET LOCAL DateStyle = 'ISO, YMD'")
    with Path(os.devnull).open("wb") as nowhere:
        for name, table in manifest.tables.items():
            now = databases.copy_out(raw, name, table.columns, present[name], nowhere)
            if now != table:
                raise BackupRefusedError(NOT_THE_SAME)
