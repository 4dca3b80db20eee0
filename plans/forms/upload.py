"""A plan goes in: as a file, or pasted as text."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.text import Truncator

from core.forms import PlainTextField
from core.text import format_date
from plans.models import Plan
from plans.reader.extract import MAX_BYTES

PASTED_LENGTH = 400_000


class PlanField(forms.ModelChoiceField):
    """Plans told apart by their day and what they are about; many have no number yet."""

    def label_from_instance(self, obj: Any) -> str:
        day = f" ngày {format_date(obj.issued_on)}" if obj.issued_on else ""
        return f"{obj}{day}: {Truncator(obj.subject).words(12)}"


class UploadForm(forms.Form):
    """A plan's file, or its text."""

    file = forms.FileField(
        label="Tệp kế hoạch",
        required=False,
        help_text="Tệp Word (.docx, .doc), PDF có chữ hoặc tệp chữ (.txt), không quá 20 MB.",
        error_messages={"empty": "Tệp này rỗng, không có nội dung nào để đọc."},
        widget=forms.ClearableFileInput(attrs={"accept": ".docx,.doc,.pdf,.txt"}),
    )
    text = PlainTextField(
        label="Hoặc dán toàn văn vào đây",
        required=False,
        multiline=True,
        max_length=PASTED_LENGTH,
        help_text="Chép từ thư, từ trang mạng; mỗi đoạn một dòng.",
        widget=forms.Textarea(attrs={"rows": 6}),
    )

    revises = PlanField(
        label="Đây là bản mới của kế hoạch",
        required=False,
        queryset=Plan.objects.none(),
        empty_label="Không, đây là kế hoạch khác",
        help_text="Cùng số, ngày và cơ quan thì cổng tự nhận ra; chọn ở đây khi số hoặc ngày đã đổi.",
        error_messages={"invalid_choice": "Không thấy kế hoạch này; hãy chọn lại trong danh sách."},
    )

    def __init__(self, *args: Any, plans: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["revises"].queryset = plans  # type: ignore[attr-defined]

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file and file.size > MAX_BYTES:
            raise forms.ValidationError(
                "Tệp lớn hơn 20 MB; hãy bớt hình ảnh trong tệp rồi nạp lại."
            )
        return file

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if self.errors:
            return data
        if data.get("file") and data.get("text"):
            self.add_error("text", "Vừa có tệp vừa có chữ dán; hãy chỉ dùng một cách.")
        elif not data.get("file") and not data.get("text"):
            self.add_error("file", "Chưa chọn tệp, hãy chọn tệp kế hoạch hoặc dán toàn văn.")
        return data
