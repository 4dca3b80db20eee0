"""The office's forms for what becomes of units."""

from __future__ import annotations

import datetime as dt
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError

from core.forms import MonthField, PlainTextField, VietnameseDateField
from core.text import PhoneFormatError, parse_phone
from units.changes import Change, Kind, Part
from units.changes.asked import first_month
from units.handover import HandOver
from units.models import Unit

NAME, SHORT, CODE = 200, 60, 20
MAX_PARTS = 12


class UnitChoice(forms.ModelChoiceField):
    default_error_messages = {
        "invalid_choice": "Không thấy đơn vị này, đồng chí chọn lại trong danh sách.",
        "required": "Chưa chọn đơn vị, đồng chí chọn một đơn vị trong danh sách.",
    }

    def __init__(self, *args: Any, empty_label: str = "Chọn một đơn vị", **kwargs: Any) -> None:
        super().__init__(*args, empty_label=empty_label, **kwargs)


class ChangeForm(forms.Form):
    """What every step has: from when, by which decision, why, and what the preview showed."""

    kind: ClassVar[Kind]
    use_required_attribute = False
    on = VietnameseDateField(
        label="Từ ngày", help_text="Ngày ghi trong quyết định. Ví dụ: 1/7/2026."
    )
    reports_from = MonthField(
        label="Báo cáo theo đơn vị mới từ tháng",
        required=False,
        help_text="Để trống: từ tháng của ngày trên. Tháng đã qua không đổi.",
    )
    decision = PlainTextField(
        label="Số quyết định, nghị quyết",
        required=False,
        max_length=120,
        help_text="Ví dụ: 12-NQ/ĐU ngày 25/6/2026.",
    )
    reason = PlainTextField(
        label="Lý do, ghi chú",
        required=False,
        multiline=True,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, ward: Unit, units: Any, today: dt.date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.ward, self.today = ward, today
        for field in self.fields.values():
            if isinstance(field, forms.ModelChoiceField):
                field.queryset = units

    def change(self) -> Change:
        """The step that was asked for; the form is valid."""
        data = self.cleaned_data
        since = data.get("reports_from") or first_month(data["on"], self.today)
        return Change(
            kind=self.kind,
            ward=self.ward,
            on=data["on"],
            reports_from=since,
            decision=data["decision"],
            reason=data["reason"],
            **self.parts_of(data),
        )

    def parts_of(self, data: dict[str, Any]) -> dict[str, Any]:
        raise NotImplementedError


class _Named(forms.Form):
    name = PlainTextField(label="Tên mới", max_length=NAME)
    short_name = PlainTextField(
        label="Tên gọn", required=False, max_length=SHORT, help_text="Dùng ở chỗ chật."
    )
    code = PlainTextField(label="Mã", required=False, max_length=CODE, help_text="Ví dụ: CB12.")

    def part(self, data: dict[str, Any], **more: Any) -> Part:
        return Part(data["name"], data["short_name"], data["code"], **more)


class OpenForm(ChangeForm, _Named):
    kind = Kind.OPEN
    unit_kind = forms.ChoiceField(
        label="Loại",
        choices=[one for one in Unit.Kind.choices if one[0] != Unit.Kind.WARD],
        initial=Unit.Kind.RESIDENTIAL_CELL,
    )
    owes = forms.BooleanField(label="Phải báo cáo hằng tháng", required=False, initial=True)
    field_order = ["name", "short_name", "code", "unit_kind", "on", "owes", "reports_from"]

    def parts_of(self, data: dict[str, Any]) -> dict[str, Any]:
        return {"parts": (self.part(data, kind=data["unit_kind"], owes=data["owes"]),)}


class RenameForm(ChangeForm, _Named):
    kind = Kind.RENAME
    unit = UnitChoice(label="Đơn vị", queryset=Unit.objects.none())
    reports_from = None
    field_order = ["unit", "name", "short_name", "code", "on"]

    def parts_of(self, data: dict[str, Any]) -> dict[str, Any]:
        return {"old": (data["unit"],), "parts": (self.part(data),)}


class MergeForm(ChangeForm, _Named):
    kind = Kind.MERGE
    units = forms.ModelMultipleChoiceField(
        label="Đơn vị thôi hoạt động",
        queryset=Unit.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "required": "Chưa chọn đơn vị nào, đồng chí đánh dấu các đơn vị sáp nhập.",
            "invalid_choice": "Không thấy đơn vị này, đồng chí chọn lại trong danh sách.",
            "invalid_pk_value": "Không thấy đơn vị này, đồng chí chọn lại trong danh sách.",
        },
    )
    into = UnitChoice(
        label="Nhập vào đơn vị",
        queryset=Unit.objects.none(),
        required=False,
        empty_label="Lập đơn vị mới, tên ghi ở dưới",
        help_text="Chọn khi một đơn vị giữ nguyên và nhận thêm; đơn vị đó không đánh dấu ở trên.",
    )
    name = PlainTextField(label="Tên đơn vị mới", required=False, max_length=NAME)
    field_order = ["units", "into", "name", "short_name", "code", "on", "reports_from"]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if self.errors:
            return data
        if data.get("into") and data.get("name"):
            self.add_error("name", "Nhập vào đơn vị đang có thì để trống ô này.")
        elif not data.get("into") and not data.get("name"):
            self.add_error("name", "Chưa có tên, đồng chí ghi tên đơn vị mới.")
        return data

    def parts_of(self, data: dict[str, Any]) -> dict[str, Any]:
        old = tuple(data["units"])
        if data["into"]:
            return {"old": old, "into": data["into"]}
        owes = any(unit.duties.exists() for unit in old)
        return {"old": old, "parts": (self.part(data, kind=old[0].kind, owes=owes),)}


