"""Finding an instrument, and writing whether it holds."""

from __future__ import annotations

from typing import Any

from django import forms

from core.forms import PlainTextField
from core.text import format_date
from plans.models import LegalInstrument

Status = LegalInstrument.Status


class InstrumentSearchForm(forms.Form):
    """Words and a status; what cannot be understood finds everything."""

    q = PlainTextField(label="Tìm số, cơ quan, nội dung", required=False, max_length=200)
    status = forms.ChoiceField(
        label="Hiệu lực",
        required=False,
        choices=[("", "tất cả"), *Status.choices],
    )


class InstrumentField(forms.ModelChoiceField):
    """Instruments with their day: numbers come again in every term of office."""

    def label_from_instance(self, obj: Any) -> str:
        return f"{obj}, {format_date(obj.issued_on)}" if obj.issued_on else str(obj)


class InstrumentForm(forms.Form):
    status = forms.ChoiceField(label="Hiệu lực", choices=Status.choices)
    successor = InstrumentField(
        label="Văn bản thay thế, chọn trong sổ",
        required=False,
        queryset=LegalInstrument.objects.none(),
        empty_label="chưa chọn",
        error_messages={"invalid_choice": "Không thấy văn bản này trong sổ; hãy chọn lại."},
    )
    successor_text = PlainTextField(
        label="Hoặc gõ văn bản thay thế chưa có trong sổ",
        required=False,
        max_length=2000,
        help_text="Ví dụ: Chỉ thị số 28/CT-TTg ngày 26/10/2021 của Thủ tướng Chính phủ về …",
    )
    note = PlainTextField(label="Ghi chú", required=False, multiline=True, max_length=2000)

    def __init__(self, instrument: LegalInstrument, data: Any = None) -> None:
        initial = {name: getattr(instrument, name) for name in ("status", "successor", "note")}
        super().__init__(data, initial=initial)
        others = LegalInstrument.objects.filter(owner=instrument.owner).exclude(pk=instrument.pk)
        self.fields["successor"].queryset = others  # type: ignore[attr-defined]
        self.fields["note"].widget.attrs["rows"] = 3

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        named = bool(data.get("successor") or data.get("successor_text"))
        if data.get("successor") and data.get("successor_text"):
            self.add_error("successor_text", "Chọn trong sổ hoặc gõ mới, không cả hai.")
        elif named and data.get("status") not in (None, Status.REPLACED):
            self.add_error("status", "Có văn bản thay thế thì chọn “đã được thay thế”.")
        return data
