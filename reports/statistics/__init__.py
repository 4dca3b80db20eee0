"""The figures of the reports: one definition each, used by page, Word and Excel alike.

On screens figures take what is handed in or accepted now; ``statuses`` narrows that for official
documents, which take accepted reports alone. :class:`Figure` definitions live here alone.
"""

from reports.models import HANDED_IN
from reports.statistics.definitions import (
    EXCUSED,
    EXEMPT,
    LATE,
    MEDIAN,
    MINUTES,
    MISSING,
    ON_TIME,
    OWING,
    RATES,
    RECEIVED,
    SCREENS,
    SITTING,
    TOTAL,
    ZERO,
    Figure,
)
from reports.statistics.rates import (
    Punctuality,
    Share,
    duties,
    exempt,
    missing,
    owing,
    punctuality,
)
from reports.statistics.totals import Total, medians, totals, totals_beside

__all__ = [
    "EXCUSED",
    "EXEMPT",
    "HANDED_IN",
    "LATE",
    "MEDIAN",
    "MINUTES",
    "MISSING",
    "ON_TIME",
    "OWING",
    "RATES",
    "RECEIVED",
    "SCREENS",
    "SITTING",
    "TOTAL",
    "ZERO",
    "Figure",
    "Punctuality",
    "Share",
    "Total",
    "duties",
    "exempt",
    "medians",
    "missing",
    "owing",
    "punctuality",
    "totals",
    "totals_beside",
]
