"""Units open, change their name, merge, split and close: by date, in one step, never undone by
silence.

A step is a :class:`Change`. :func:`preview` says in plain sentences what it will do, what speaks
against it and what the office should know; :func:`carry_out` does exactly what was shown, in one
transaction, and keeps the sentences as a ``UnitChange``. Units never move and are never deleted;
the figures of the months before ``reports_from`` stay as they are.
"""

from units.changes.asked import Change, Kind, Part
from units.changes.carrying_out import ChangeRefusedError, carry_out
from units.changes.guards import Finding, register_guard
from units.changes.previews import Preview, preview

__all__ = [
    "Change",
    "ChangeRefusedError",
    "Finding",
    "Kind",
    "Part",
    "Preview",
    "carry_out",
    "preview",
    "register_guard",
]
