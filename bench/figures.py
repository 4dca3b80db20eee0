"""A measured figure, its floor and its goal."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from statistics import median


@dataclass(frozen=True)
class Row:
    """``value``, ``floor`` and ``limit`` are in ``unit``; None where there is no floor or no limit yet.

    ``limit`` is the most that ``value`` may be, ``at_least`` the least.
    """

    what: str
    value: float
    unit: str
    limit: float | None = None
    floor: float | None = None
    at_least: float | None = None

    @property
    def holds(self) -> bool:
        if self.at_least is not None and self.value < self.at_least:
            return False
        return self.limit is None or self.value <= self.limit

    @property
    def goal(self) -> str:
        if self.at_least is not None:
            return f"≥ {self.at_least:g} {self.unit}"
        return "-" if self.limit is None else f"≤ {self.limit:g} {self.unit}"

    @property
    def ratio(self) -> float | None:
        """What may be compared between machines; None for times and counts."""
        if self.unit == "×":
            return self.value
        return self.value / self.floor if self.floor else None

    def line(self, width: int) -> str:
        floor = f"{self.floor:.1f} {self.unit}" if self.floor else "-"
        ratio = f"{self.value / self.floor:.1f}" if self.floor else "-"
        decimals = 2 if self.unit == "×" else 1  # a ratio that just misses its goal shall show it
        return (
            f"{self.what:<{width}}  {self.value:>9.{decimals}f} {self.unit:<4}  {floor:>14}  {ratio:>6}  "
            f"{self.goal:>16}  {'yes' if self.holds else 'NO'}"
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
