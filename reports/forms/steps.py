"""The buttons: hand in, a month without activity, the decision of the reviewer."""

from __future__ import annotations

import json
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from core.forms import PlainTextField
from reports.forms.base import typed_part
from reports.forms.screens import MAX_TEXT, PART_FORMS
from reports.models import ZeroReason

NAME_SIGNS = " .,-'’()"
MAX_CONTENT = 1_000_000  # characters of a whole draft as JSON


class SeenForm(forms.Form):
    """Which version of the draft the page showed."""

    seen_version = forms.IntegerField(label="Bản đang xem", required=False, min_value=0)

    @property
    def version(self) -> int:
        return (self.cleaned_data.get("seen_version") or 0) if self.is_valid() else 0


class FilingForm(forms.Form):
    """The hidden boxes of the page on which the office types in the secretary's place."""

    key = forms.UUIDField(widget=forms.HiddenInput)
    seen_version = forms.IntegerField(label="Bản đang xem", widget=forms.HiddenInput, min_value=0)
    draft_version = forms.IntegerField(label="Bản đang viết", widget=forms.HiddenInput, min_value=0)


class HelperFields(forms.Form):
    """ "Tôi nhập hộ": who types in the secretary's place says so, with a name."""

    use_required_attribute = False
    is_helper = forms.BooleanField(label="Tôi nhập hộ đồng chí bí thư", required=False)
    helper = PlainTextField(
        label="Họ tên người nhập hộ",
        required=False,
        max_length=120,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        name, is_helper = cleaned.get("helper", ""), cleaned.get("is_helper")
        if "helper" in self.errors:
            return cleaned
        if is_helper and not name:
            self.add_error("helper", "Đồng chí ghi họ tên người nhập hộ, ví dụ: Nguyễn Thị Lan.")
        elif name and not is_helper:
            self.add_error("is_helper", "Đồng chí đánh dấu ô này, hoặc xóa tên người nhập hộ.")
        elif not all(sign.isalpha() or sign in NAME_SIGNS for sign in name):
            self.add_error("helper", "Họ tên chỉ gồm chữ, ví dụ: Nguyễn Thị Lan.")
        return cleaned


class ZeroForm(HelperFields):
    """A month without activity: one reason."""

    field_order = ("reason", "reason_text", "discard")
    reason = forms.ChoiceField(
        label="Lý do",
        choices=ZeroReason.choices,
        widget=forms.RadioSelect,
        error_messages={
            "required": "Đồng chí chọn một lý do.",
            "invalid_choice": "Đồng chí chọn một lý do trong danh sách.",
        },
    )
    reason_text = PlainTextField(label="Lý do khác là gì?", required=False, max_length=300)
    discard = forms.BooleanField(label="Bỏ phần đã nhập trong tháng này", required=False)
    key = forms.UUIDField(widget=forms.HiddenInput)
    seen_version = forms.IntegerField(label="Bản đang xem", widget=forms.HiddenInput, min_value=0)
    draft_version = forms.IntegerField(label="Bản đang viết", widget=forms.HiddenInput, min_value=0)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("reason") == ZeroReason.OTHER:
            if not cleaned.get("reason_text") and "reason_text" not in self.errors:
                self.add_error("reason_text", "Đồng chí ghi rõ lý do khác.")
        else:
            cleaned["reason_text"] = ""
        return cleaned


class HandInForm(HelperFields):
    """The button of the check page: what was shown there, and the key that makes it safe to repeat."""

    key = forms.UUIDField(widget=forms.HiddenInput)
    seen_version = forms.IntegerField(label="Bản đang xem", widget=forms.HiddenInput, min_value=0)
    content = forms.CharField(widget=forms.HiddenInput, max_length=MAX_CONTENT)

    def clean_content(self) -> dict[str, Any]:
        """The draft as it was shown, in the shape in which drafts are kept."""
        try:
            content = json.loads(self.cleaned_data["content"])
        except (ValueError, RecursionError):
            content = None
        if not isinstance(content, dict):
            raise ValidationError("Trang kiểm tra đã cũ, đồng chí xem lại rồi nộp.")
        return {part: typed_part(content, part) for part in PART_FORMS if part in content}


READY_REASONS = (
    "Số liệu chưa đúng, đề nghị kiểm tra lại.",
    "Số liệu giống hệt tháng trước, đề nghị ghi số của tháng này.",
    "Ảnh đã dùng ở báo cáo khác, đề nghị gửi ảnh của tháng này.",
    "Đơn vị khác cũng báo cáo hoạt động này, đề nghị thống nhất một đơn vị báo cáo.",
    "Chưa rõ việc đã làm, đề nghị ghi ngày, nơi và kết quả.",
    "Còn thiếu nội dung của kế hoạch tháng, đề nghị bổ sung.",
)


class ReviewForm(forms.Form):
    """A click of the reviewer. A ready reason stands before what is typed, once."""

    step = forms.CharField(max_length=20)
    seen_version = forms.IntegerField(label="Bản đang xem", min_value=0)
    reason = PlainTextField(
        label="Lý do trả lại",
        required=False,
        multiline=True,
        max_length=MAX_TEXT,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    question = forms.ChoiceField(label="Cần sửa ở", required=False)
    ready = forms.ChoiceField(
        label="Lý do thường gặp",
        required=False,
        choices=[(reason, reason) for reason in READY_REASONS],
        widget=forms.RadioSelect(attrs={"data-ready": "id_reason"}),
    )

    def __init__(self, questions: list[tuple[str, str]], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["question"].choices = [("", "Toàn bộ báo cáo"), *questions]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        ready, typed = cleaned.get("ready", ""), cleaned.get("reason", "")
        if ready and ready not in typed and "reason" not in self.errors:
            cleaned["reason"] = f"{ready}\n{typed}".strip()
        return cleaned
