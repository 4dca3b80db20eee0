"""The table as .xlsx: what is on the screen, row for row."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from core.sheets import Column, Kind
from core.text import format_number
from reports.pivot.table import Cell, Row, Table


def columns_of(table: Table) -> list[Column]:
    names = [head.name for head in table.columns] + (["Cả kỳ"] if table.has_row_totals else [])
    first = Column(table.selection.rows.words.capitalize(), width=44)
    return [first, *(Column(name, _kind(table)) for name in names)]


def rows_of(table: Table) -> Iterator[list[Any]]:
    """The lines of the screen, totals included."""
    kind = _kind(table)
    return ([_name(row), *(_value(cell, kind) for cell in row.all)] for row in table.lines)


def _kind(table: Table) -> Kind:
    shown = [cell for row in table.lines for cell in row.all]
    return Kind.RATE if shown and all(cell.is_share for cell in shown) else Kind.COUNT


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
