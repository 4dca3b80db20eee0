"""What the portal leans on, each tried for real. Live says that the process answers, ready that
it can do its work; a check counts because a test breaks what it looks at.
"""

from __future__ import annotations

import datetime as dt
import logging
import shutil
import uuid
from collections.abc import Callable
from pathlib import Path

from django.conf import settings
from django.core.cache import cache
from django.db import DEFAULT_DB_ALIAS, connections, transaction
from django.db.migrations.executor import MigrationExecutor
from django.utils import timezone

from accounts.models import Tries
from core.models import OutboxMessage

logger = logging.getLogger(__name__)

FREE_SHARE = 0.05  # of the disk of the files, below which nothing more is taken in
LATE = dt.timedelta(hours=1)  # a message that is due so long tells that cron stands still
_MIGRATED: set[str] = set()  # what was applied once stays so


class NotReadyError(Exception):
    """Something the portal leans on does not hold; the text is for the log."""


def database() -> None:
    """Writes, not only answers: a full or read-only disk is found here."""
    with transaction.atomic():
        row = Tries.objects.create(key=f"probe-{uuid.uuid4().hex}")
        row.delete()


def migrations() -> None:
    if DEFAULT_DB_ALIAS in _MIGRATED:
        return
    executor = MigrationExecutor(connections[DEFAULT_DB_ALIAS])
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        raise NotReadyError("Migrations are waiting")
    _MIGRATED.add(DEFAULT_DB_ALIAS)


def shared_cache() -> None:
    key = f"probe-{uuid.uuid4().hex}"
    cache.set(key, 1, 10)
    if cache.get(key) != 1:
        raise NotReadyError("The cache forgets at once")
    cache.delete(key)


def files() -> None:
    """A file can be written where uploads land; not asked of storage that is elsewhere."""
    folder = Path(settings.FILE_UPLOAD_TEMP_DIR)
    folder.mkdir(parents=True, exist_ok=True)
    probe = folder / f"probe-{uuid.uuid4().hex}"
    try:
        probe.write_bytes(b"ok")
    finally:
        probe.unlink(missing_ok=True)


def disk() -> None:
    usage = shutil.disk_usage(_place())
    if usage.free < usage.total * FREE_SHARE:
        raise NotReadyError(f"{usage.free} of {usage.total} bytes are free")


def mail() -> None:
    late = OutboxMessage.objects.due(timezone.now() - LATE).count()
    if late:
        raise NotReadyError(f"{late} messages are due for an hour")


CHECKS: dict[str, Callable[[], None]] = {
    "database": database,
    "migrations": migrations,
    "cache": shared_cache,
    "files": files,
    "disk": disk,
    "mail": mail,
}


def failing() -> list[str]:
    """The names of what does not hold now; the reasons go to the log."""
    wrong = []
    for name, check in CHECKS.items():
        try:
            check()
        except Exception as error:  # whatever it is, it is not ready
            logger.warning("Not ready, %s: %s", name, type(error).__name__)
            wrong.append(name)
    return wrong


def free_share() -> float:
    usage = shutil.disk_usage(_place())
    return usage.free / usage.total


def _place() -> Path:
    """The nearest folder above the files that is there."""
    place = Path(settings.MEDIA_ROOT)
    return next(one for one in (place, *place.parents) if one.exists())
