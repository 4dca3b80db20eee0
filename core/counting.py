"""How many requests this process has answered, and in what time; for ``/metrics``."""

from __future__ import annotations

import os
import threading
from collections import Counter

_ANSWERS: Counter[str] = Counter()
_SECONDS = [0.0]
_LOCK = threading.Lock()


def count(status: int, seconds: float) -> None:
    with _LOCK:
        _ANSWERS[f"{status // 100}xx"] += 1
        _SECONDS[0] += seconds


def counted() -> list[str]:
    """Lines as Prometheus reads them; each process tells its own."""
    process = os.getpid()
    with _LOCK:
        lines = [
            f'portal_requests_total{{status="{status}",process="{process}"}} {number}'
            for status, number in sorted(_ANSWERS.items())
        ]
        return [*lines, f'portal_request_seconds_sum{{process="{process}"}} {_SECONDS[0]:.3f}']
