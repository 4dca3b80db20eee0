"""Several machines in small: two web servers, a primary and its replica, Redis.

Under load one web server is killed, then the replica, then Redis: no report may be lost, no
public page may fail. ``make bench ARGS="machines 30"`` loads for 30 seconds.
"""

from __future__ import annotations

import http.client
import os
import signal
import tempfile
import threading
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

import psycopg2

from bench.figures import Row
from bench.servers import (
    Postgres,
    Web,
    children,
    portal_env,
    postgres,
    python,
    redis,
    standby,
    web,
)
from bench.submit import NEW, Bench, Tally, compare, tell

UNITS = 300
FASTEST = 300  # hand-ins a second, at most
PAGES = ("/", "/hang-viet/", "/noi-ban/")
# Seen from inside, with the replica's replay stopped: one's own write, and whether it is asked at all.
OWN_WRITE = """
import time
import django
django.setup()
from django.db import connections
from core import replica
from units.models import Unit

def ask_replica(words):
    connections["replica"].cursor().execute(words)

def name():
    return Unit.objects.get(depth=1).name

Unit.objects.filter(depth=1).update(name="Phường Cũ")
while not replica.is_fit(replica.log_place()):
    time.sleep(0.05)
ask_replica("SELECT pg_wal_replay_pause()")
Unit.objects.filter(depth=1).update(name="Phường Mới")
own = replica.read(name, at_least=replica.log_place())
others = replica.read(name)
ask_replica("SELECT pg_wal_replay_resume()")
print(int(own != "Phường Mới"), int(others == "Phường Mới"))
"""
ROWS_READ = "SELECT sum(tup_fetched)::bigint FROM pg_stat_database WHERE datname = 'portal'"


@dataclass
class Machines:
    bench: Bench
    webs: list[Web]
    replica: Postgres
    redis_pid: int
    env: dict[str, str]


@dataclass
class Residents(threading.Thread):
    """Who reads public pages of the second web server, one page after the other."""

    port: int
    answers: Counter[int] = field(default_factory=Counter)
    over: threading.Event = field(default_factory=threading.Event)

    def __post_init__(self) -> None:
        super().__init__(daemon=True)

    __hash__ = threading.Thread.__hash__

    def run(self) -> None:
        while not self.over.wait(0.05):
            path = PAGES[self.answers.total() % len(PAGES)]
            # A new address each time: what the process keeps would hide the databases.
            self.answers[_status(self.port, f"{path}?lan={self.answers.total()}")] += 1


def rows(seconds: float = 12) -> list[Row]:
    """The load of ``seconds``; a quarter of it passes before each machine that is killed."""
    with machines(months=1 + int(seconds * FASTEST / UNITS)) as run:
        stale, unasked = map(int, python("-c", OWN_WRITE, env=run.env).split())
        before, residents = _rows_read(run.replica), Residents(run.webs[1].port)
        read = [0]

        def kill_replica() -> None:
            read[0] = _rows_read(run.replica) - before
            os.kill(run.replica.pid, signal.SIGQUIT)  # immediate, as a power cut

        residents.start()
        ends: list[Callable[[], None]] = [
            lambda: _kill_web(run.webs[0]),
            kill_replica,
            lambda: os.kill(run.redis_pid, signal.SIGKILL),
        ]
        timers = [
            threading.Timer(seconds * place / 4, end) for place, end in enumerate(ends, start=1)
        ]
        for timer in timers:
            timer.start()
        run.bench.round(NEW, seconds, ports=[one.port for one in run.webs])
        for timer in timers:
            timer.join()
        residents.over.set()
        residents.join()
        found = compare(run.bench)
        tell(run.bench, found)
    refused = len(run.bench.tallies[NEW].refused)
    answered = residents.answers[200]
    return [
        Row(f"three machines killed: lost of {found['compared']} receipts", found["lost"], "", 0),
        Row("doubled, half-written or refused", found["broken"] + refused, "", 0),
        Row("public pages answered beside it", answered, "", at_least=seconds),
        Row("public pages that failed", residents.answers.total() - answered, "", 0),
        Row("rows that the replica read for them", read[0], "", at_least=1),
        Row("own write not seen while the replica stands still", stale, "", 0),
        Row("replica not asked although it is near", unasked, "", 0),
    ]


@contextmanager
def machines(*, months: int) -> Iterator[Machines]:
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="bench-")))
        primary = stack.enter_context(postgres("portal"))
        cache = stack.enter_context(redis())
        env = portal_env(primary.url("portal"), folder)
        env["CACHE_URL"] = f"rediscache://127.0.0.1:{cache.port}/0"
        python("manage.py", "migrate", "-v0", env=env)
        python("manage.py", "createcachetable", env=env)
        made = Bench(folder, primary, {}, {NEW: Tally(NEW)})
        size = [str(UNITS), str(months)]
        python("-m", "bench.submit_world", "make", *size, str(made.world(NEW)), env=env)
        replica = stack.enter_context(standby(primary))
        env["REPLICA_URL"] = replica.url("portal")
        webs = [
            stack.enter_context(web("campaign_portal.wsgi", env, folder / f"web{place}.log"))
            for place in range(2)
        ]
        made.servers[NEW] = webs[1]
        yield Machines(made, webs, replica, cache.process.pid, env)


def _kill_web(server: Web) -> None:
    for pid in (server.process.pid, *children(server.process.pid)):
        with suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)


def _rows_read(database: Postgres) -> int:
    link = psycopg2.connect(database.url("portal"))
    try:
        with link.cursor() as cursor:
            cursor.execute(ROWS_READ)
            return int(cursor.fetchone()[0])
    finally:
        link.close()


def _status(port: int, address: str) -> int:
    link = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
    try:
        link.request("GET", address, headers={"X-Forwarded-Proto": "https"})
        answer = link.getresponse()
        answer.read()
    except OSError:
        return 0
    else:
        return answer.status
    finally:
        link.close()
