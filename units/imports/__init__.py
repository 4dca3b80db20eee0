"""Units and people out of the ward's own .xlsx: read, shown as a dry run, applied, taken back.

The tables come as they are: titles above the header, merged header cells, texts of TCVN3 and VNI,
numbers with their labels, two people in a cell. Nothing is guessed in silence: what is not sure
has its sentence with the row and the cell, and is left out until somebody chooses.
"""

from units.imports.applying import apply, keep, undo
from units.imports.planning import plan

__all__ = [
    "apply",
    "keep",
    "plan",
    "undo",
]
