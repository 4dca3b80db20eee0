"""How the backups stand, for whoever watches: one small file beside them."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils import timezone

from core.backups.making import SUFFIX, MadeBackup

STATE_FILE = "state.json"


def note_backup(made: MadeBackup) -> None:
    _note(made.path.parent, backup_at=made.manifest.made_at, backup=made.path.name)


def note_drill(folder: Path, made_at: str) -> None:
    """A backup was restored and compared just now; it was made at ``made_at``."""
    _note(folder, drill_at=timezone.now().isoformat(), drilled_backup_at=made_at)


def state(folder: Path | None = None) -> dict[str, Any]:
    """``backup_at`` and ``drill_at`` as ISO times, where there was one."""
    file = (folder or Path(settings.BACKUP_DIR)) / STATE_FILE
    try:
        return json.loads(file.read_text())
    except (OSError, ValueError):
        return {}


def proven_age(folder: Path | None = None) -> dt.timedelta | None:
    """Since when a backup was last proven by a restore; None for never."""
    at = state(folder).get("drill_at")
    return timezone.now() - dt.datetime.fromisoformat(at) if at else None


def newest(folder: Path) -> Path | None:
    return max(folder.glob(f"*{SUFFIX}"), default=None)


def remove_older(folder: Path, oldest: dt.datetime, *, keep: Path) -> int:
    """Take backups away that were written before ``oldest``; how many."""
    old = [
        path
        for path in folder.glob(f"*{SUFFIX}")
        if path != keep and path.stat().st_mtime < oldest.timestamp()
    ]
    for path in old:
        path.unlink()
    return len(old)


def _note(folder: Path, **known: str) -> None:
    part = folder / f".{STATE_FILE}.part"
    part.write_text(json.dumps(state(folder) | known))
    part.replace(folder / STATE_FILE)
