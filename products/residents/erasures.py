"""What was deleted at a sender's wish or at its end, told to a file that a restore leaves alone.

A backup from before a deletion brings the way to be reached back. A line holds the hash of the
code, why and when; nothing of who it was, and nothing from which the code could be found.
"""

from __future__ import annotations

import json
import logging
import os
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

from django.conf import settings

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Erasure:
    code_hash: str
    why: str  # a value of Suggestion.End
    on: str  # the day, ISO


def note(erasures: Iterable[Erasure]) -> None:
    """Add lines, on the disk when this returns. A file that cannot be written stops no deletion."""
    text = "".join(f"{json.dumps(asdict(one))}\n" for one in erasures)
    if not text:
        return
    path = Path(settings.ERASURES_FILE)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        # One write at the end of the file: processes that delete at once do not mix their lines.
        place = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
        try:
            os.write(place, text.encode())
            os.fsync(place)
        finally:
            os.close(place)
    except OSError:
        logger.exception("A deletion was not added to the list of erasures.")


def noted() -> Iterator[Erasure]:
    """Every line that can be read, the oldest first; half a line after a power cut is left out."""
    try:
        lines = Path(settings.ERASURES_FILE).read_text(encoding="utf-8").splitlines()
    except FileNotFoundError:
        return
    for line in lines:
        try:
            yield Erasure(**json.loads(line))
        except (ValueError, TypeError):
            logger.warning("A line of the list of erasures cannot be read.")
