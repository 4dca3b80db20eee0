"""A PostgreSQL and web servers of the bench's own, gone when it ends."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
TICK = os.sysconf("SC_CLK_TCK")
WORKERS, THREADS = 2, 4
KEY = "only-for-the-bench-only-for-the-bench-only-for-the-bench"


@dataclass(frozen=True)
class Postgres:
    """Durable as in production: fsync and synchronous_commit are on."""

    port: int
    folder: Path

    def url(self, name: str) -> str:
        return f"postgres://app@127.0.0.1:{self.port}/{name}"

    @property
    def pid(self) -> int:
        return int((self.folder / "postmaster.pid").read_text().splitlines()[0])


@contextmanager
def postgres(*databases: str) -> Iterator[Postgres]:
    folder = Path(tempfile.mkdtemp(prefix="bench-pg-"))
    data, port = folder / "data", free_port()
    if _as_owner():
        shutil.chown(folder, "postgres")
    _run("initdb", "-D", str(data), "-U", "app", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8")
    options = f"-p {port} -k {data} -c listen_addresses=127.0.0.1 -c shared_buffers=256MB"
    log = str(folder / "log")
    _run("pg_ctl", "-D", str(data), "-l", log, "-w", "-o", options, "start")
    try:
        for name in databases:
            _run("createdb", "-h", "127.0.0.1", "-p", str(port), "-U", "app", name)
        yield Postgres(port, data)
    finally:
        _stop(data)
        shutil.rmtree(folder, ignore_errors=True)


def _run(name: str, *words: str) -> None:
    """One of PostgreSQL's programs, the newest on this machine, as the user that it asks for."""
    binaries = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda one: int(one.parts[4]))
    if not binaries:
        raise SystemExit("The bench needs Debian's postgresql.")
    done = subprocess.run(
        [*_as_owner(), str(binaries[-1] / name), *words], cwd="/", capture_output=True,
        text=True, check=False,
    )  # fmt: skip
    if done.returncode:
        raise SystemExit(f"{name}: {done.stdout}{done.stderr}")


def _as_owner() -> list[str]:
    return ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []


def _stop(data: Path) -> None:
    with suppress(SystemExit):
        _run("pg_ctl", "-D", str(data), "-m", "immediate", "stop")


@contextmanager
def standby(primary: Postgres) -> Iterator[Postgres]:
    """A streaming replica of ``primary``."""
    folder = Path(tempfile.mkdtemp(prefix="bench-pg-"))
    data, port = folder / "data", free_port()
    if _as_owner():
        shutil.chown(folder, "postgres")
    source = ["-h", "127.0.0.1", "-p", str(primary.port), "-U", "app"]
    _run("pg_basebackup", "-R", "-X", "stream", "-c", "fast", "-D", str(data), *source)
    options = f"-p {port} -k {data} -c listen_addresses=127.0.0.1"
    _run("pg_ctl", "-D", str(data), "-l", str(folder / "log"), "-w", "-o", options, "start")
    try:
        yield Postgres(port, data)
    finally:
        _stop(data)
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def redis() -> Iterator[Web]:
    """A Redis that keeps nothing on disk."""
    binary = shutil.which("redis-server")
    if binary is None:
        raise SystemExit("The bench needs Debian's redis-server.")
    port = free_port()
    words = [binary, "--port", str(port), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no"]
    process = subprocess.Popen(words, cwd="/", stdout=subprocess.DEVNULL)
    try:
        wait_for(port, process)
        yield Web(port, process)
    finally:
        process.kill()
        process.wait()


@dataclass
class Web:
    """gunicorn as the README starts it: gthread, 2 workers of 4 threads."""

    port: int
    process: subprocess.Popen[bytes]

    def workers(self) -> list[int]:
        return children(self.process.pid)


@contextmanager
def web(
    module: str,
    env: Mapping[str, str],
    log: Path,
    *more: str,
    port: int = 0,
    under: Sequence[str] = (),
) -> Iterator[Web]:
    """Served at ``port`` or a free one, with ``more`` words for gunicorn, ``under`` another program."""
    port = port or free_port()
    words = ["-b", f"127.0.0.1:{port}", "-w", str(WORKERS), "-k", "gthread"]
    words += ["--threads", str(THREADS), "--log-level", "warning", *more]
    with log.open("ab") as output:
        process = subprocess.Popen(
            [*under, sys.executable, "-m", "gunicorn", module, *words],
            env={**os.environ, **env}, cwd=ROOT, stdout=output, stderr=output, start_new_session=True,
        )  # fmt: skip
    try:
        wait_for(port, process, log)
        yield Web(port, process)
    finally:
        if under:  # which would go alone and leave gunicorn behind
            os.killpg(process.pid, signal.SIGTERM)
        process.send_signal(signal.SIGTERM)
        try:
            process.wait(20)
        except subprocess.TimeoutExpired:
            process.kill()


def python(*words: str, env: Mapping[str, str]) -> str:
    """Run ``python words`` in the project with ``env``; its output."""
    done = subprocess.run(
        [sys.executable, *words],
        env={**os.environ, **env},
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise SystemExit(f"{' '.join(words)}:\n{done.stdout[-2000:]}{done.stderr[-4000:]}")
    return done.stdout


def portal_env(url: str, folder: Path) -> dict[str, str]:
    """The portal as in production, but for the names of hashed static files."""
    return {
        "DJANGO_SETTINGS_MODULE": "campaign_portal.settings",
        "SECRET_KEY": KEY,
        "DATABASE_URL": url,
        "ALLOWED_HOSTS": "127.0.0.1",
        "HTTPS": "on",
        "STATIC_HASHED": "off",
        "MEDIA_ROOT": str(folder / "files"),
        "CACHE_URL": "dbcache://cache",
    }


def lean_env(url: str) -> dict[str, str]:
    return {
        "DJANGO_SETTINGS_MODULE": "bench.lean.settings",
        "SECRET_KEY": KEY,
        "DATABASE_URL": url,
    }


def lean_office_env(url: str, folder: Path) -> dict[str, str]:
    """The floor of the office's pages: the portal's tables, none of its pages."""
    return portal_env(url, folder) | {
        "DJANGO_SETTINGS_MODULE": "bench.lean.office_settings",
        "HTTPS": "off",
    }


def children(pid: int) -> list[int]:
    path = Path(f"/proc/{pid}/task/{pid}/children")
    return [int(one) for one in path.read_text().split()]


def cpu_seconds(pid: int) -> float:
    """CPU of a process and of all below it so far, of those that have ended too."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    own = sum(int(fields[number]) for number in (11, 12, 13, 14)) / TICK
    below = 0.0
    for child in children(pid):
        with suppress(OSError):
            below += cpu_seconds(child)
    return own + below


def free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


def wait_for(port: int, process: subprocess.Popen[bytes], log: Path | None = None) -> None:
    for _ in range(200):
        with suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
            return
        if process.poll() is not None:
            break
        time.sleep(0.1)
    raise SystemExit(f"A server did not start:\n{log.read_text()[-3000:] if log else ''}")
