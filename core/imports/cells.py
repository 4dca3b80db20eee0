"""An .xlsx table as rows of texts, streamed: at most so many rows, no formula ever evaluated."""

from __future__ import annotations

import datetime as dt
import warnings
from collections.abc import Iterator
from dataclasses import dataclass
from typing import IO, Any

from openpyxl import load_workbook
from openpyxl.utils import get_column_letter
from openpyxl.utils.escape import unescape

from core.files import tables
from core.text import clean, format_date, format_number, legacy

MAX_ROWS = 1_000  # with something in them
MAX_LINES = 50_000  # empty ones counted: Excel keeps the format of rows that were once used
MAX_COLUMNS = 40
MAX_TEXT = 5_000  # of a cell; longer than any box takes, so that the box can say so
MAX_SHEETS = 10
TOO_LONG = (
    f"Tệp có hơn {format_number(MAX_ROWS)} dòng, nhiều hơn một lần nhập; đồng chí chỉ giữ phần cần "
    "nhập rồi chọn lại."
)
NO_VALUE = "ô có công thức chưa có kết quả, đồng chí mở bằng Excel, lưu lại, hoặc gõ chữ thay vào"


class TableError(ValueError):
    """The file holds no table that is known; the text is a Vietnamese sentence for the user."""


@dataclass(frozen=True, slots=True)
class Cell:
    """``text`` in Unicode, cleaned; ``name`` as Excel calls it; ``error`` where it cannot be read."""

    text: str = ""
    name: str = ""
    error: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    number: int
    cells: tuple[Cell, ...]

    def text(self, column: int | None) -> str:
        return self.cells[column].text if column is not None and column < len(self.cells) else ""

    def cell(self, column: int | None) -> Cell:
        here = column is not None and column < len(self.cells)
        return self.cells[column] if here else Cell()  # type: ignore[index]


@dataclass(frozen=True, slots=True)
class Table:
    """The lines of one sheet that hold anything."""

    title: str
    lines: tuple[Line, ...]


@dataclass(slots=True)
class _Raw:
    text: str
    coding: str | None
    is_capital: bool
    name: str
    error: str = ""


def read_table(file: IO[bytes]) -> list[Table]:
    """The sheets of ``file``, which was checked (:mod:`core.files.tables`), with something in them.

    Raises :class:`TableError`.
    """
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # what openpyxl does not keep is not looked at either
        try:
            found = list(_sheets(file))
        except TableError:
            raise
        except Exception as error:  # openpyxl fails in many ways on what only looks like a table
            raise TableError(tables.DAMAGED) from error
    if not found:
        raise TableError("Tệp này không có dòng nào, đồng chí chọn tệp khác.")
    return found


def _sheets(file: IO[bytes]) -> Iterator[Table]:
    file.seek(0)
    values = load_workbook(file, read_only=True, data_only=True, keep_links=False)
    formulas = load_workbook(file, read_only=True, keep_links=False)
    try:
        for sheet in values.worksheets[:MAX_SHEETS]:
            if sheet.sheet_state != "visible":
                continue
            raw = list(_lines(sheet, formulas[sheet.title]))
            if raw:
                yield Table(sheet.title, _decoded(raw))
    finally:
        values.close()
        formulas.close()


def _lines(sheet: Any, formulas: Any) -> Iterator[tuple[int, list[_Raw]]]:
    for one in (sheet, formulas):
        one.reset_dimensions()  # what the file claims of its size is not believed
    count = 0
    pairs = zip(
        sheet.iter_rows(max_col=MAX_COLUMNS), formulas.iter_rows(max_col=MAX_COLUMNS), strict=False
    )
    for number, (row, typed) in enumerate(pairs, 1):
        if number > MAX_LINES:
            raise TableError(TOO_LONG)
        cells = [
            _raw(cell, typed[index] if index < len(typed) else None, number, index)
            for index, cell in enumerate(row)
        ]
        if not any(cell.text or cell.error for cell in cells):
            continue
        count += 1
        if count > MAX_ROWS:
            raise TableError(TOO_LONG)
        yield number, cells


def _raw(cell: Any, typed: Any, number: int, index: int) -> _Raw:
    name = f"{get_column_letter(index + 1)}{number}"
    value = cell.value
    is_formula = typed is not None and getattr(typed, "data_type", "") == "f"
    if is_formula and value is None:
        return _Raw("", None, False, name, NO_VALUE)
    if cell.value is None:
        return _Raw("", None, False, name)
    if getattr(cell, "data_type", "") == "e":
        return _Raw("", None, False, name, f"ô báo lỗi {value} của Excel, đồng chí gõ lại")
    font = cell.font.name if isinstance(value, str) else None
    return _Raw(_text(value)[:MAX_TEXT], legacy.of_font(font), legacy.is_capital_font(font), name)


def _text(value: Any) -> str:
    if isinstance(value, dt.datetime):
        return format_date(value.date())
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    text = str(value)
    return unescape(text) if "_x" in text else text


def _decoded(raw: list[tuple[int, list[_Raw]]]) -> tuple[Line, ...]:
    """Texts of old codings in Unicode: by the font of the cell, else by the look of the sheet."""
    whole = legacy.guess("\n".join(cell.text for _, cells in raw for cell in cells if cell.text))
    return tuple(
        Line(number, tuple(Cell(_unicode(c, whole), c.name, c.error) for c in cells))
        for number, cells in raw
    )


def _unicode(cell: _Raw, whole: str | None) -> str:
    coding = cell.coding or whole
    text = legacy.convert(cell.text, coding) if coding else cell.text
    return clean(text.upper() if cell.is_capital else text)
