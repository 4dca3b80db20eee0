"""Restore a backup into a scratch place by the very command that people use, and compare all of it."""

from __future__ import annotations

import hashlib
import json
import os
import secrets
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO
from urllib.parse import quote

import pyrage
from django.conf import settings
from django.core.files.storage import default_storage
from django.db import DatabaseError, connection

from core.backups import databases, sealing
from core.backups.errors import BackupRefusedError
from core.backups.making import kept_keys
from core.backups.reading import CHUNK_SIZE, FILES, KEYS, Manifest, read, verify

PIECE = 64 * 1024  # bytes; what the age format encrypts at a time


@dataclass(frozen=True)
class Row:
    what: str
    holds: bool
    told: str


@dataclass(frozen=True)
class Scratch:
    """A place that goes when the drill ends."""

    folder: Path
    database: str

    @property
    def files(self) -> Path:
        return self.folder / "files"

    @property
    def keys(self) -> Path:
        return self.folder / "keys.env"

    def run(self, *words: str) -> subprocess.CompletedProcess[str]:
        """``manage.py words`` as a portal of its own in this place."""
        place = {
            "DATABASE_URL": self.database,
            "MEDIA_ROOT": str(self.files),
            "UPLOAD_TEMP_DIR": "",
            "BACKUP_DIR": str(self.folder / "backups"),
            "BACKUP_KEY": settings.BACKUP_KEY,
            "S3_BUCKET": "",
            "CACHE_URL": "dbcache://cache",
            "EMAIL_URL": "dummymail://",
            "SECRET_KEY": settings.SECRET_KEY,
            "DJANGO_SETTINGS_MODULE": os.environ.get(
                "DJANGO_SETTINGS_MODULE", "campaign_portal.settings"
            ),
        }
        return subprocess.run(  # noqa: S603  our own commands
            [sys.executable, str(Path(settings.BASE_DIR) / "manage.py"), *words],
            env={**os.environ, **place},
            capture_output=True,
            text=True,
            check=False,
        )


def made_at(path: Path) -> str:
    return verify(path).made_at


def drill(path: Path) -> list[Row]:
    """Everything that a restore must do, tried with the backup ``path``.

    Raises :class:`BackupRefusedError` when it cannot even be read.
    """
    manifest = verify(path)
    rows = [Row("Đọc cả bản và so với bảng kê", True, f"{len(manifest.entries)} mục")]
    with scratch() as place:
        begun = time.monotonic()
        done = place.run("restore", str(path), "--exact", "--keys-to", str(place.keys))
        took = f"{time.monotonic() - begun:.1f} giây"
        rows.append(Row("Phục hồi vào nơi tạm", done.returncode == 0, took))
        if done.returncode:
            return [*rows, Row("Lời báo của lệnh phục hồi", False, done.stderr.strip()[-500:])]
        rows += [_database(place, manifest), *_files(place, manifest), _keys(path)]
        seen = place.run("open_pages")
        rows.append(Row("Đăng nhập và mở các trang", seen.returncode == 0, _last(seen)))
        again = place.run("restore", str(path), "--keys-to", str(place.keys))
        rows.append(
            Row(
                "Không đè lên dữ liệu đang có khi chưa được bảo",
                again.returncode != 0,
                _last(again),
            )
        )
    return [*rows, *_damaged(path)]


def _last(done: subprocess.CompletedProcess[str]) -> str:
    return ((done.stdout if done.returncode == 0 else done.stderr).strip() or "-").splitlines()[-1]


def _database(place: Scratch, manifest: Manifest) -> Row:
    if manifest.vendor == "sqlite":
        path = place.folder / "db.sqlite3"
        now, faults = databases.sqlite_tables(path), databases.sqlite_faults(path)
    else:
        faults = []
        with _scratch_moment(place) as raw, Path(os.devnull).open("wb") as nowhere:
            now = {
                name: databases.copy_out(raw, name, columns, key, nowhere)
                for name, columns, key in databases.postgresql_tables(raw)
            }
            if databases.postgresql_sequences(raw) != manifest.sequences:
                faults.append("bộ đếm")
    # The scratch portal has made a table for its cache beside them.
    differing = [name for name in manifest.tables if now.get(name) != manifest.tables[name]]
    differing += faults
    told = (
        ", ".join(differing[:5])
        or f"{len(manifest.tables)} bảng, {manifest.row_count} dòng giống hệt"
    )
    return Row("So từng dòng của cơ sở dữ liệu", not differing, told)


@contextmanager
def _scratch_moment(place: Scratch) -> Iterator[object]:
    name = place.database.rpartition("/")[2]
    with databases.one_moment(connection.get_connection_params() | {"dbname": name}) as raw:
        yield raw


