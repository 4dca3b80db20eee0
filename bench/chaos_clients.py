"""Phones that hand in with a photo, twice, and with stale eyes; what each was told goes to a ledger.

Only the standard library. A phone without an answer, or with a 5xx, sends the same again until it
has one: like the portal's own script.
"""

from __future__ import annotations

import hashlib
import json
import threading
import time
import uuid
from dataclasses import dataclass, field
from typing import Any

from bench import submit_jobs as jobs
from bench.submit_clients import NoAnswerError, Phone

KIND = "new"
REST = 0.1  # seconds before the next try
PHOTO_EVERY, TWICE_EVERY, STALE_EVERY, OTHER_WORDS_EVERY = 5, 4, 7, 9
BOUNDARY = "part-of-a-report"


@dataclass
class Ledger:
    """What was acknowledged: receipts by job, photos with the hash of what was sent."""

    receipts: list[list[Any]] = field(default_factory=list)
    photos: list[list[Any]] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)
    statuses: dict[int, int] = field(default_factory=dict)
    resent: int = 0
    twice: int = 0
    stale: int = 0
    slowest: float = 0.0
    lock: threading.Lock = field(default_factory=threading.Lock)

    def told(self, status: int) -> None:
        with self.lock:
            self.statuses[status] = self.statuses.get(status, 0) + 1
            self.resent += status == 0 or status >= 500


@dataclass
class Load:
    port: int
    world: jobs.World
    jpeg: bytes
    ledger: Ledger
    patience: float = 120.0
    stop: threading.Event = field(default_factory=threading.Event)

    def run(self, first: int, count: int, phones: int, *, seconds: float = 1e9) -> None:
        """Jobs ``first`` to ``first + count``, by ``phones`` at once."""
        end = time.monotonic() + seconds
        taken = iter(range(first, first + count))
        guard = threading.Lock()

        def work() -> None:
            line = Phone(self.port)
            while time.monotonic() < end and not self.stop.is_set():
                with guard:
                    index = next(taken, None)
                if index is None:
                    break
                self.job(line, index)
            line.hang_up()

        threads = [threading.Thread(target=work) for _ in range(phones)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()

    def job(self, line: Phone, index: int) -> None:
        request = jobs.request(self.world, KIND, index)
        status, body = self.send(line, request)
        if status != 200:
            self.fault(f"hand-in {index}: {status} {body[:200]!r}")
            return
        receipt = json.loads(body)["receipt"]
        contested = index % OTHER_WORDS_EVERY == 0 or index % STALE_EVERY == 0
        with self.ledger.lock:
            self.ledger.receipts.append([KIND, index, receipt, *["contested"] * contested])
        if index % TWICE_EVERY == 0:
            self.again(line, index, request, receipt)
        if index % OTHER_WORDS_EVERY == 0:
            self.other_words(line, index)
        if index % STALE_EVERY == 0:
            self.with_stale_eyes(line, index)
        if index % PHOTO_EVERY == 0:
            self.photo(line, index)

    def again(self, line: Phone, index: int, request: bytes, receipt: str) -> None:
        """The same key and words: the same receipt."""
        status, body = self.send(line, request)
        self.ledger.twice += 1
        if status != 200 or json.loads(body)["receipt"] != receipt:
            self.fault(f"sent twice {index}: {status} {body[:200]!r}")

    def other_words(self, line: Phone, index: int) -> None:
        """The same key, other words: refused, nothing replaced."""
        status, body = self.send(line, jobs.changed(self.world, index, new_key=False))
        if status != 409:
            self.fault(f"other words {index}: {status} {body[:200]!r}")

    def with_stale_eyes(self, line: Phone, index: int) -> None:
        """Another phone that has not seen the hand-in: told so, nothing replaced."""
        status, body = self.send(line, jobs.changed(self.world, index, new_key=True))
        self.ledger.stale += 1
        if status != 409:
            self.fault(f"stale {index}: {status} {body[:200]!r}")

    def photo(self, line: Phone, index: int) -> None:
        data = picture(self.jpeg, index)
        key = photo_key(index)
        status, body = self.send(line, photo_request(self.world, index, key, data))
        if status != 200:
            self.fault(f"photo {index}: {status} {body[:200]!r}")
            return
        with self.ledger.lock:
            self.ledger.photos.append([str(key), hashlib.sha256(data).hexdigest()])

    def send(self, line: Phone, request: bytes) -> tuple[int, bytes]:
        begun = time.monotonic()
        while True:
            try:
                status, body = line.send(request)
            except (NoAnswerError, ValueError, IndexError):
                line.hang_up()
                status, body = 0, b""
            self.ledger.told(status)
            taken = time.monotonic() - begun
            if 0 < status < 500 or taken > self.patience:
                self.ledger.slowest = max(self.ledger.slowest, taken)
                return status, body
            if status == 500:
                self.fault(f"500: {body[:200]!r}")
            time.sleep(REST)

    def fault(self, words: str) -> None:
        with self.ledger.lock:
            self.ledger.faults.append(words)


def photo_key(index: int) -> uuid.UUID:
    return uuid.uuid5(jobs.SPACE, f"photo-{index}")


def picture(jpeg: bytes, index: int) -> bytes:
    """``jpeg`` with a comment of its own, so that no two are the same."""
    words = f"photo {index}".encode()
    return jpeg[:2] + b"\xff\xfe" + (len(words) + 2).to_bytes(2, "big") + words + jpeg[2:]


def photo_request(world: jobs.World, index: int, key: uuid.UUID, data: bytes) -> bytes:
    (unit, session, secret, token), month = jobs.place(world, KIND, index)
    body = (
        f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="key"\r\n\r\n{key}\r\n'
        f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="photo"; filename="anh.jpg"\r\n'
        "Content-Type: image/jpeg\r\n\r\n"
    ).encode()
    body += data + f"\r\n--{BOUNDARY}--\r\n".encode()
    head = (
        f"POST /bao-cao/{unit}/{month}/anh/ HTTP/1.1\r\nHost: 127.0.0.1\r\n"
        "X-Forwarded-Proto: https\r\nReferer: https://127.0.0.1/bao-cao/\r\n"
        "Accept: application/json\r\nX-Requested-With: fetch\r\n"
        f"Cookie: __Host-session={session}; __Host-csrf={secret}\r\nX-CSRFToken: {token}\r\n"
        f"Content-Type: multipart/form-data; boundary={BOUNDARY}\r\n"
        f"Content-Length: {len(body)}\r\n\r\n"
    )
    return head.encode() + body
