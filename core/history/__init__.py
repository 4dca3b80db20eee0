"""Earlier states of the office's records: who changed what and when, two of them side by side,
and the way back to one as a new change.
"""

from core.history.baseline import write_baseline
from core.history.kinds import KINDS, Kind, Part, add_kinds, kind_of
from core.history.timeline import Change, Entry

__all__ = [
    "KINDS",
    "Change",
    "Entry",
    "Kind",
    "Part",
    "add_kinds",
    "kind_of",
    "write_baseline",
]