def _files(place: Scratch, manifest: Manifest) -> Iterator[Row]:
    """Against the manifest, and byte by byte against the portal's own files as they are now."""
    wrong, compared = [], 0
    for entry in manifest.file_names:
        name = entry.removeprefix(FILES)
        restored = place.files / name
        if not restored.is_file() or _digest(restored) != manifest.entries[entry][1]:
            wrong.append(name)
            continue
        if default_storage.exists(name):
            compared += 1
            with default_storage.open(name, "rb") as live, restored.open("rb") as copy:
                while chunk := live.read(CHUNK_SIZE):
                    if copy.read(len(chunk)) != chunk:
                        wrong.append(name)
                        break
                if copy.read(1):
                    wrong.append(name)
    told = ", ".join(wrong[:5]) or f"{len(manifest.file_names)} tệp, {compared} so với tệp của cổng"
    yield Row("So từng byte của các tệp", not wrong, told)
    doubtful = manifest.doubtful
    told = ", ".join(doubtful[:5]) or "không có tệp hỏng hay mất"
    yield Row("Tệp của cổng nguyên vẹn khi sao lưu", not doubtful, told)


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _keys(path: Path) -> Row:
    held: dict[str, object] = {}

    def take(name: str, content: IO[bytes]) -> None:
        if name == KEYS:
            held.update(json.loads(content.read()))

    read(path, take)
    return Row("Khóa trong bản sao lưu", held == kept_keys(), ", ".join(held))


@contextmanager
def scratch() -> Iterator[Scratch]:
    with tempfile.TemporaryDirectory(prefix="drill-") as folder:
        if connection.vendor == "sqlite":
            yield Scratch(Path(folder), f"sqlite:///{folder}/db.sqlite3")
            return
        name = f"drill_{secrets.token_hex(6)}"
        _administer(f'CREATE DATABASE "{name}" TEMPLATE template0')
        try:
            yield Scratch(Path(folder), _url(name))
        finally:
            _administer(f'DROP DATABASE "{name}" WITH (FORCE)')


def _administer(statement: str) -> None:
    try:
        with connection._nodb_cursor() as cursor:
            cursor.execute(statement)
    except DatabaseError as error:
        raise BackupRefusedError(
            "Diễn tập cần quyền tạo cơ sở dữ liệu tạm: quản trị PostgreSQL chạy ALTER ROLE … CREATEDB "
            "cho tài khoản của cổng, rồi chạy lại."
        ) from error


def _url(name: str) -> str:
    own = connection.settings_dict
    user = quote(own["USER"], safe="") + (
        f":{quote(own['PASSWORD'], safe='')}" if own["PASSWORD"] else ""
    )
    return f"postgres://{user}@{own['HOST'] or 'localhost'}:{own['PORT'] or 5432}/{name}"


# -- What must be refused -----------------------------------------------------


def _damaged(path: Path) -> Iterator[Row]:
    """One copy, changed and changed back: a backup may be larger than what is left of the disk."""
    size = path.stat().st_size
    flips = [place for place in (0, 60, 170, size // 3, size // 2, size - 1) if place < size]
    cuts = [cut for cut in (1, 16, PIECE, size // 2, size - 1, size) if cut <= size]
    with tempfile.TemporaryDirectory(prefix="drill-", dir=path.parent) as folder:
        copy = Path(shutil.copyfile(path, Path(folder) / path.name))
        refused = [_is_refused_flipped(copy, place) for place in flips]
        yield Row("Từ chối bản bị sửa một bit", all(refused), f"{sum(refused)} trong {len(flips)}")
        with copy.open("ab") as file:
            file.write(b"\0")
        yield Row("Từ chối bản bị nối thêm", _is_refused(copy), "thêm một byte")
        refused = [_is_refused_cut(copy, size - cut) for cut in sorted(cuts)]
        yield Row("Từ chối bản bị cắt đuôi", all(refused), f"{sum(refused)} trong {len(cuts)}")
    yield Row("Từ chối khi sai khóa", _is_closed_to_others(path), "khóa mới sinh")


def _is_refused_flipped(copy: Path, place: int) -> bool:
    _flip(copy, place)
    refused = _is_refused(copy)
    _flip(copy, place)
    return refused


def _flip(path: Path, place: int) -> None:
    with path.open("r+b") as file:
        file.seek(place)
        byte = file.read(1)[0]
        file.seek(place)
        file.write(bytes([byte ^ 1]))


def _is_refused_cut(copy: Path, length: int) -> bool:
    os.truncate(copy, length)
    return _is_refused(copy)


def _is_refused(path: Path) -> bool:
    try:
        verify(path)
    except BackupRefusedError:
        return True
    return False


def _is_closed_to_others(path: Path) -> bool:
    with path.open("rb") as source, Path(os.devnull).open("wb") as nowhere:
        try:
            pyrage.decrypt_io(source, nowhere, [pyrage.x25519.Identity.from_str(sealing.new_key())])
        except pyrage.DecryptError:
            return True
    return False
