"""A measured figure, its floor and its goal."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from statistics import median


@dataclass(frozen=True)
class Row:
    """``value`` in ``unit``; ``floor`` in the same unit, None where there is none; ``limit`` on the value."""

    what: str
    value: float
    unit: str
    limit: float
    floor: float | None = None

    @property
    def holds(self) -> bool:
        return self.value <= self.limit

    def line(self, width: int) -> str:
        floor = f"{self.floor:.1f} {self.unit}" if self.floor else "-"
        ratio = f"{self.value / self.floor:.1f}" if self.floor else "-"
        return (
            f"{self.what:<{width}}  {self.value:>9.1f} {self.unit:<4}  {floor:>14}  {ratio:>6}  "
            f"{'≤ ' + format(self.limit, 'g') + ' ' + self.unit:>16}  {'yes' if self.holds else 'NO'}"
        )


def interleaved(*jobs: Callable[[], object], rounds: int = 15) -> list[float]:
    """Median CPU milliseconds of each job, run in turn so that a busy machine is busy for all."""
    times: list[list[float]] = [[] for _ in jobs]
    for job in jobs:
        job()
    for _ in range(rounds):
        for index, job in enumerate(jobs):
            start = time.process_time()
            job()
            times[index].append((time.process_time() - start) * 1000)
    return [median(values) for values in times]
