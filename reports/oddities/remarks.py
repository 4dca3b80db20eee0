"""The sentences about a report, and how much each of them weighs."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import IntEnum


class Weight(IntEnum):
    """The groups of the queue, in their order."""

    ASK = 0
    NOTE = 1
    CLEAN = 2

    @property
    def label(self) -> str:
        return {
            Weight.ASK: "Cần hỏi đơn vị",
            Weight.NOTE: "Để ý khi đọc",
            Weight.CLEAN: "Không có điểm cần để ý",
        }[self]

    @property
    def slug(self) -> str:
        return {Weight.ASK: "can-hoi", Weight.NOTE: "de-y", Weight.CLEAN: "sach"}[self]


@dataclass(frozen=True, slots=True)
class Remark:
    """One sentence for the reviewer."""

    text: str
    weight: Weight = Weight.ASK

    def __str__(self) -> str:
        return self.text


# What puts a report into which group, as the queue says it.
RULES = {
    Weight.ASK: (
        "Số liệu lạ mà đơn vị chưa xác nhận: có người dự nhưng không có buổi nào, hơn 500 người "
        "một buổi, gấp hơn 5 lần mức thường có trong sáu tháng của chính đơn vị hoặc gấp từ 10 lần "
        "tháng trước, có thể tính hai lần.",
        "Không phát sinh từ tháng thứ ba liền trở đi.",
        "Từ ba số liệu trở lên và tất cả giống hệt tháng trước.",
        "Ảnh trùng hoặc gần giống ảnh của báo cáo khác trong phường, trong 24 tháng.",
        "Một hoạt động có ở báo cáo của đơn vị khác: cùng ngày và cùng địa điểm (ghi từ bốn chữ "
        "trở lên), hoặc cùng ngày, cùng tên mà có đơn vị không ghi địa điểm.",
    ),
    Weight.NOTE: (
        "Số liệu lạ nhưng đơn vị đã được hỏi lại và xác nhận.",
        "Không phát sinh tháng thứ hai liền.",
        "Nộp muộn.",
        "Người khác nộp hộ, bí thư chưa xác nhận.",
    ),
}


def weight_of(remarks: Iterable[Remark]) -> Weight:
    """The group of a report with these remarks."""
    return min((remark.weight for remark in remarks), default=Weight.CLEAN)
