"""Programs that work on what people sent in: bounded in time and output, without our settings."""

import contextlib
import os
import signal
import subprocess
import threading
from collections.abc import Sequence
from typing import IO, Any


class ProcessFailedError(Exception):
    """The program died, was ended, or said too much."""


def run(
    command: Sequence[str],
    *,
    source: IO[Any] | int = subprocess.DEVNULL,
    seconds: float,
    limit: int,
    folder: str | None = None,
    env: dict[str, str] | None = None,
) -> bytes:
    """What ``command`` prints: at most ``limit`` bytes, within ``seconds``.

    ``source`` is a file with a descriptor, read as standard input from where it stands. The
    program knows nothing of the portal's environment and is a group of its own: what it starts
    ends with it. Raises :class:`ProcessFailedError`, and ``OSError`` when it cannot be started.
    """
    with subprocess.Popen(  # noqa: S603  our own scripts and the server's programs
        command,
        stdin=source,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
        cwd=folder,
        env=env or {},
    ) as running:
        timer = threading.Timer(seconds, _end, [running])
        timer.start()
        try:
            printed = running.stdout.read(limit + 1)  # type: ignore[union-attr]
            if len(printed) > limit:
                _end(running)
            code = running.wait()
        except BaseException:
            _end(running)
            raise
        finally:
            timer.cancel()
    if code or len(printed) > limit:
        raise ProcessFailedError(f"{command[0]} ended with {code}")
    return printed


def _end(running: "subprocess.Popen[bytes]") -> None:
    if running.poll() is not None:
        return
    if hasattr(os, "killpg"):
        with contextlib.suppress(ProcessLookupError):
            os.killpg(running.pid, signal.SIGKILL)
    else:  # Windows has no groups
        running.kill()