class SplitForm(ChangeForm):
    kind = Kind.SPLIT
    unit = UnitChoice(label="Đơn vị", queryset=Unit.objects.none())
    names = PlainTextField(
        label="Tên các đơn vị mới",
        multiline=True,
        max_length=MAX_PARTS * NAME,
        help_text="Mỗi dòng một tên, ít nhất hai dòng.",
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    field_order = ["unit", "names", "on", "reports_from"]

    def clean_names(self) -> list[str]:
        names = [name for line in self.cleaned_data["names"].splitlines() if (name := line.strip())]
        if any(len(name) > NAME for name in names):
            raise ValidationError("Có dòng dài quá 200 ký tự, hãy ghi ngắn lại.")
        if len(names) > MAX_PARTS:
            raise ValidationError(f"Nhiều hơn {MAX_PARTS} dòng, hãy xem lại.")
        return names

    def parts_of(self, data: dict[str, Any]) -> dict[str, Any]:
        unit = data["unit"]
        owes = unit.duties.exists()
        parts = (Part(name, kind=unit.kind, owes=owes) for name in data["names"])
        return {"old": (unit,), "parts": tuple(parts)}


class CloseForm(ChangeForm):
    kind = Kind.CLOSE
    unit = UnitChoice(label="Đơn vị", queryset=Unit.objects.none())
    reports_from = MonthField(
        label="Không phải báo cáo từ tháng",
        required=False,
        help_text="Để trống: từ tháng của ngày trên. Tháng đã qua không đổi.",
    )
    field_order = ["unit", "on", "reports_from"]

    def parts_of(self, data: dict[str, Any]) -> dict[str, Any]:
        return {"old": (data["unit"],)}


class HandOverForm(forms.Form):
    """The new secretary of a unit."""

    use_required_attribute = False
    full_name = PlainTextField(label="Họ và tên bí thư mới", max_length=120)
    phone = forms.CharField(
        label="Số điện thoại",
        max_length=40,
        help_text="Ví dụ: 0912 345 678.",
        error_messages={"required": "Chưa có số điện thoại, hãy nhập đủ 10 chữ số."},
        widget=forms.TextInput(attrs={"inputmode": "tel", "autocomplete": "off"}),
    )
    on = VietnameseDateField(label="Nhận việc từ ngày")
    decision = PlainTextField(
        label="Số quyết định, nghị quyết",
        required=False,
        max_length=120,
        help_text="Ví dụ: 15-QĐ/ĐU ngày 20/6/2026.",
    )
    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    def clean_phone(self) -> str:
        try:
            return parse_phone(self.cleaned_data["phone"])
        except PhoneFormatError as error:
            raise ValidationError(str(error)) from error

    def asked(self, unit: Unit) -> HandOver:
        data = self.cleaned_data
        return HandOver(unit, data["full_name"], data["phone"], data["on"], data["decision"])


FORMS: dict[str, type[ChangeForm]] = {
    form.kind: form for form in (OpenForm, RenameForm, MergeForm, SplitForm, CloseForm)
}
