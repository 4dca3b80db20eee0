"""Files that nothing leads to: left by a crash between the disk and the database."""

from __future__ import annotations

import datetime as dt
import re
import shutil
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.core.files.storage import default_storage
from django.db.models import Exists, OuterRef
from django.utils import timezone

from core.models import Picture, StoredFile, StoredFileQuerySet
from core.storage import temp_folder

# Longer than any upload or transaction lasts, and long enough to notice a mistake.
MIN_AGE = dt.timedelta(hours=48)
BATCH = 500
_KEY = r"(?P<key>[A-Za-z0-9_-]{32})"
_ORIGINAL = re.compile(rf"private/[^/]+/{_KEY}")
_VARIANT = re.compile(rf"(?:public|private/[^/]+)/{_KEY}-[0-9]+\.webp")
_PART = re.compile(r".*/\.[^/]*\.part")


@dataclass
class Findings:
    """Names in the storage and in the temporary folder, and what the rows say."""

    orphans: list[str] = field(default_factory=list)
    unfinished: list[str] = field(default_factory=list)
    unknown: list[str] = field(default_factory=list)
    temporary: list[Path] = field(default_factory=list)
    missing: int = 0
    unused: int = 0


def look(now: dt.datetime | None = None) -> Findings:
    """What lies about since 48 hours at least. Changes nothing.

    ``orphans`` have no row, ``unfinished`` were never renamed, ``unknown`` have a name that the
    portal never gives and are left alone; ``missing`` counts originals whose file is gone, ``unused``
    files with a row that no other row uses.
    """
    oldest = (now or timezone.now()) - MIN_AGE
    found, present = Findings(temporary=list(_temporary(oldest))), set[str]()
    names = _names("private") + _names("public")
    for start in range(0, len(names), BATCH):
        _sort(names[start : start + BATCH], found, present)
    for list_ in (found.orphans, found.unfinished):
        list_[:] = [name for name in list_ if default_storage.get_modified_time(name) < oldest]
    stored = StoredFile.objects.exclude(state=StoredFile.State.REFUSED)
    found.missing = sum(file.storage_name not in present for file in stored.iterator())
    found.unused = _unused().count()
    return found


def remove(found: Findings) -> None:
    """Take away what :func:`look` found; safe when some of it is gone already."""
    for name in (*found.orphans, *found.unfinished):
        default_storage.delete(name)
    for path in found.temporary:
        if path.is_dir():
            shutil.rmtree(path, ignore_errors=True)
        else:
            path.unlink(missing_ok=True)


def _names(folder: str) -> list[str]:
    """Every file below ``folder``; nothing when the folder is not there."""
    try:
        folders, files = default_storage.listdir(folder)
    except FileNotFoundError:
        return []
    inside = [name for one in sorted(folders) for name in _names(f"{folder}/{one}")]
    return inside + [f"{folder}/{name}" for name in sorted(files)]


def _sort(names: list[str], found: Findings, present: set[str]) -> None:
    originals = {name: m["key"] for name in names if (m := _ORIGINAL.fullmatch(name))}
    variants = {name: m["key"] for name in names if (m := _VARIANT.fullmatch(name))}
    files = _keys(StoredFile, originals.values())
    pictures = _keys(Picture, variants.values())
    present.update(originals)
    found.orphans += [name for name, key in originals.items() if key not in files]
    found.orphans += [name for name, key in variants.items() if key not in pictures]
    for name in names:
        if _PART.fullmatch(name):
            found.unfinished.append(name)
        elif name not in originals and name not in variants:
            found.unknown.append(name)


def _keys(model: type[StoredFile] | type[Picture], keys: Iterable[str]) -> set[str]:
    return set(model.objects.filter(key__in=list(keys)).values_list("key", flat=True))


def _temporary(oldest: dt.datetime) -> Iterator[Path]:
    for path in temp_folder().iterdir():
        if path.stat().st_mtime < oldest.timestamp():
            yield path


def _unused() -> StoredFileQuerySet:
    """Stored files that no row of any table points to, such as the second of a double upload."""
    files = StoredFile.objects.all()
    relations: list[Any] = list(StoredFile._meta.get_fields(include_hidden=True))
    for relation in relations:
        if relation.one_to_many or relation.one_to_one:
            rows = relation.related_model._default_manager.all()
            files = files.filter(~Exists(rows.filter(**{relation.field.name: OuterRef("pk")})))
    return files
