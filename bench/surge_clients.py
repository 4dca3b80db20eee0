"""``python bench/surge_clients.py ORDER``: visits at a fixed rate, whether answers come or not.

A visit opens one screen of the form and sends what belongs there. The time of a visit's first
request counts from the moment at which it was due. Standard library only.
"""

from __future__ import annotations

import json
import sys
import threading
import time
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
from bench import submit_jobs as jobs
from bench.submit_clients import NoAnswerError, Phone

ABREAST = 40  # units that walk side by side: the next screen comes a second or more later
HANDS = 32  # visits at the same time
SCREENS = ("home", "contents", "counts", "result", "difficulties", "check", "send", "receipt")
PATHS = {
    "contents": "noi-dung/",
    "counts": "so-lieu/",
    "result": "ket-qua/",
    "difficulties": "kho-khan/",
    "check": "kiem-tra/",
    "receipt": "da-nop/",
}
Told = list[tuple[str, int, float, str]]


def requests(world: jobs.World, index: int, screen: str) -> list[bytes]:
    """What a visit to ``screen`` sends."""
    (unit, session, secret, token), month = jobs.place(world, "surge", index)
    head = (
        "HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Forwarded-Proto: https\r\nReferer: https://127.0.0.1/\r\n"
        f"Accept: text/html\r\nCookie: __Host-session={session}; __Host-csrf={secret}\r\n"
    )
    if screen == "home":
        return [f"GET /bao-cao/ {head}\r\n".encode()]
    if screen == "send":
        return [jobs.request(world, "surge", index)]
    path = f"/bao-cao/{unit}/{month}/{PATHS[screen]}"
    opened = f"GET {path} {head}\r\n".encode()
    typed = jobs.content(world, index).get(screen)
    if typed is None:
        return [opened]
    fields = {f"{screen}-{name}": value for name, value in typed.items()}
    body = urlencode({"seen_version": 99} | fields, doseq=True).encode()
    sent = (
        f"POST {path} {head}X-CSRFToken: {token}\r\n"
        f"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {len(body)}\r\n\r\n"
    )
    return [opened, sent.encode() + body]


class Visits:
    """The visits of one order, handed out in their order."""

    def __init__(self, order: dict[str, Any]) -> None:
        self.world = json.loads(Path(order["world"]).read_text())
        self.order = order
        self.count = int(order["rate"] * order["seconds"]) // (ABREAST * len(SCREENS))
        self.count = max(1, self.count) * ABREAST * len(SCREENS)
        self.start = time.monotonic() + 0.5
        self.next = 0
        self.lock = threading.Lock()
        self.told: Told = []
        self.hang_ups = 0

    def hand(self) -> None:
        line = Phone(self.order["port"])
        while True:
            with self.lock:
                number, self.next = self.next, self.next + 1
            if number >= self.count:
                return
            due = self.start + number / self.order["rate"]
            time.sleep(max(0.0, due - time.monotonic()))
            self.visit(line, number, due)

    def visit(self, line: Phone, number: int, due: float) -> None:
        group, place = divmod(number, ABREAST * len(SCREENS))
        step, member = divmod(place, ABREAST)
        index = self.order["first"] + group * ABREAST + member
        line.hang_up()  # each page of a phone that rested opens a connection
        for request in requests(self.world, index, SCREENS[step]):
            if (number % self.order["hang_up_every"]) == 0:
                line.send_and_hang_up(request)
                self.hang_ups += 1
                due = time.monotonic()
            try:
                status, body = line.send(request)
            except NoAnswerError:
                status, body = 0, b""
            taken = (time.monotonic() - due) * 1000
            receipt = body.decode() if SCREENS[step] == "send" and status == 200 else ""
            self.told.append((SCREENS[step], status, taken, f"{index} {receipt}"))
            due = time.monotonic()


def main() -> None:
    visits = Visits(json.loads(Path(sys.argv[1]).read_text()))
    hands = [threading.Thread(target=visits.hand) for _ in range(HANDS)]
    for hand in hands:
        hand.start()
    for hand in hands:
        hand.join()
    seconds = time.monotonic() - visits.start
    print(json.dumps({"told": visits.told, "hang_ups": visits.hang_ups, "seconds": seconds}))


if __name__ == "__main__":
    main()
