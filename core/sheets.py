"""Tables as .xlsx files: written row by row in little memory, every text as a text.

One sheet, with lines of title above where wanted, a header that stays in sight, and rows that
are written as they come: a generator of a hundred thousand rows costs no more memory than ten.
Nothing that a person typed becomes a formula, a link or a number: texts are written as strings,
and a cell that begins like a formula carries Excel's own "quote prefix", so that it does not
turn into one when someone edits it.
"""

from __future__ import annotations

import datetime as dt
import enum
import re
import tempfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import IO, Any

import xlsxwriter
from django.utils import timezone
from xlsxwriter.exceptions import XlsxFileError
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

CONTENT_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
MAX_ROWS = 1_048_576  # of one sheet, title and header counted
MAX_TEXT = 32_767  # characters of a cell, as Excel counts them: UTF-16 units

# Kept are tabs and line ends; what XML refuses or nobody sees goes.
_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_LIKE_A_FORMULA = ("=", "+", "-", "@", "\t")
_SHEET_NAME = re.compile(r"[\[\]:*?/\\']")
_OPTIONS = {
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}
_FONT = {"font_name": "Times New Roman", "font_size": 12}
_CELL = _FONT | {"valign": "top"}


class Kind(enum.StrEnum):
    TEXT = "text"  # also what looks like a number: phones, codes
    COUNT = "count"  # a whole number
    DECIMAL = "decimal"  # at most two places
    RATE = "rate"  # a share of one, shown in percent
    DATE = "date"  # dt.date, shown as 28/11/2026
    MONTH = "month"  # dt.date, shown as 11/2026
    MOMENT = "moment"  # an aware dt.datetime, shown in the ward's time as 28/11/2026 08:05


_NUMBER_FORMATS = {
    Kind.TEXT: "@",
    Kind.COUNT: "#,##0",
    Kind.DECIMAL: "#,##0.##",
    Kind.RATE: "0.0%",
    Kind.DATE: "dd/mm/yyyy",
    Kind.MONTH: "mm/yyyy",
    Kind.MOMENT: "dd/mm/yyyy hh:mm",
}
_WIDTHS = {
    Kind.TEXT: 28,
    Kind.COUNT: 12,
    Kind.DECIMAL: 12,
    Kind.RATE: 10,
    Kind.DATE: 12,
    Kind.MONTH: 10,
    Kind.MOMENT: 17,
}


@dataclass(frozen=True, slots=True)
class Column:
    """``title`` in Vietnamese; ``width`` in characters, by the kind where left out."""

    title: str
    kind: Kind = Kind.TEXT
    width: float | None = None


class TooManyRowsError(ValueError):
    """More rows than a sheet has; the text is a Vietnamese sentence for the user."""


def write_sheet(
    file: IO[bytes] | Path,
    *,
    name: str,
    columns: Sequence[Column],
    rows: Iterable[Sequence[Any]],
    heading: Sequence[str] = (),
) -> int:
    """Write one sheet to ``file``, open for bytes, or a path; gives the number of ``rows``.

    ``name`` is the sheet's; ``heading`` are lines above the header. A row has one value per
    column, of its kind; ``None`` and "" leave the cell empty, and a text in a column of another
    kind stays a text ("chưa có"). Rows are written as they come and not kept.

    Raises :class:`TooManyRowsError` and, when the disk is full, :class:`OSError`.
    """
    with tempfile.TemporaryDirectory() as scratch:
        book = xlsxwriter.Workbook(file, _OPTIONS | {"tmpdir": scratch})
        sheet = book.add_worksheet(sheet_name(name))
        try:
            count = _Writer(book, sheet, columns).write(heading, rows)
        except BaseException:
            sheet.row_data_fh.close()
            raise
        try:
            book.close()
        except XlsxFileError as error:
            raise OSError(str(error)) from error
    return count


def write_book(file: IO[bytes], sheets: Sequence[tuple[str, Sequence[Column]]]) -> None:
    """Empty tables to be filled in, one sheet each: name and columns."""
    with tempfile.TemporaryDirectory() as scratch:
        book = xlsxwriter.Workbook(file, _OPTIONS | {"tmpdir": scratch})
        for name, columns in sheets:
            _Writer(book, book.add_worksheet(sheet_name(name)), columns).write((), ())
        book.close()


