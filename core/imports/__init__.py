"""Tables in .xlsx that people hand in: read, shown as a dry run, written, taken back.

What the rows mean is the business of each app; here is what all of them share: cells as texts,
the header found by meaning, the plan with its version, and a write that can be taken back whole.
"""

from core.imports.cells import Cell, Line, Table, TableError, read_table
from core.imports.headers import Header, Meanings, best_header, chosen
from core.imports.plans import CHANGED, ERROR, NEW, SAME, STATES, Plan, Row
from core.imports.writing import ImportStaleError, depends, take_back, write

__all__ = [
    "CHANGED",
    "ERROR",
    "NEW",
    "SAME",
    "STATES",
    "Cell",
    "Header",
    "ImportStaleError",
    "Line",
    "Meanings",
    "Plan",
    "Row",
    "Table",
    "TableError",
    "best_header",
    "chosen",
    "depends",
    "read_table",
    "take_back",
    "write",
]
