"""The question of the comparison page; its address is the whole state."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms

from core.forms import MonthField
from core.text import format_month
from reports.models import Indicator
from reports.pivot import MOST_MONTHS, Dimension, Measure, Selection
from reports.pivot.axes import retired
from reports.pivot.charting import KINDS
from reports.pivot.selection import DIMENSIONS, MEASURES
from units.models import Unit, UnitGroup

ROWS = [(one.value, words) for one, words in DIMENSIONS.items() if one is not Dimension.NONE]
COLUMNS = [(one.value, words) for one, words in DIMENSIONS.items()]
UNKNOWN = "Lựa chọn này không có, đồng chí chọn lại trong danh sách."


class PivotForm(forms.Form):
    """``indicators`` and ``groups`` are the ward's; ``current`` is the newest month asked for."""

    use_required_attribute = False

    def __init__(
        self,
        data: Any,
        *,
        ward: Unit,
        indicators: list[Indicator],
        groups: list[UnitGroup],
        current: dt.date,
    ) -> None:
        super().__init__(data)
        self.ward, self.indicators, self.groups, self.current = ward, indicators, groups, current
        self.fields.update(self._layout() | self._scope())
        for field in self.fields.values():
            field.error_messages["invalid_choice"] = UNKNOWN
        self.fields["chi-tieu"].error_messages["invalid_choice"] = (
            "Phường không có chỉ tiêu này, đồng chí chọn lại trong danh sách."
        )

    def _layout(self) -> dict[str, forms.Field]:
        measures = [(one.value, words) for one, words in MEASURES.items()]
        return {
            "so-lieu": forms.ChoiceField(label="Số nào", choices=measures),
            "hang": forms.ChoiceField(label="Hàng", choices=ROWS),
            "cot": forms.ChoiceField(label="Cột", choices=COLUMNS),
            "tu": MonthField(label="Từ tháng"),
            "den": MonthField(label="Đến tháng"),
            "bieu-do": forms.ChoiceField(
                label="Biểu đồ", choices=list(KINDS.items()), required=False
            ),
        }

    def _scope(self) -> dict[str, forms.Field]:
        chosen = forms.MultipleChoiceField(
            label="Chỉ tiêu",
            required=False,
            choices=[(str(one.pk), _name(one)) for one in self.indicators],
            widget=forms.CheckboxSelectMultiple,
        )
        groups = [("", "mọi nhóm"), *((str(one.pk), one.name) for one in self.groups)]
        return {
            "chi-tieu": chosen,
            "nhom": forms.ChoiceField(label="Nhóm đơn vị", choices=groups, required=False),
            "loai": forms.ChoiceField(
                label="Loại đơn vị",
                choices=[("", "mọi loại"), *_kinds()],
                required=False,
            ),
        }

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        self._check_axes(data)
        self._check_time(data)
        return data

    def _check_axes(self, data: dict[str, Any]) -> None:
        if not {"so-lieu", "hang", "cot"} <= set(data):
            return
        measure = Measure(data["so-lieu"])
        rows, columns = Dimension(data["hang"]), Dimension(data["cot"])
        if rows.family == columns.family:
            self.add_error(
                "cot",
                "Hàng và cột đang chia cùng một cách, đồng chí chọn cột khác.",
            )
        for name, one in (("hang", rows), ("cot", columns)):
            splits = one in (Dimension.INDICATOR, Dimension.CONTENT)
            if splits and one not in measure.dimensions:
                self.add_error(name, f"“{measure.words}” không chia theo {one.words} được.")
        by_indicator = Dimension.INDICATOR in (rows, columns)
        if measure is Measure.VALUE and not by_indicator and len(data.get("chi-tieu", [])) > 1:
            self.add_error(
                "chi-tieu",
                "Số của các chỉ tiêu khác nhau không cộng với nhau: đồng chí chọn một chỉ tiêu, "
                "hoặc đưa chỉ tiêu vào hàng hay cột.",
            )

    def _check_time(self, data: dict[str, Any]) -> None:
        first, last = data.get("tu"), data.get("den")
        if not first or not last:
            return
        if first > last:
            self.add_error("tu", "Tháng đầu đứng sau tháng cuối, đồng chí đổi lại.")
        elif last > self.current:
            self.add_error(
                "den",
                f"{format_month(last).capitalize()} chưa đến kỳ; kỳ mới nhất là "
                f"{format_month(self.current)}.",
            )
        elif (last.year - first.year) * 12 + last.month - first.month >= MOST_MONTHS:
            self.add_error(
                "tu", f"Một bảng so sánh nhiều nhất {MOST_MONTHS} tháng, đồng chí chọn ngắn lại."
            )

    def selection(self) -> Selection:
        """What is asked; call it on a valid form alone."""
        data = self.cleaned_data
        rows, columns = Dimension(data["hang"]), Dimension(data["cot"])
        measure = Measure(data["so-lieu"])
        return Selection(
            ward=self.ward,
            rows=rows,
            columns=columns,
            measure=measure,
            first=data["tu"],
            last=data["den"],
            indicators=self._indicators(data, Dimension.INDICATOR in (rows, columns)),
            group=next((one for one in self.groups if str(one.pk) == data["nhom"]), None),
            kind=data["loai"],
            groups=tuple(self.groups),
        )

    def _indicators(self, data: dict[str, Any], are_split: bool) -> tuple[Indicator, ...]:
        """Those that are ticked; else all that the period asks for, or the first of them."""
        if Measure(data["so-lieu"]) is not Measure.VALUE:
            return ()
        ticked = [one for one in self.indicators if str(one.pk) in data["chi-tieu"]]
        if ticked:
            return tuple(ticked)
        asked = [
            one
            for one in self.indicators
            if one.starts_on <= data["den"] and (not one.ends_on or one.ends_on > data["tu"])
        ]
        return tuple(asked if are_split else asked[:1])


def periods_before(current: dt.date) -> list[tuple[str, dt.date, dt.date]]:
    """Ready periods that end with ``current``: this month, quarter, half-year, year, last year."""
    year = current.year
    quarter = current.replace(month=(current.month - 1) // 3 * 3 + 1)
    half = current.replace(month=1 if current.month <= 6 else 7)
    return [
        ("tháng này", current, current),
        ("quý này", quarter, current),
        ("nửa năm này", half, current),
        ("năm nay", dt.date(year, 1, 1), current),
        ("năm trước", dt.date(year - 1, 1, 1), dt.date(year - 1, 12, 1)),
        ("hai năm", dt.date(year - 1, 1, 1), current),
    ]


def _name(indicator: Indicator) -> str:
    past = retired(indicator)
    return f"{indicator.name} ({past})" if past else indicator.name


def _kinds() -> list[tuple[str, str]]:
    return [(key, words) for key, words in Unit.Kind.choices if key != Unit.Kind.WARD]
