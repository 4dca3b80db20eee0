"""The buttons: hand in, a month without activity, the decision of the reviewer."""

from __future__ import annotations

import json
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from core.forms import PlainTextField
from reports.forms.screens import MAX_TEXT, PART_FORMS, typed_part
from reports.models import ZeroReason

MAX_CONTENT = 1_000_000  # characters of a whole draft as JSON


class SeenForm(forms.Form):
    """Which version of the draft the page showed."""

    seen_version = forms.IntegerField(label="Bản đang xem", required=False, min_value=0)

    @property
    def version(self) -> int:
        return (self.cleaned_data.get("seen_version") or 0) if self.is_valid() else 0


class ZeroForm(forms.Form):
    """A month without activity: one reason."""

    use_required_attribute = False
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


class HandInForm(forms.Form):
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


class ReviewForm(forms.Form):
    """A click of the reviewer."""

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

    def __init__(self, questions: list[tuple[str, str]], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["question"].choices = [("", "Toàn bộ báo cáo"), *questions]
