"""``make chaos``: the portal killed, filled up and made to stumble while phones hand in.

For each database: workers die at named places (after a file got its name, before and after a
commit, in the middle of an answer), the whole web node is killed, PostgreSQL crashes; then disks
run full, become read-only, refuse to sync. What every phone was told is compared with what is there.
"""

from __future__ import annotations

import io
import json
import os
import random
import signal
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from PIL import Image

from bench.chaos_clients import Ledger, Load
from bench.figures import Row
from bench.servers import Web, children, free_port, portal_env, postgres, python, web

KILLS = "renamed=0.03,before=0.006,after=0.006,answering=0.01"
NODE_EVERY, DATABASE_EVERY = 20.0, 15.0  # seconds
PHONES = 8
CPU_OF_A_PHOTO = (640, 480)  # pixels; what is tried here is the keeping, not the decoding


@dataclass
class Chaos:
    """One portal with its database and files, and what was done to it."""

    name: str
    folder: Path
    env: dict[str, str]
    port: int
    crash_database: Callable[[], None] | None = None
    ledger: Ledger = field(default_factory=Ledger)
    done: Counter[str] = field(default_factory=Counter)

    @property
    def world(self) -> dict[str, Any]:
        return json.loads((self.folder / "world.json").read_text())

    def load(self, **more: Any) -> Load:
        return Load(self.port, self.world, jpeg(), self.ledger, **more)

    def deaths(self) -> Counter[str]:
        log = self.folder / "deaths"
        return Counter(log.read_text().split()) if log.exists() else Counter()


def jpeg() -> bytes:
    buffer = io.BytesIO()
    Image.effect_noise(CPU_OF_A_PHOTO, 60).convert("RGB").save(buffer, "JPEG", quality=70)
    return buffer.getvalue()


@contextmanager
def on_sqlite(
    folder: Path, *, units: int, months: int, ready: Path | None = None
) -> Iterator[Chaos]:
    """``ready``: a migrated database to begin with; it is copied."""
    file = folder / "db.sqlite3"
    if ready:
        file.write_bytes(ready.read_bytes())
    yield _made("SQLite", folder, f"sqlite:///{file}", units, months, migrate=not ready)


@contextmanager
def on_postgresql(folder: Path, *, units: int, months: int) -> Iterator[Chaos]:
    with postgres("portal") as database:
        chaos = _made("PostgreSQL", folder, database.url("portal"), units, months)

        def crash() -> None:
            """One of its processes dies; PostgreSQL then ends all and recovers."""
            with suppress(ProcessLookupError, IndexError, OSError):
                names = {
                    one: Path(f"/proc/{one}/cmdline").read_bytes() for one in children(database.pid)
                }
                serving = [one for one, name in names.items() if b"app portal" in name]
                os.kill(random.choice(serving), signal.SIGKILL)
                chaos.done["database"] += 1

        chaos.crash_database = crash
        yield chaos


def _made(
    name: str, folder: Path, url: str, units: int, months: int, *, migrate: bool = True
) -> Chaos:
    env = portal_env(url, folder) | {
        "CHAOS_KILLS": KILLS,
        "CHAOS_LOG": str(folder / "deaths"),
        "LOG_LEVEL": "ERROR",
    }
    if migrate:
        python("manage.py", "migrate", "-v0", env=env)
    python("manage.py", "createcachetable", env=env)
    world = str(folder / "world.json")
    python("-m", "bench.submit_world", "make", str(units), str(months), world, env=env)
    return Chaos(name, folder, env, free_port())


@contextmanager
def served(chaos: Chaos, module: str = "bench.chaos_wsgi:application") -> Iterator[Web]:
    """Loaded once and forked: a worker that dies is back in a moment."""
    # Beside the folder: an open log would keep its disk from turning read-only.
    log = chaos.folder.parent / f"{chaos.folder.name}.log"
    with web(module, chaos.env, log, "--preload", port=chaos.port) as server:
        yield server


