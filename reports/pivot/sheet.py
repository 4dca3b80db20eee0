"""The table as .xlsx: what is on the screen, row for row."""

from __future__ import annotations

from typing import IO, Any

from core.sheets import Column, Kind, write_sheet
from core.text import format_number
from reports.pivot.table import Cell, Row, Table


def write_table(file: IO[bytes], table: Table, *, title: str, lines: list[str]) -> int:
    """Write ``table`` with ``title`` and ``lines`` above; the number of rows, totals included."""
    shown = [cell for row in table.lines for cell in row.all]
    kind = Kind.RATE if shown and all(cell.is_share for cell in shown) else Kind.COUNT
    names = [head.name for head in table.columns] + (["Cả kỳ"] if table.has_row_totals else [])
    first = Column(table.selection.rows.words.capitalize(), width=44)
    return write_sheet(
        file,
        name="So sánh",
        heading=[title, *lines],
        columns=[first, *(Column(name, kind) for name in names)],
        rows=([_name(row), *(_value(cell, kind) for cell in row.all)] for row in table.lines),
    )


def _name(row: Row) -> str:
    notes = [row.head.note] if row.head.note else []
    if row.total and row.total.repeated:
        notes.append(f"đã trừ {format_number(row.total.repeated)} tính hai lần")
    return f"{row.head.name} ({'; '.join(notes)})" if notes else row.head.name


def _value(cell: Cell, kind: Kind) -> Any:
    """A share among counts is written as it is shown."""
    if cell.value is None:
        return None
    if not cell.is_share:
        return cell.value
    return cell.value / 100 if kind is Kind.RATE else cell.text
