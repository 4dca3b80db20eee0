"""What the officer chooses for a link, and what the leader answers."""

from __future__ import annotations

from typing import Any

from django import forms

from accounts.models import User
from approvals import rules
from approvals.requests import DEFAULT_HOURS
from core.forms import PlainTextField
from units.forms import PinForm
from units.models import Unit

HOURS = ((24, "1 ngày"), (DEFAULT_HOURS, "3 ngày"), (168, "7 ngày"))
MOST_LETTERS = 2000


class LeaderField(forms.ModelChoiceField):
    def label_from_instance(self, obj: Any) -> str:
        return str(obj.full_name)


class AskForm(forms.Form):
    """For whom, until when; ``seen_version`` is the document's."""

    leader = LeaderField(
        label="Trình đồng chí",
        queryset=User.objects.none(),
        widget=forms.RadioSelect,
        empty_label=None,
        error_messages={"required": "Đồng chí chọn người được trình."},
    )
    hours = forms.TypedChoiceField(
        label="Dùng được trong", choices=HOURS, coerce=int, initial=DEFAULT_HOURS
    )
    seen_version = forms.IntegerField(label="Bản đang xem", widget=forms.HiddenInput)
    use_required_attribute = False

    def __init__(self, ward: Unit, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["leader"].queryset = rules.leaders_of(ward)  # type: ignore[attr-defined]


class LeaderPinForm(PinForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["pin"].help_text = "6 chữ số mà văn phòng đọc cho đồng chí qua điện thoại."


class ReturnForm(forms.Form):
    reason = PlainTextField(
        multiline=True,
        label="Lý do trả lại",
        help_text="Cần sửa chỗ nào. Văn phòng thấy ngay lời này.",
        max_length=MOST_LETTERS,
        widget=forms.Textarea(attrs={"rows": 5}),
        error_messages={"required": "Đồng chí ghi lý do để văn phòng biết cần sửa chỗ nào."},
    )
    use_required_attribute = False
