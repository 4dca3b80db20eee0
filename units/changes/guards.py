"""What apps above the units have to say about a step: what forbids it, what should be known.

Units know nothing of reports or documents. An app that keeps something by unit and date gives
a function here, which reads and never writes.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from units.changes.asked import Change


@dataclass(frozen=True, slots=True)
class Finding:
    """A Vietnamese sentence: a refusal, or a warning that the office confirms."""

    text: str
    is_refusal: bool = False


Guard = Callable[[Change, dt.date], Iterable[Finding]]
_guards: list[Guard] = []


def register_guard(guard: Guard) -> Guard:
    """Ask ``guard(change, today)`` before every step; can stand above a function."""
    if guard not in _guards:
        _guards.append(guard)
    return guard


def unregister_guard(guard: Guard) -> None:
    _guards.remove(guard)


def findings(change: Change, today: dt.date) -> list[Finding]:
    return [one for guard in _guards for one in guard(change, today)]
