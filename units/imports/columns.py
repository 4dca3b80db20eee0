"""Which line is the header, and which column means what: by meaning, not by place."""

from __future__ import annotations

import enum
import re
from collections.abc import Mapping
from dataclasses import dataclass

from core.text import fold
from units.imports.cells import Line, Table, TableError

LOOKED_AT = 30  # lines from the top in which a header is sought
MOST_PRIVATE = 2


class Meaning(enum.StrEnum):
    UNIT = "unit"
    SHORT = "short"
    CODE = "code"
    KIND = "kind"
    OPENED = "opened"
    PERSON = "person"
    PHONE = "phone"


LABELS = {
    Meaning.UNIT: "Tên đơn vị",
    Meaning.SHORT: "Tên gọn",
    Meaning.CODE: "Mã",
    Meaning.KIND: "Loại",
    Meaning.OPENED: "Hoạt động từ ngày",
    Meaning.PERSON: "Họ và tên bí thư",
    Meaning.PHONE: "Số điện thoại",
}
_PATTERNS = (
    (None, re.compile(r"\bpho bi thu\b|\bpbt\b|\bp\.? ?bi thu\b|\bpho\b|\bcap pho\b")),
    (Meaning.PHONE, re.compile(r"\bsdt\b|dien thoai|\bdt\b|di dong|\bzalo\b|\bdtdd\b|so may")),
    (None, re.compile(r"dang vien|ghi chu|dia chi|chuc vu|so luong|^(?:stt|tt|so tt)\b")),
    (Meaning.SHORT, re.compile(r"ten gon|ten tat|viet tat")),
    (Meaning.CODE, re.compile(r"^ma\b|\bky hieu\b")),
    (Meaning.KIND, re.compile(r"\bloai\b")),
    (Meaning.OPENED, re.compile(r"tu ngay|thanh lap")),
    (Meaning.PERSON, re.compile(r"bi thu|ho va ten|ho ten|ho, ten|nguoi bao cao|dung dau")),
    (Meaning.UNIT, re.compile(r"chi bo|don vi|to dan pho|\btdp\b|dang bo|to chuc")),
)
# What only a list of members has; the portal keeps nothing of the kind.
_PRIVATE = re.compile(
    r"ngay sinh|nam sinh|sinh ngay|cccd|cmnd|can cuoc|vao dang|the dang|que quan|dan toc|"
    r"ton giao|chinh thuc ngay|so the\b"
)


@dataclass(frozen=True, slots=True)
class Header:
    """The sheet, the titles by column, what each means, and the lines of data below."""

    titles: tuple[str, ...]
    columns: dict[Meaning, int]
    lines: tuple[Line, ...]


def find_header(tables: list[Table]) -> Header:
    """The header that names the most, in the first sheet that has one.

    Raises :class:`~units.imports.cells.TableError` for a table without a column of units, and
    for a list of members.
    """
    for table in tables:
        if (found := _best(table)) is not None:
            if sum(bool(_PRIVATE.search(fold(title))) for title in found.titles) >= MOST_PRIVATE:
                raise TableError(
                    "Đây là danh sách đảng viên (có ngày sinh, số thẻ, ngày vào Đảng…). Cổng chỉ "
                    "nhận đơn vị và bí thư; đồng chí bỏ các cột và dòng của đảng viên rồi chọn lại."
                )
            return found
    raise TableError(
        "Không nhận ra bảng: cần một dòng tiêu đề có cột “Tên chi bộ” hoặc “Tên đơn vị”."
    )


def chosen(header: Header, wanted: Mapping[str, str]) -> dict[Meaning, int]:
    """The columns as somebody chose them on the page; those found where nothing was chosen."""
    columns = dict(header.columns)
    for meaning in Meaning:
        text = wanted.get(f"cot-{meaning}", "")
        if text == "khong" and meaning != Meaning.UNIT:
            columns.pop(meaning, None)
        elif text.isascii() and text.isdigit() and int(text[:4]) < len(header.titles):
            columns[meaning] = int(text[:4])
    return columns


def _best(table: Table) -> Header | None:
    best: tuple[int, Header] | None = None
    for index, line in enumerate(table.lines[:LOOKED_AT]):
        one = tuple(cell.text for cell in line.cells)
        below = table.lines[index + 1] if index + 1 < len(table.lines) else None
        candidates = [(one, index + 1)]
        if below is not None and below.number == line.number + 1:
            candidates.append((_two_lines(line, below), index + 2))
        for titles, start in candidates:
            columns = _meanings(titles)
            score = len(columns)
            if Meaning.UNIT in columns and score > 1 and (best is None or score > best[0]):
                best = (score, Header(titles, columns, table.lines[start:]))
    return best[1] if best else None


def _two_lines(upper: Line, lower: Line) -> tuple[str, ...]:
    """“Bí thư” over “Họ và tên” and “SĐT”: a merged cell has its text in the first one alone."""
    titles, above = [], ""
    for column in range(max(len(upper.cells), len(lower.cells))):
        over, under = upper.text(column), lower.text(column)
        above = over or (above if under else "")
        titles.append(f"{above} {under}".strip())
    return tuple(titles)


def _meanings(titles: tuple[str, ...]) -> dict[Meaning, int]:
    """The first column of each meaning; one of the secretary before one of any name."""
    found: dict[Meaning, int] = {}
    for column, title in enumerate(titles):
        meaning = _meaning(title)
        if meaning is None:
            continue
        is_better = meaning == Meaning.PERSON and "bi thu" in fold(title)
        held = found.get(meaning)
        if held is None or (is_better and "bi thu" not in fold(titles[held])):
            found[meaning] = column
    return found


def _meaning(title: str) -> Meaning | None:
    key = fold(title)
    if not key or len(key) > 60:
        return None  # a sentence above the table, no title of a column
    return next((meaning for meaning, pattern in _PATTERNS if pattern.search(key)), None)
