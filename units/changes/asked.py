"""What the office asks for."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from core.text import first_of_month
from units.models import Unit, UnitChange

Kind = UnitChange.Kind


@dataclass(frozen=True, slots=True)
class Part:
    """A unit that is to be: a new one, or for a new name the old one as it will be called."""

    name: str
    short_name: str = ""
    code: str = ""
    kind: str = ""
    owes: bool = True  # a reporting duty of its own


@dataclass(frozen=True, slots=True)
class Change:
    """One step in ``ward`` that holds from the day ``on``.

    ``old`` are the units that it ends, or the one that gets another name; ``parts`` those that
    begin. ``into`` is a unit that goes on and takes in the old ones. Until the month before
    ``reports_from`` (a first day) the old units owe the reports, from then on the new ones.
    """

    kind: Kind
    ward: Unit
    on: dt.date
    reports_from: dt.date
    old: tuple[Unit, ...] = ()
    parts: tuple[Part, ...] = ()
    into: Unit | None = None
    decision: str = ""
    reason: str = ""

    @property
    def closing(self) -> tuple[Unit, ...]:
        """The units that are no more from ``on``."""
        return () if self.kind == Kind.RENAME else self.old

    @property
    def touched(self) -> tuple[Unit, ...]:
        return (*self.old, self.into) if self.into else self.old

    @property
    def heirs(self) -> list[str]:
        """The names of those that go on after the old ones."""
        return [self.into.name] if self.into else [part.name for part in self.parts]


def first_month(on: dt.date, today: dt.date) -> dt.date:
    """From which month the new units report where the office names none: never a past one."""
    return max(first_of_month(on), first_of_month(today))
