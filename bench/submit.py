"""P8: handing in through the portal beside the lean view, in turn, against one durable PostgreSQL."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from bench.figures import Row
from bench.servers import (
    ROOT,
    Postgres,
    Web,
    cpu_seconds,
    lean_env,
    portal_env,
    postgres,
    python,
    web,
)

CONNECTIONS = 8
UNITS = 1000
MONTHS = 27
HANG_UP_EVERY = 40
PATIENCE = 30.0  # seconds until a phone gives up
LEAN, NEW, DRAFT = "lean", "new", "draft"
GOAL, P95 = 1.5, 300


@dataclass
class Tally:
    """What the phones of one kind were told, over all rounds."""

    kind: str
    acknowledged: list[list[Any]] = field(default_factory=list)
    refused: list[list[Any]] = field(default_factory=list)
    seconds: float = 0.0
    retries: int = 0
    hang_ups: int = 0
    cpu: dict[str, float] = field(default_factory=dict)
    first: int = 0

    @property
    def rate(self) -> float:
        return len(self.acknowledged) / self.seconds

    def percentile(self, share: float) -> float:
        times = sorted(line[2] for line in self.acknowledged)
        return times[int(len(times) * share)]

    def each(self) -> str:
        """CPU milliseconds a submission, by process."""
        count = len(self.acknowledged)
        return ", ".join(f"{name} {1000 * used / count:.2f}" for name, used in self.cpu.items())


@dataclass
class Bench:
    """The two servers, idle until their round."""

    folder: Path
    database: Postgres
    servers: dict[str, Web]
    tallies: dict[str, Tally]

    def round(self, kind: str, seconds: float, ports: Sequence[int] = ()) -> None:
        tally, server = self.tallies[kind], self.servers[kind]
        order = {
            "ports": list(ports) or [server.port],
            "kind": kind,
            "world": str(self.world(kind)),
            "first": tally.first,
            "seconds": seconds,
            "connections": CONNECTIONS,
            "hang_up_every": HANG_UP_EVERY,
            "patience": PATIENCE,
        }
        file = self.folder / "order.json"
        file.write_text(json.dumps(order))
        before = self._cpu(server)
        done = subprocess.run(
            [sys.executable, str(ROOT / "bench/submit_clients.py"), str(file)],
            capture_output=True, text=True, check=True,
        )  # fmt: skip
        told = json.loads(done.stdout)
        used = {name: now - before[name] for name, now in self._cpu(server).items()}
        used["clients"] = told["client_cpu"]
        for name, seconds_used in used.items():
            tally.cpu[name] = tally.cpu.get(name, 0.0) + seconds_used
        tally.acknowledged += told["acknowledged"]
        tally.refused += told["refused"]
        tally.seconds += told["seconds"]
        tally.retries += told["retries"]
        tally.hang_ups += told["hang_ups"]
        tally.first = told["next"]

    def world(self, kind: str) -> Path:
        return self.folder / f"{LEAN if kind == LEAN else 'portal'}.json"

    def _cpu(self, server: Web) -> dict[str, float]:
        return {
            "web": cpu_seconds(server.process.pid),
            "database": cpu_seconds(self.database.pid),
        }


@contextmanager
def bench(*, units: int = UNITS, months: int = MONTHS) -> Iterator[Bench]:
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="bench-")))
        database = stack.enter_context(postgres("portal", "lean"))
        portal, lean = portal_env(database.url("portal"), folder), lean_env(database.url("lean"))
        python("manage.py", "migrate", "-v0", env=portal)
        python("manage.py", "createcachetable", env=portal)
        python("-m", "django", "migrate", "-v0", env=lean)
        python("-m", "django", "migrate", "--run-syncdb", "-v0", env=lean)
        size = [str(units), str(months)]
        made = Bench(folder, database, {}, {})
        python("-m", "bench.submit_world", "make", *size, str(made.world(NEW)), env=portal)
        python("-m", "bench.lean.world", *size, str(made.world(LEAN)), env=lean)
        ours = stack.enter_context(web("campaign_portal.wsgi", portal, folder / "portal.log"))
        floor = stack.enter_context(web("bench.lean.wsgi", lean, folder / "lean.log"))
        made.servers |= {LEAN: floor, NEW: ours, DRAFT: ours}
        made.tallies |= {kind: Tally(kind) for kind in made.servers}
        yield made


def tell(run: Bench, found: dict[str, Any]) -> None:
    for tally in run.tallies.values():
        if tally.acknowledged:
            print(
                f"  {tally.kind}: {tally.rate:.0f}/s, p50 {tally.percentile(0.5):.0f} ms, "
                f"p95 {tally.percentile(0.95):.0f} ms; CPU ms each: {tally.each()}; "
                f"{tally.hang_ups} hang-ups, {tally.retries} sent again, "
                f"{len(tally.refused)} refused {tally.refused[:2]}"
            )
    print(f"  receipts: {found}")


def compare(run: Bench) -> dict[str, Any]:
    """Every receipt that a phone holds, looked for in the database."""
    ledger = [
        [kind, line[0], json.loads(line[1])["receipt"]]
        for kind, tally in run.tallies.items()
        for line in tally.acknowledged
        if kind != LEAN
    ]
    file = run.folder / "ledger.json"
    file.write_text(json.dumps(ledger))
    env = portal_env(run.database.url("portal"), run.folder)
    told = python("-m", "bench.submit_world", "check", str(run.world(NEW)), str(file), env=env)
    return json.loads(told)


def rows(seconds: float = 15) -> list[Row]:
    """``seconds`` of each kind, in turns of five to ten."""
    rounds = max(3, round(seconds / 10))
    with bench() as run:
        for kind in run.tallies:
            run.round(kind, 1.5)  # connections, plans and code are warm
        run.tallies.update(
            {kind: Tally(kind, first=old.first) for kind, old in run.tallies.items()}
        )
        for _ in range(rounds):
            for kind in run.tallies:
                run.round(kind, seconds / rounds)
        found = compare(run)
        tell(run, found)
        return [*_rates(run), *_kept(run, found)]


def _rates(run: Bench) -> Iterator[Row]:
    lean = run.tallies[LEAN]
    for kind, words in ((NEW, "never opened before"), (DRAFT, "from the ward's draft")):
        ours = run.tallies[kind]
        yield Row(
            f"hand-in, {words}: rate over the lean view's",
            ours.rate / lean.rate,
            "×",
            at_least=GOAL,
        )
        yield Row(
            f"hand-in, {words}: p95 at {CONNECTIONS} connections", ours.percentile(0.95), "ms", P95
        )


def _kept(run: Bench, found: dict[str, Any]) -> Iterator[Row]:
    refused = sum(len(run.tallies[kind].refused) for kind in (NEW, DRAFT))
    yield Row(f"hand-in: lost of {found['compared']} receipts", found["lost"], "", 0)
    yield Row("hand-in: doubled, half-written or refused", found["broken"] + refused, "", 0)
