"""Tables: which column says what."""

import re
from dataclasses import dataclass

from core.text import fold

# First match wins: "Đơn vị phối hợp" is cooperating although it says "đơn vị".
KINDS = [
    ("number", r"^(?:stt|tt|so tt|so thu tu|no)\.?$"),
    ("note", r"ghi chu"),
    ("cooperating", r"phoi hop(?! (?:thuc hien )?noi dung)"),
    ("unit", r"chu tri|phu trach|don vi thuc hien|co quan thuc hien|nguoi thuc hien|bo phan"
             r"|phan cong|trach nhiem|^don vi$|^co quan$|don vi,|thuc hien boi"),
    ("deliverable", r"san pham|ket qua|dau ra"),
    ("due", r"thoi gian|thoi han|thoi diem|tien do|^moc|moc hoan thanh|hoan thanh|^han\b"),
    ("content", r"noi dung|cong viec|nhiem vu|hoat dong|dau viec|viec|chi tieu|muc tieu"),
]  # fmt: skip
COMBINED = re.compile(r"chu tri.{0,6}phoi hop")
HEADER_ROWS = 3
MIN_KINDS = 2


@dataclass(frozen=True, slots=True)
class TableRow:
    """A data row by its columns; texts are "" where the table has no such column.

    ``is_group``: a heading over rows ("I | Công tác tuyên truyền"), itself nothing to do.
    """

    content: str
    unit: str
    cooperating: str
    due: str
    deliverable: str
    is_group: bool = False


def column_kinds(cells: list[str] | tuple[str, ...]) -> dict[str, int]:
    """Kind -> column, for a row of column headings; the first column of a kind counts."""
    result: dict[str, int] = {}
    for index, cell in enumerate(cells):
        text = fold(cell)
        if not text or len(text) > 60:
            continue
        if COMBINED.search(text):
            result.setdefault("unit", index)
            continue
        for kind, pattern in KINDS:
            if re.search(pattern, text):
                result.setdefault(kind, index)
                break
    return result


def is_header(cells: list[str] | tuple[str, ...]) -> bool:
    kinds = column_kinds(cells)
    return len(kinds) >= MIN_KINDS and bool({"content", "unit", "number"} & kinds.keys())


def is_data_table(texts: list[list[str]]) -> bool:
    """Whether the rows of a Word table are records under column headings."""
    if len(texts) < 2:
        return False
    if any(is_header(row) for row in texts[:HEADER_ROWS]):
        return True
    first = " ".join(fold(cell) for row in texts for cell in row)
    is_layout = re.search(r"dang cong san|cong hoa xa hoi|noi nhan|t/m |tm\. ", first)
    return not is_layout and len(texts) >= 3 and max(map(len, texts)) >= 3


def record(cells: tuple[str, ...], kinds: dict[str, int]) -> TableRow:
    """``cells`` read under the columns ``kinds`` (from :func:`column_kinds`)."""

    def at(kind: str) -> str:
        index = kinds.get(kind)
        return cells[index].strip() if index is not None and index < len(cells) else ""

    content = at("content")
    if "content" not in kinds:
        rest = [c for i, c in enumerate(cells) if i not in kinds.values() and c.strip()]
        content = max(rest, key=len, default="")
    number = at("number").strip(" .")
    others = [
        c for i, c in enumerate(cells) if i not in (kinds.get("number"), kinds.get("content"))
    ]
    return TableRow(
        content=" ".join(content.split()),
        unit=at("unit"),
        cooperating=at("cooperating"),
        due=" ".join(at("due").split()),
        deliverable=" ".join(at("deliverable").split()),
        is_group=not any(c.strip() for c in others)
        and "unit" in kinds
        and re.fullmatch(r"[IVX]*|[A-HĐ]", number) is not None,
    )
