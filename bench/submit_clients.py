"""``python bench/submit_clients.py ORDER``: phones that hand in, a process and a raw socket each.

Reads the order (JSON: ports, kind, world, first, seconds, connections, hang_up_every, patience),
prints what was acknowledged: one JSON object. A phone without an answer sends the same again.
"""

from __future__ import annotations

import json
import multiprocessing
import resource
import socket
import sys
import time
from contextlib import suppress
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
from bench import submit_jobs

TIMEOUT = 20  # seconds
REST = 0.05  # seconds before the next try


class NoAnswerError(Exception):
    """The connection ended before the answer did."""


class Phone:
    """One kept connection; where one server does not answer, the next is asked."""

    def __init__(self, *ports: int) -> None:
        self.ports = list(ports)
        self.socket: socket.socket | None = None

    def send(self, request: bytes) -> tuple[int, bytes]:
        """Status and body of the answer."""
        try:
            self._connected().sendall(request)
            return self._answer()
        except OSError as error:
            self.hang_up()
            self.ports.append(self.ports.pop(0))
            raise NoAnswerError from error

    def send_and_hang_up(self, request: bytes) -> None:
        with suppress(OSError):
            self._connected().sendall(request)
        self.hang_up()

    def hang_up(self) -> None:
        if self.socket is not None:
            self.socket.close()
            self.socket = None

    def _connected(self) -> socket.socket:
        if self.socket is None:
            self.socket = socket.create_connection(("127.0.0.1", self.ports[0]), TIMEOUT)
            self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        return self.socket

    def _answer(self) -> tuple[int, bytes]:
        data = b""
        while (end := data.find(b"\r\n\r\n")) < 0:
            data += self._more()
        head, body = data[:end].lower(), data[end + 4 :]
        length = int(head.partition(b"content-length:")[2].split(b"\r\n", 1)[0] or 0)
        while len(body) < length:
            body += self._more()
        if b"connection: close" in head:
            self.hang_up()
        return int(head[9:12]), body

    def _more(self) -> bytes:
        assert self.socket is not None
        data = self.socket.recv(65536)
        if not data:
            raise OSError("closed")
        return data


def phone(order: dict[str, Any], number: int, out: Any) -> None:
    """Send every n-th job until the time is over; a job that was begun is brought to its end."""
    world = json.loads(Path(order["world"]).read_text())
    kind, step, every = order["kind"], order["connections"], order["hang_up_every"]
    ports = order["ports"]
    line = Phone(*ports[number % len(ports) :], *ports[: number % len(ports)])
    told: dict[str, Any] = {"acknowledged": [], "refused": [], "retries": 0, "hang_ups": 0}
    index, end = order["first"] + number, time.monotonic() + order["seconds"]
    while time.monotonic() < end:
        request = submit_jobs.request(world, kind, index)
        if every and (index // step) % every == every - 1:
            line.send_and_hang_up(request[: len(request) * 2 // 3])
            line.send_and_hang_up(request)
            told["hang_ups"] += 2
        _hand_in(line, request, index, order["patience"], told)
        index += step
    told["next"] = index
    out.send(told)


def _hand_in(
    line: Phone, request: bytes, index: int, patience: float, told: dict[str, Any]
) -> None:
    begun = time.monotonic()
    while True:
        try:
            status, body = line.send(request)
        except NoAnswerError:
            status, body = 0, b""
        if status in (200, 302):
            taken = round((time.monotonic() - begun) * 1000, 2)
            told["acknowledged"].append([index, body.decode() if status == 200 else "", taken])
            return
        if 400 <= status < 500 or time.monotonic() - begun > patience:
            told["refused"].append([index, status, body[:300].decode(errors="replace")])
            return
        told["retries"] += 1
        time.sleep(REST)


def main() -> None:
    order = json.loads(Path(sys.argv[1]).read_text())
    pipes, processes = [], []
    begun = time.monotonic()
    for number in range(order["connections"]):
        ours, theirs = multiprocessing.Pipe(duplex=False)
        process = multiprocessing.Process(target=phone, args=(order, number, theirs))
        process.start()
        pipes.append(ours)
        processes.append(process)
    told = [pipe.recv() for pipe in pipes]
    for process in processes:
        process.join()
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    whole = {
        "acknowledged": [one for each in told for one in each["acknowledged"]],
        "refused": [one for each in told for one in each["refused"]],
        "retries": sum(each["retries"] for each in told),
        "hang_ups": sum(each["hang_ups"] for each in told),
        "next": max(each["next"] for each in told) // order["connections"] * order["connections"]
        + order["connections"],
        "seconds": time.monotonic() - begun,
        "client_cpu": used.ru_utime + used.ru_stime,
    }
    print(json.dumps(whole))


if __name__ == "__main__":
    main()