def sheet_name(name: str) -> str:
    """``name`` as Excel takes it for a sheet: at most 31 characters, without its own signs."""
    return _SHEET_NAME.sub(" ", text_value(name)).strip()[:31] or "Bảng"


def text_value(text: str) -> str:
    """``text`` as a cell can hold it: no control characters, cut with "…" at Excel's limit."""
    text = _CONTROLS.sub("", text)
    if len(text) * 2 > MAX_TEXT and len(text.encode("utf-16-le")) // 2 > MAX_TEXT:
        text = text.encode("utf-16-le")[: 2 * (MAX_TEXT - 1)].decode("utf-16-le", "ignore") + "…"
    if text.startswith("<r>") and text.endswith("</r>"):
        return text[: MAX_TEXT - 1] + " "  # the writer would take it for its own mark-up
    return text


class _Writer:
    """The formats of a book and what puts rows into its only sheet."""

    def __init__(self, book: Any, sheet: Worksheet, columns: Sequence[Column]) -> None:
        self.sheet, self.columns = sheet, columns
        self.formats = [
            book.add_format(
                _CELL | _look(column.kind) | {"num_format": _NUMBER_FORMATS[column.kind]}
            )
            for column in columns
        ]
        # With the format of a fraction Excel prints "74." for 74.
        self.whole: Format = book.add_format(
            _CELL | _look(Kind.COUNT) | {"num_format": _NUMBER_FORMATS[Kind.COUNT]}
        )
        self.text: Format = book.add_format(_CELL | {"num_format": "@", "text_wrap": True})
        self.quoted: Format = book.add_format(
            _CELL | {"num_format": "@", "text_wrap": True, "quote_prefix": True}
        )
        self.title: Format = book.add_format(_FONT | {"bold": True, "font_size": 14})
        self.head: Format = book.add_format(
            _FONT
            | {
                "bold": True,
                "text_wrap": True,
                "valign": "vcenter",
                "align": "center",
                "border": 1,
                "bg_color": "#F1EDE4",
            }
        )

    def write(self, heading: Sequence[str], rows: Iterable[Sequence[Any]]) -> int:
        for index, column in enumerate(self.columns):
            self.sheet.set_column(index, index, column.width or _WIDTHS[column.kind])
        top = len(heading)
        for line, words in enumerate(heading):
            self.sheet.write_string(line, 0, text_value(words), self.title)
        for index, column in enumerate(self.columns):
            self.sheet.write_string(top, index, text_value(column.title), self.head)
        self.sheet.freeze_panes(top + 1, 0)
        self.sheet.repeat_rows(top)
        self.sheet.set_landscape()
        self.sheet.set_paper(9)  # A4
        self.sheet.fit_to_pages(1, 0)
        count = self._write_rows(top + 1, rows)
        self.sheet.autofilter(top, 0, top + count, len(self.columns) - 1)
        return count

    def _write_rows(self, first: int, rows: Iterable[Sequence[Any]]) -> int:
        count = 0
        for row in rows:
            line = first + count
            if line >= MAX_ROWS:
                raise TooManyRowsError(
                    "Danh sách dài hơn một bảng Excel chứa được, đồng chí lọc bớt rồi xuất lại."
                )
            for index, (value, column) in enumerate(zip(row, self.columns, strict=True)):
                if value is not None and value != "":
                    self._write_cell(line, index, value, column.kind)
            count += 1
        return count

    def _write_cell(self, line: int, index: int, value: Any, kind: Kind) -> None:
        if isinstance(value, bool):
            value = "có" if value else "không"
        if kind is Kind.TEXT or not isinstance(value, (int, float, Decimal, dt.date)):
            text = text_value(str(value))
            look = self.quoted if text.startswith(_LIKE_A_FORMULA) else self.text
            self.sheet.write_string(line, index, text, look)
        elif isinstance(value, dt.date):
            self.sheet.write_datetime(line, index, _plain(value), self.formats[index])
        else:
            is_whole = kind is Kind.DECIMAL and value == int(value)
            look = self.whole if is_whole else self.formats[index]
            self.sheet.write_number(line, index, float(value), look)


def _look(kind: Kind) -> dict[str, Any]:
    return {"text_wrap": True} if kind is Kind.TEXT else {"align": "right"}


def _plain(value: dt.date) -> dt.date:
    """A moment in the ward's time without its zone, which Excel does not know."""
    if isinstance(value, dt.datetime) and timezone.is_aware(value):
        return timezone.localtime(value).replace(tzinfo=None)
    return value
