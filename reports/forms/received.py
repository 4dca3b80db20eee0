"""A report as a text, pasted by the office."""

from __future__ import annotations

from typing import Any

from django import forms

from core.forms import MonthField, PlainTextField
from reports.plain_text import MAX_PASTED
from units.models import Unit


class ReceivedForm(forms.Form):
    """The pasted text; unit and month only where the text itself does not say them."""

    use_required_attribute = False
    text = PlainTextField(
        label="Nội dung tin nhắn",
        help_text="Chép cả tin nhắn của bí thư rồi dán vào đây, lời chào thừa không sao.",
        multiline=True,
        max_length=MAX_PASTED,
        widget=forms.Textarea(attrs={"rows": 12}),
        error_messages={"required": "Đồng chí dán tin nhắn vào ô này."},
    )
    unit = forms.ModelChoiceField(
        Unit.objects.none(),
        label="Đơn vị",
        required=False,
        empty_label="Theo mã trong tin nhắn",
        error_messages={"invalid_choice": "Đồng chí chọn một đơn vị trong danh sách."},
    )
    month = MonthField(label="Tháng báo cáo", required=False, help_text="Ví dụ: 11/2026.")
    seen_version = forms.IntegerField(label="Bản đang xem", required=False, min_value=0)

    def __init__(self, units: Any, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].queryset = units
