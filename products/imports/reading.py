"""Which sheet of a workbook is which table, and its rows as values with their doubts."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import IO, Any

from core.imports import Header, Line, TableError, best_header, read_table
from core.sheets import write_book
from core.text import fold
from products.imports.kinds import TABLES, Part, Table

UNKNOWN = (
    "Không nhận ra bảng: cần một dòng tiêu đề có cột “Tên hàng” và “Loại hàng”, hoặc “Tên cơ sở”, "
    "“Tên nơi bán”, “Chương trình”. Đồng chí tải tệp mẫu rồi điền vào đó."
)


@dataclass
class Record:
    """A row of a table: values by the names of the columns, and what could not be read."""

    table: Table
    number: int
    values: dict[str, Any] = field(default_factory=dict)
    cells: dict[str, str] = field(default_factory=dict)
    errors: list[str] = field(default_factory=list)

    @property
    def name(self) -> str:
        return str(self.values.get("name") or self.values.get("product") or "")

    def where(self, name: str) -> str:
        return f"Ô {self.cells[name]}" if name in self.cells else f"Dòng {self.number}"

    def refuse(self, name: str, sentence: str) -> None:
        self.errors.append(f"{self.where(name)}: {sentence}")


def records(file: IO[bytes]) -> list[Record]:
    """All rows of the tables in ``file``. Raises :class:`core.imports.TableError`."""
    found: dict[str, tuple[Table, Header]] = {}
    for sheet in read_table(file):
        heads = [(table, best_header(sheet, table.meanings)) for table in TABLES]
        known = [(table, head) for table, head in heads if head is not None]
        if known:
            table, head = max(known, key=lambda one: len(one[1].columns))
            found.setdefault(table.name, (table, head))
    if not found:
        raise TableError(UNKNOWN)
    ordered = [found[table.name] for table in TABLES if table.name in found]
    return [record for table, head in ordered for record in _records(table, head)]


def _records(table: Table, head: Header) -> Iterator[Record]:
    for line in head.lines:
        texts = {part.name: _text(line, head, part) for part in table.parts}
        if not any(texts.values()) and not any(cell.error for cell in line.cells):
            continue
        if texts[table.needed] and fold(texts[table.needed]) == fold(
            head.titles[head.columns[table.needed]]
        ):
            continue  # the header again, on the next printed page
        yield _record(table, head, line, texts)


def _record(table: Table, head: Header, line: Line, texts: dict[str, str]) -> Record:
    record = Record(table, line.number)
    for part in table.parts:
        cell = line.cell(head.columns.get(part.name))
        text = texts[part.name]
        if cell.name:
            record.cells[part.name] = cell.name
        if cell.error:
            record.refuse(part.name, f"{cell.error}.")
        elif not text:
            if part.is_needed:
                record.refuse(part.name, f"chưa có {part.label}.")
        elif len(text) > part.limit:
            record.refuse(part.name, f"{part.label} dài quá {part.limit} ký tự.")
        else:
            _read(record, part, text)
    return record


def _read(record: Record, part: Part, text: str) -> None:
    try:
        record.values[part.name] = part.read(text)
    except ValueError as error:
        record.refuse(part.name, str(error))


def _text(line: Line, head: Header, part: Part) -> str:
    text = line.text(head.columns.get(part.name))
    return text if part.limit > 1000 else " ".join(text.split())


def template() -> bytes:
    """An empty workbook with the four tables, ready to be filled in."""
    file = io.BytesIO()
    write_book(file, [(table.title, table.columns) for table in TABLES])
    return file.getvalue()
