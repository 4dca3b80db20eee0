"""Disks that are full, read-only, without inodes, that refuse to sync; and 50 hand-ins of one key.

The database (SQLite) and the files lie on a small disk of their own (tmpfs): this needs root.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bench import submit_jobs as jobs
from bench.chaos import Chaos, compare, on_sqlite, served
from bench.chaos_clients import KIND, Ledger, Load, photo_key, photo_request, picture
from bench.figures import Row
from bench.servers import web
from bench.submit_clients import NoAnswerError, Phone

SIZE, INODES = "96m", 4000
LEVELS = 50
RECOVERY = 10.0  # seconds
STEP = 16 * 1024  # bytes from level to level
# SQLite in WAL mode makes a file of 32 KiB beside the database for the first who reads.
ROOM_TO_READ = 64 * 1024  # bytes
SYNC_FAILS_EVERY = 7
SYNCED = 40  # hand-ins while syncs fail
TOGETHER = 50
TRACED = 200


def rows(levels: int = LEVELS) -> list[Row]:
    with (
        tempfile.TemporaryDirectory(prefix="chaos-disk-") as name,
        _disk(Path(name)) as folder,
        on_sqlite(folder, units=200, months=4) as chaos,
    ):
        trial = Trial(chaos)
        with served(chaos, "campaign_portal.wsgi"):
            made = [*trial.full(levels), *trial.read_only(), *trial.without_inodes()]
            made += trial.together()
        made += [*trial.failing_sync(), *trial.order_of_syncs()]
        found = compare(chaos)
        print(f"  disks: {found}; answers {chaos.ledger.statuses}; {chaos.ledger.faults[:3]}")
        receipts, photos = found["receipts"], found["photos"]
        made += [
            Row(f"disks: lost of {receipts['compared']} receipts", receipts["lost"], "", 0),
            Row(f"disks: lost of {photos['compared']} photos", photos["lost"], "", 0),
            Row(
                "disks: half-written reports and files",
                receipts["broken"] + photos["broken"],
                "",
                0,
            ),
            Row("disks: answers that were no 200, 503 or 507", len(chaos.ledger.faults), "", 0),
        ]
    return made


@contextmanager
def _disk(folder: Path) -> Iterator[Path]:
    options = f"size={SIZE},nr_inodes={INODES},mode=755"
    subprocess.run(["mount", "-t", "tmpfs", "-o", options, "tmpfs", str(folder)], check=True)
    try:
        yield folder
    finally:
        subprocess.run(["umount", "-l", str(folder)], check=False)


class Trial:
    """One try at a time, each with the next job."""

    def __init__(self, chaos: Chaos) -> None:
        self.chaos, self.next = chaos, 0
        self.load: Load = chaos.load(patience=0.0)

    @property
    def ledger(self) -> Ledger:
        return self.chaos.ledger

    def hand_in(self) -> tuple[int, int]:
        """A report and a photo, each sent once; the statuses. What was told goes to the ledger."""
        line, index = Phone(self.chaos.port), self.next
        self.next += 1
        status, body = self._once(line, jobs.request(self.load.world, KIND, index))
        shot = 0
        if status == 200:
            self.ledger.receipts.append([KIND, index, json.loads(body)["receipt"]])
            data, key = picture(self.load.jpeg, index), photo_key(index)
            shot, _ = self._once(line, photo_request(self.load.world, index, key, data))
            if shot == 200:
                self.ledger.photos.append([str(key), hashlib.sha256(data).hexdigest()])
        line.hang_up()
        return status, shot

    def _once(self, line: Phone, request: bytes) -> tuple[int, bytes]:
        try:
            status, body = line.send(request)
        except (NoAnswerError, ValueError, IndexError):
            status, body = 0, b""
        self.ledger.told(status)
        if status not in (0, 200, 503, 507):
            self.load.fault(f"{status}: {body[:300]!r}")
        return status, body

    def reads(self) -> bool:
        line = Phone(self.chaos.port)
        status, _ = self._once(
            line, b"GET /hang-viet/ HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Forwarded-Proto: https\r\n\r\n"
        )
        line.hang_up()
        return status == 200

    def recovery(self) -> float:
        """Seconds until a report and its photo are taken again."""
        begun = time.monotonic()
        while time.monotonic() - begun < 60:
            if self.hand_in() == (200, 200):
                break
        return time.monotonic() - begun

    def full(self, levels: int) -> Iterator[Row]:
        """``levels`` amounts of free space, from nothing to what suffices."""
        refused, reads, slowest = 0, 0, 0.0
        filler = self.chaos.folder / "filler"
        for level in range(levels):
            free = level * STEP
            _fill(filler, leave=free)
            refused += self.hand_in() != (200, 200)
            reads += self.reads() and free >= ROOM_TO_READ
            filler.unlink()
            slowest = max(slowest, self.recovery())
        yield Row(f"disk full at {levels} levels: refused", refused, "", at_least=1)
        can_read = sum(level * STEP >= ROOM_TO_READ for level in range(levels))
        yield Row(
            f"disk full, {ROOM_TO_READ // 1024} KiB left or more: pages that are read still answer",
            reads,
            "",
            at_least=can_read,
        )
        yield Row("disk full: all right after space is back", slowest, "s", RECOVERY)

    def read_only(self) -> Iterator[Row]:
        folder = str(self.chaos.folder)
        subprocess.run(["mount", "-o", "remount,ro", folder], check=False)
        made_so = subprocess.run(["touch", f"{folder}/probe"], check=False, capture_output=True)
        status, _ = self.hand_in()
        reads = self.reads()
        subprocess.run(["mount", "-o", "remount,rw", folder], check=True)
        yield Row(
            "disk read-only: could be made so", float(made_so.returncode != 0), "", at_least=1
        )
        yield Row("disk read-only: hand-in answered", status, "", 507, at_least=503)
        # SQLite cannot open a database in WAL mode there; the pages that are kept still answer.
        yield Row("disk read-only: pages that are read answer (no promise)", float(reads), "")
        yield Row("disk read-only: all right after it is writable", self.recovery(), "s", RECOVERY)

    def without_inodes(self) -> Iterator[Row]:
        many = self.chaos.folder / "many"
        many.mkdir()
        for number in range(INODES):
            try:
                (many / str(number)).touch()
            except OSError:
                break
        status, shot = self.hand_in()
        shutil.rmtree(many)
        yield Row(
            "no inodes: a photo refused, or the report",
            float((status, shot) != (200, 200)),
            "",
            at_least=1,
        )
        yield Row("no inodes: all right after some are back", self.recovery(), "s", RECOVERY)

    def together(self) -> Iterator[Row]:
        """One key at once from many phones: one report, one receipt."""
        index, told, lock = self.next, [], threading.Lock()
        self.next += 1
        request = jobs.request(self.load.world, KIND, index)

        def send() -> None:
            line = Phone(self.chaos.port)
            status, body = Load.send(patient, line, request)
            with lock:
                told.append(json.loads(body)["receipt"] if status == 200 else status)
            line.hang_up()

        patient = self.chaos.load()
        threads = [threading.Thread(target=send) for _ in range(TOGETHER)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        self.ledger.receipts.append([KIND, index, told[0]])
        yield Row(f"one key from {TOGETHER} phones at once: receipts", len(set(told)), "", 1)

    def failing_sync(self) -> Iterator[Row]:
        """Every seventh fsync or fdatasync says EIO: nothing is acknowledged that was not synced."""
        if not shutil.which("strace"):
            return
        inject = f"inject=fsync,fdatasync:error=EIO:when={SYNC_FAILS_EVERY}+{SYNC_FAILS_EVERY}"
        refused = 0
        with self._traced("-e", "trace=fsync,fdatasync", "-e", inject, "-o", "/dev/null"):
            for _ in range(SYNCED):
                refused += self.hand_in() != (200, 200)
        yield Row(f"every seventh sync fails (EIO): refused of {SYNCED}", refused, "", at_least=1)

    def order_of_syncs(self) -> Iterator[Row]:
        """Between a phone's question and the first byte of its answer lies a sync of the log."""
        if not shutil.which("strace"):
            return
        log = self.chaos.folder.parent / f"{self.chaos.folder.name}.trace"
        calls = "trace=fsync,fdatasync,rename,recvfrom,sendto"
        with self._traced("-s", "60", "-e", calls, "-o", str(log), workers=1):
            before = len(self.ledger.receipts) + len(self.ledger.photos)
            while len(self.ledger.receipts) + len(self.ledger.photos) < before + TRACED:
                self.hand_in()
        wrong, seen = _out_of_order(log.read_text(errors="replace"))
        log.unlink()
        yield Row(f"answers before their sync, of {seen}", wrong, "", 0)
        # strace cuts a line in two now and then
        yield Row("answers looked at", seen, "", at_least=TRACED * 0.9)

    @contextmanager
    def _traced(self, *words: str, workers: int = 2) -> Iterator[None]:
        strace = ["strace", "-f", "-qq", *words]
        more = ["-w", str(workers), "--threads", "1"]
        env, log = self.chaos.env, self.chaos.folder.parent / "traced.log"
        with web("campaign_portal.wsgi", env, log, *more, port=self.chaos.port, under=strace):
            yield


def _out_of_order(trace: str) -> tuple[int, int]:
    """How many 200 answers to a POST went out with no sync since its question; of how many."""
    asked: dict[str, bool] = {}  # by thread: was anything synced since?
    wrong = seen = 0
    for line in trace.splitlines():
        thread, _, call = line.partition(" ")
        call = call.lstrip()
        if "recvfrom(" in call and '"POST ' in call:
            asked[thread] = False
        elif call.startswith(("fsync(", "fdatasync(")) and call.endswith("= 0"):
            asked = dict.fromkeys(asked, True) if thread in asked else asked
        elif call.startswith("sendto(") and '"HTTP/1.1 200' in call and thread in asked:
            seen += 1
            wrong += not asked.pop(thread)
    return wrong, seen


def _fill(file: Path, *, leave: int) -> None:
    """Take all space of the disk but ``leave`` bytes."""
    free = os.statvfs(file.parent).f_bavail * os.statvfs(file.parent).f_frsize
    with file.open("wb") as target:
        os.posix_fallocate(target.fileno(), 0, max(1, free - leave))
