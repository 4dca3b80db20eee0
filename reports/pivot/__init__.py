"""Units × indicators × months as a table that the officer turns: one figure, two axes, a period.

:mod:`~reports.pivot.selection` is what is asked, :mod:`~reports.pivot.facts` what the database
gives, :mod:`~reports.pivot.axes` where a fact belongs, :mod:`~reports.pivot.table` the sums. The
figures are those of :mod:`reports.statistics`, and a test holds both equal.
"""

from reports.pivot.axes import TOTAL
from reports.pivot.charting import chart_of
from reports.pivot.selection import (
    DIMENSIONS,
    MEASURES,
    MOST_COLUMNS,
    MOST_MONTHS,
    Dimension,
    Measure,
    Selection,
)
from reports.pivot.sheet import columns_of, rows_of
from reports.pivot.table import Cell, Row, Table, build

__all__ = [
    "DIMENSIONS",
    "MEASURES",
    "MOST_COLUMNS",
    "MOST_MONTHS",
    "TOTAL",
    "Cell",
    "Dimension",
    "Measure",
    "Row",
    "Selection",
    "Table",
    "build",
    "chart_of",
    "columns_of",
    "rows_of",
]
