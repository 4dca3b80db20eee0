"""The file of an import."""

from __future__ import annotations

from django import forms


class ImportForm(forms.Form):
    use_required_attribute = False
    file = forms.FileField(
        label="Tệp Excel của phường",
        help_text="Tệp .xlsx, không quá 5 MB và 1.000 dòng; giữ nguyên tiêu đề, ô gộp, phông chữ cũ.",
        error_messages={
            "required": "Chưa chọn tệp, đồng chí chọn tệp Excel.",
            "empty": "Tệp này trống, hãy chọn tệp khác.",
        },
        widget=forms.FileInput(attrs={"accept": ".xlsx"}),
    )
