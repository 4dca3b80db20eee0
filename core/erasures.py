"""What was erased stays erased: a ledger that a restore from an older backup is held against.

An app says once how it erases (:func:`register`) and notes each erasure in the transaction that
does it (:func:`note`). The ledger names rows by their keys and holds nothing of the person. It
lies in the database, among the files and beside the backups: a restore loses at most one of them.
"""

from __future__ import annotations

import datetime as dt
import json
import logging
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import connection, transaction

from core.models import Erasure

logger = logging.getLogger(__name__)

FOLDER = "erasures"
Erase = Callable[[dict[str, Any]], None]
Ledger = dict[str, "Noted"]
_kinds: dict[str, Erase] = {}


@dataclass(frozen=True)
class Noted:
    key: str
    kind: str
    what: dict[str, Any]
    at: str


def register(kind: str, erase: Erase) -> None:
    """``erase(what)`` erases what :func:`note` was told; done twice it does nothing more.

    It also meets rows that are not there, and must not call :func:`note`.
    """
    _kinds[kind] = erase


def note(kind: str, what: dict[str, Any], *, by: Any = None) -> Erasure:
    """Put on the ledger, inside the caller's transaction, that ``what`` was erased now.

    ``what`` names rows (model keys); never a name, number or address of a person.
    """
    if kind not in _kinds:
        raise LookupError(kind)
    row = Erasure.objects.create(kind=kind, what=what, by=by)
    transaction.on_commit(lambda: _keep_files([row]))
    return row


def keep_all() -> None:
    """Write the files of rows that have none: a crash came between commit and file."""
    present = set(_stored_keys())
    _keep_files(row for row in Erasure.objects.iterator() if row.key not in present)


def known() -> Ledger:
    """The ledger as the files tell it, and the database where it can be asked."""
    found = {one.key: one for one in _from_storage()}
    if Erasure._meta.db_table in connection.introspection.table_names():
        found |= {row.key: _noted(row) for row in Erasure.objects.iterator()}
    return found


def beside(backup: Path) -> Ledger:
    """What lies beside the backup ``backup``, on a disk that outlived the portal's."""
    found = {}
    for path in sorted((backup.parent / FOLDER).glob("*.json")):
        one = Noted(**json.loads(path.read_text()))
        found[one.key] = one
    return found


def apply_again(ledger: Ledger) -> int:
    """Erase what the database does not know to be erased; how many.

    A kind that no app registers stops it: an erasure must not be lost in silence.
    """
    there = set(Erasure.objects.values_list("key", flat=True))
    missing = sorted((one for one in ledger.values() if one.key not in there), key=lambda o: o.at)
    for one in missing:
        with transaction.atomic():
            _kinds[one.kind](one.what)
            row = Erasure.objects.create(
                key=one.key, kind=one.kind, what=one.what, at=dt.datetime.fromisoformat(one.at)
            )
        _keep_files([row])
    return len(missing)


def _noted(row: Erasure) -> Noted:
    return Noted(row.key, row.kind, row.what, row.at.isoformat())


def _from_storage() -> list[Noted]:
    found = []
    for key in _stored_keys():
        with default_storage.open(f"{FOLDER}/{key}.json", "rb") as file:
            found.append(Noted(**json.loads(file.read())))
    return found


def _stored_keys() -> list[str]:
    try:
        _, names = default_storage.listdir(FOLDER)
    except FileNotFoundError:
        return []
    return [name.removesuffix(".json") for name in names if name.endswith(".json")]


def _keep_files(rows: Iterable[Erasure]) -> None:
    for row in rows:
        data = json.dumps(_noted(row).__dict__).encode()
        try:
            if not default_storage.exists(f"{FOLDER}/{row.key}.json"):
                default_storage.save(f"{FOLDER}/{row.key}.json", ContentFile(data))
            beside_backups = Path(settings.BACKUP_DIR) / FOLDER
            if beside_backups.parent.is_dir():
                beside_backups.mkdir(mode=0o700, exist_ok=True)
                (beside_backups / f"{row.key}.json").write_bytes(data)
        except OSError:
            # The row is there, and keep_all() writes the file with the next backup.
            logger.warning("An erasure has no file yet", exc_info=True)
