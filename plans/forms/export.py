"""How a plan is printed, and an own template to hand in."""

from __future__ import annotations

from typing import Any

from django import forms

from core.docx import PROFILES
from core.forms import PlainTextField
from plans.reader.extract import MAX_BYTES

OWN = "mau-"


class ExportForm(forms.Form):
    """The look of the Word file: a profile, or a template of the ward."""

    look = forms.ChoiceField(
        label="Thể thức",
        widget=forms.RadioSelect,
        error_messages={
            "required": "Chưa chọn thể thức.",
            "invalid_choice": "Không có thể thức này; mời đồng chí chọn lại.",
        },
    )
    is_draft = forms.BooleanField(label="Ghi chữ “DỰ THẢO” sau mỗi trang", required=False)

    def __init__(self, *args: Any, templates: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.templates = {f"{OWN}{template.pk}": template for template in templates}
        own = [(key, f"Mẫu của phường: {template}") for key, template in self.templates.items()]
        self.fields["look"].choices = [  # type: ignore[attr-defined]
            *((profile.key, profile.name) for profile in PROFILES.values()),
            *own,
        ]


class TemplateForm(forms.Form):
    """An own template."""

    name = PlainTextField(label="Tên mẫu", max_length=120)
    file = forms.FileField(
        label="Tệp mẫu",
        help_text="Tệp Word (.docx), không quá 20 MB.",
        error_messages={
            "required": "Chưa chọn tệp, hãy chọn tệp mẫu.",
            "empty": "Tệp này rỗng, hãy chọn tệp khác.",
        },
        widget=forms.ClearableFileInput(attrs={"accept": ".docx"}),
    )

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file.size > MAX_BYTES:
            raise forms.ValidationError("Tệp lớn hơn 20 MB; hãy bớt hình ảnh trong tệp.")
        if not file.name.lower().endswith(".docx"):
            raise forms.ValidationError("Mẫu phải là tệp Word (.docx).")
        return file
