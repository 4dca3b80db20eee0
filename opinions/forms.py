"""What is typed: a note, the ward's decision, the month to read."""

from __future__ import annotations

from typing import Any

from django import forms

from core.forms import MonthField, PlainTextField
from opinions.models import Topic

MAX_NOTE = 1500  # characters
MAX_STATEMENT = 1000


class NoteForm(forms.Form):
    """A note. ``key`` is set by the page, so that sending twice is sending once."""

    use_required_attribute = False
    topic = forms.ChoiceField(
        label="Ý kiến về việc gì?",
        choices=Topic.choices,
        widget=forms.RadioSelect,
        error_messages={
            "required": "Đồng chí chọn một việc.",
            "invalid_choice": "Đồng chí chọn một việc trong danh sách.",
        },
    )
    text = PlainTextField(
        label="Bà con nói gì?",
        help_text="Ghi sự việc, không ghi tên, số điện thoại, địa chỉ của người nào.",
        multiline=True,
        max_length=MAX_NOTE,
        widget=forms.Textarea(attrs={"rows": 6, "autocomplete": "off"}),
        error_messages={"required": "Đồng chí ghi ý kiến vào ô này."},
    )
    key = forms.UUIDField(widget=forms.HiddenInput)


class DecisionForm(forms.Form):
    """Switch on with a statement, or off."""

    use_required_attribute = False
    statement = PlainTextField(
        label="Văn bản xác nhận",
        help_text=(
            "Ghi số, ngày, người ký của văn bản xác nhận các ý kiến gửi qua cổng "
            "không thuộc danh mục bí mật nhà nước."
        ),
        required=False,
        multiline=True,
        max_length=MAX_STATEMENT,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    seen_version = forms.IntegerField(label="Bản đang xem", widget=forms.HiddenInput, min_value=0)
    step = forms.ChoiceField(label="Việc", choices=[("open", "mở"), ("close", "đóng")])

    @property
    def is_open(self) -> bool:
        return self.cleaned_data["step"] == "open"


class ReadingForm(forms.Form):
    """Which notes to read: a month, all matters or one."""

    month = MonthField(label="Tháng", required=True)
    topic = forms.ChoiceField(
        label="Về việc", choices=[("", "Tất cả các việc"), *Topic.choices], required=False
    )

    def clean_topic(self) -> Any:
        return self.cleaned_data.get("topic") or ""