class Killer(threading.Thread):
    """The whole web node with SIGKILL, and the database, every now and then."""

    def __init__(self, chaos: Chaos, stack: ExitStack) -> None:
        super().__init__(daemon=True)
        self.chaos, self.stack, self.over = chaos, stack, threading.Event()
        self.server = stack.enter_context(served(chaos))

    def run(self) -> None:
        node, database = time.monotonic(), time.monotonic()
        while not self.over.wait(0.5):
            now = time.monotonic()
            if now - node > NODE_EVERY:
                self._kill_node()
                node = time.monotonic()
            if self.chaos.crash_database and now - database > DATABASE_EVERY:
                self.chaos.crash_database()
                database = time.monotonic()

    def _kill_node(self) -> None:
        with suppress(ProcessLookupError):
            os.killpg(self.server.process.pid, signal.SIGKILL)
        self.server.process.wait()
        self.chaos.done["node"] += 1
        self.server = self.stack.enter_context(served(self.chaos))


def kill_round(chaos: Chaos, *, count: int, phones: int = PHONES, nodes: bool = True) -> None:
    """``count`` reports, a photo with every fifth, while everything dies."""
    with ExitStack() as stack:
        if nodes:
            killer = Killer(chaos, stack)
            killer.start()
            stack.callback(killer.join)
            stack.callback(killer.over.set)
        else:
            stack.enter_context(served(chaos))
        chaos.load().run(0, count, phones)


def compare(chaos: Chaos) -> dict[str, Any]:
    """Every receipt and photo of the ledger against database and files."""
    receipts, photos = chaos.folder / "receipts.json", chaos.folder / "photos.json"
    receipts.write_text(json.dumps(chaos.ledger.receipts))
    photos.write_text(json.dumps(chaos.ledger.photos))
    world = str(chaos.folder / "world.json")
    found = python("-m", "bench.submit_world", "check", world, str(receipts), env=chaos.env)
    seen = python("-m", "bench.chaos_world", str(photos), env=chaos.env)
    return {"receipts": json.loads(found), "photos": json.loads(seen)}


def tell(chaos: Chaos, found: dict[str, Any]) -> list[Row]:
    ledger, deaths = chaos.ledger, chaos.deaths()
    kills = sum(deaths.values()) + sum(chaos.done.values())
    print(f"  {chaos.name}: deaths {dict(deaths)}, {dict(chaos.done)}; answers {ledger.statuses};")
    print(f"    slowest {ledger.slowest:.1f} s; {found}; faults {ledger.faults[:3]}")
    where = f"{chaos.name}, {kills} kills"
    receipts, photos = found["receipts"], found["photos"]
    return [
        Row(f"{where}: lost of {receipts['compared']} receipts", receipts["lost"], "", 0),
        Row(f"{where}: doubled or half-written reports", receipts["broken"], "", 0),
        Row(f"{where}: lost of {photos['compared']} photos", photos["lost"], "", 0),
        Row(
            f"{where}: rows whose file is not whole, of {photos['files']}", photos["broken"], "", 0
        ),
        Row(
            f"{where}: wrong answers ({ledger.twice} sent twice, {ledger.stale} stale,"
            f" {ledger.resent} resent)",
            len(ledger.faults),
            "",
            0,
        ),
    ]


def rows(count: int = 10_000) -> list[Row]:
    """``count`` receipts over both databases together, then the disks."""
    from bench import chaos_disk  # noqa: PLC0415  it builds on this module

    made: list[Row] = []
    units, months = 400, max(1, -(-count // 400))
    for place in (on_sqlite, on_postgresql):
        with tempfile.TemporaryDirectory(prefix="chaos-") as name:
            folder = Path(name)
            folder.chmod(0o755)
            with place(folder, units=units, months=months) as chaos:
                begun = time.monotonic()
                kill_round(chaos, count=count // 2)
                made += tell(chaos, compare(chaos))
                print(f"    {time.monotonic() - begun:.0f} s")
    return [*made, *chaos_disk.rows()]
