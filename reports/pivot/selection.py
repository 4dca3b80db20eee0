"""What the officer asks: which figure, over which two axes, of which months and units."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from enum import StrEnum

from core.text import next_month
from reports.models import Indicator
from units.models import Unit, UnitGroup

MOST_MONTHS = 60
MOST_COLUMNS = 60


class Dimension(StrEnum):
    """A way to lay out rows or columns; the value stands in the address."""

    UNIT = "don-vi"
    GROUP = "nhom"
    INDICATOR = "chi-tieu"
    MONTH = "thang"
    QUARTER = "quy"
    HALF = "nua-nam"
    YEAR = "nam"
    CONTENT = "noi-dung"
    NONE = "khong"

    @property
    def words(self) -> str:
        return DIMENSIONS[self]

    @property
    def family(self) -> str:
        """Rows and columns are of two families: months in quarters say nothing new."""
        if self in (Dimension.UNIT, Dimension.GROUP):
            return "unit"
        return "time" if self.is_time else self.value

    @property
    def is_time(self) -> bool:
        return self in (Dimension.MONTH, Dimension.QUARTER, Dimension.HALF, Dimension.YEAR)


DIMENSIONS = {
    Dimension.UNIT: "đơn vị",
    Dimension.GROUP: "nhóm đơn vị",
    Dimension.INDICATOR: "chỉ tiêu",
    Dimension.MONTH: "tháng",
    Dimension.QUARTER: "quý",
    Dimension.HALF: "nửa năm",
    Dimension.YEAR: "năm",
    Dimension.CONTENT: "nội dung tuyên truyền",
    Dimension.NONE: "không chia cột",
}


class Measure(StrEnum):
    """The figure in the cells."""

    VALUE = "so"
    ON_TIME = "dung-han"
    RECEIVED = "so-bao-cao"
    COVERED = "noi-dung"

    @property
    def words(self) -> str:
        return MEASURES[self]

    @property
    def dimensions(self) -> frozenset[Dimension]:
        """The axes, beside units and time, along which the figure can be split."""
        extra = {
            Measure.VALUE: Dimension.INDICATOR,
            Measure.RECEIVED: Dimension.CONTENT,
        }.get(self)
        return frozenset({extra} if extra else ())


MEASURES = {
    Measure.VALUE: "số liệu của chỉ tiêu",
    Measure.ON_TIME: "tỷ lệ nộp đúng hạn",
    Measure.RECEIVED: "số báo cáo đã nhận",
    Measure.COVERED: "số nội dung đã tuyên truyền",
}
DEFINITIONS = {
    Measure.COVERED: "Đếm số nội dung khác nhau của các kế hoạch mà báo cáo đã nhận trong kỳ có "
    "nêu; một nội dung nhiều đơn vị cùng làm chỉ đếm một lần. Chưa nhận báo cáo nào thì để trống.",
}


@dataclass(frozen=True)
class Selection:
    """A valid question. ``first`` and ``last`` are first days of months, both within."""

    ward: Unit
    rows: Dimension
    columns: Dimension
    measure: Measure
    first: dt.date
    last: dt.date
    indicators: tuple[Indicator, ...] = ()
    group: UnitGroup | None = None
    kind: str = ""
    groups: tuple[UnitGroup, ...] = field(default=(), compare=False)

    @property
    def months(self) -> list[dt.date]:
        months = [self.first]
        while months[-1] < self.last:
            months.append(next_month(months[-1]))
        return months

    def uses(self, *dimensions: Dimension) -> bool:
        return self.rows in dimensions or self.columns in dimensions

    @property
    def is_by_unit(self) -> bool:
        return self.uses(Dimension.UNIT, Dimension.GROUP)

    @property
    def is_by_time(self) -> bool:
        return self.rows.is_time or self.columns.is_time

    @property
    def is_narrowed(self) -> bool:
        return bool(self.group or self.kind)

    @property
    def unit_of_measure(self) -> str:
        if self.measure is Measure.VALUE:
            if self.uses(Dimension.INDICATOR) or not self.indicators:
                return ""
            return self.indicators[0].unit_of_measure
        return {Measure.RECEIVED: "báo cáo", Measure.COVERED: "nội dung"}.get(self.measure, "")
