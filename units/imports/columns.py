"""What the columns of a list of units and people mean."""

from __future__ import annotations

import enum
import re
from collections.abc import Mapping

from core import imports
from core.imports import Header, Meanings, Table, TableError, best_header
from core.text import fold

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
MEANINGS = Meanings(_PATTERNS, needed=Meaning.UNIT, preferred={Meaning.PERSON: "bi thu"})
# What only a list of members has; the portal keeps nothing of the kind.
_PRIVATE = re.compile(
    r"ngay sinh|nam sinh|sinh ngay|cccd|cmnd|can cuoc|vao dang|the dang|que quan|dan toc|"
    r"ton giao|chinh thuc ngay|so the\b"
)


def find_header(tables: list[Table]) -> Header:
    """The header that names the most, in the first sheet that has one.

    Raises :class:`~core.imports.TableError` for a table without a column of units, and
    for a list of members.
    """
    for table in tables:
        if (found := best_header(table, MEANINGS)) is not None:
            if sum(bool(_PRIVATE.search(fold(title))) for title in found.titles) >= MOST_PRIVATE:
                raise TableError(
                    "Đây là danh sách đảng viên (có ngày sinh, số thẻ, ngày vào Đảng…). Cổng chỉ "
                    "nhận đơn vị và bí thư; đồng chí bỏ các cột và dòng của đảng viên rồi chọn lại."
                )
            return found
    raise TableError(
        "Không nhận ra bảng: cần một dòng tiêu đề có cột “Tên chi bộ” hoặc “Tên đơn vị”."
    )


def chosen(header: Header, wanted: Mapping[str, str]) -> dict[str, int]:
    """The columns as somebody chose them on the page; those found where nothing was chosen."""
    return imports.chosen(header, wanted, Meaning, needed=Meaning.UNIT)
