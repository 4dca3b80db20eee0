"""The portal as it is served, dying at named places: ``CHAOS_KILLS`` is "place=share,…".

``renamed``: a file has its name, its row is not there. ``before``, ``after``: of a commit.
``answering``: the first part of the answer is out. Each death is written down first, in
``CHAOS_LOG``. Every process gambles for itself, so no two runs are alike.
"""

from __future__ import annotations

import os
import random
import signal
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import django.db.backends.base.base as database

from campaign_portal.wsgi import application as portal
from core import storage

SHARES = {
    name: float(share)
    for name, share in (one.split("=") for one in os.environ["CHAOS_KILLS"].split(",") if one)
}
LOG = os.open(os.environ["CHAOS_LOG"], os.O_WRONLY | os.O_APPEND | os.O_CREAT)
_random = random.SystemRandom()


def maybe_die(place: str) -> None:
    if _random.random() < SHARES.get(place, 0):
        os.write(LOG, f"{place}\n".encode())
        os.kill(os.getpid(), signal.SIGKILL)


class _Os:
    """What the storage sees as ``os``."""

    def __getattr__(self, name: str) -> Any:
        return getattr(os, name)

    def rename(self, source: Any, target: Any) -> None:
        Path(source).rename(target)
        maybe_die("renamed")


storage.os = _Os()  # type: ignore[attr-defined]
_commit = database.BaseDatabaseWrapper.commit


def commit(self: Any) -> None:
    maybe_die("before")
    _commit(self)
    maybe_die("after")


database.BaseDatabaseWrapper.commit = commit  # type: ignore[method-assign]


def application(environ: Any, start_response: Any) -> Iterator[bytes]:
    """Half of the body first: the phone has seen the status and not the end."""
    answer = portal(environ, start_response)
    try:
        for part in answer:
            yield part[: len(part) // 2]
            if environ["REQUEST_METHOD"] == "POST":
                maybe_die("answering")
            yield part[len(part) // 2 :]
    finally:
        if hasattr(answer, "close"):
            answer.close()
