"""The figures of the reports: one definition each, used by page, Word and Excel alike.

On screens figures take what is handed in or accepted now; ``statuses`` narrows that for official
documents, which take accepted reports alone. :class:`Figure` definitions live here alone.
"""

from reports.models import HANDED_IN
from reports.statistics.asked import OFFICIAL, WINDOWS, successors, went_on
from reports.statistics.behind import Source, sources
from reports.statistics.completeness import Completeness, UnitShare, completeness
from reports.statistics.contents import Covered, covered
from reports.statistics.definitions import (
    COMPLETE,
    COVERED,
    EXCUSED,
    EXEMPT,
    LATE,
    MEDIAN,
    MINUTES,
    MISSING,
    OF_SPAN,
    OF_YEAR,
    ON_TIME,
    OWING,
    RATES,
    RECEIVED,
    SAME_SPAN,
    SCREENS,
    SITTING,
    TOTAL,
    ZERO,
    Figure,
)
from reports.statistics.families import Family
from reports.statistics.periods import Amount, Line, lines
from reports.statistics.rates import (
    Punctuality,
    Share,
    duties,
    exempt,
    missing,
    owing,
    punctuality,
)
from reports.statistics.scope import Scope
from reports.statistics.successions import Follows, replaced
from reports.statistics.totals import Total, medians, totals, totals_beside

__all__ = [
    "COMPLETE",
    "COVERED",
    "EXCUSED",
    "EXEMPT",
    "HANDED_IN",
    "LATE",
    "MEDIAN",
    "MINUTES",
    "MISSING",
    "OFFICIAL",
    "OF_SPAN",
    "OF_YEAR",
    "ON_TIME",
    "OWING",
    "RATES",
    "RECEIVED",
    "SAME_SPAN",
    "SCREENS",
    "SITTING",
    "TOTAL",
    "WINDOWS",
    "ZERO",
    "Amount",
    "Completeness",
    "Covered",
    "Family",
    "Figure",
    "Follows",
    "Line",
    "Punctuality",
    "Scope",
    "Share",
    "Source",
    "Total",
    "UnitShare",
    "completeness",
    "covered",
    "duties",
    "exempt",
    "lines",
    "medians",
    "missing",
    "owing",
    "punctuality",
    "replaced",
    "sources",
    "successors",
    "totals",
    "totals_beside",
    "went_on",
]
