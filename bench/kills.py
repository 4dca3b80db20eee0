"""The load of :mod:`bench.submit` while a worker is killed every three seconds."""

from __future__ import annotations

import os
import random
import signal
import threading
from contextlib import suppress

from bench.figures import Row
from bench.servers import Web
from bench.submit import DRAFT, NEW, bench, compare, tell

EVERY = 3.0  # seconds


class Killer(threading.Thread):
    """SIGKILL to one of the workers, in the middle of whatever it does."""

    def __init__(self, server: Web) -> None:
        super().__init__(daemon=True)
        self.server = server
        self.count = 0
        self.over = threading.Event()

    def run(self) -> None:
        while not self.over.wait(EVERY):
            with suppress(ProcessLookupError, IndexError):
                os.kill(random.choice(self.server.workers()), signal.SIGKILL)
                self.count += 1


def rows(seconds: float = 20) -> list[Row]:
    """Half of ``seconds`` with new reports, half with drafts of the ward."""
    with bench() as run:
        killer = Killer(run.servers[NEW])
        killer.start()
        for kind in (NEW, DRAFT):
            run.round(kind, seconds / 2)
        killer.over.set()
        killer.join()
        found = compare(run)
        tell(run, found)
        refused = sum(len(tally.refused) for tally in run.tallies.values())
    what = f"hand-in, {killer.count} workers killed"
    return [
        Row(f"{what}: lost of {found['compared']} receipts", found["lost"], "", 0),
        Row(f"{what}: doubled or half-written", found["broken"], "", 0),
        Row(f"{what}: given up by a phone", refused, "", 0),
    ]
