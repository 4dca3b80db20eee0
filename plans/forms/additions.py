"""What the reader did not see and a person adds, at the foot of each part of the review page."""

from __future__ import annotations

from typing import Any

from django import forms

from core.forms import PlainTextField
from plans import pieces
from plans.forms.rows import NAME_LENGTH, TEXT_LENGTH

SEVERAL = "Nhiều mục thì cách nhau một dòng trống."


def _box(label: str, help_text: str = SEVERAL) -> PlainTextField:
    return PlainTextField(
        label=label,
        required=False,
        multiline=True,
        max_length=TEXT_LENGTH,
        help_text=help_text,
        widget=forms.Textarea(attrs={"rows": 2}),
    )


class AdditionsForm(forms.Form):
    """A box a kind; what is typed becomes rows whichever button is pressed."""

    legalbasis = _box("Thêm căn cứ", "Gõ như trong văn bản; mỗi căn cứ cách nhau một dòng trống.")
    contentitem = _box("Thêm nội dung")
    target = _box("Thêm chỉ tiêu")
    task = _box("Thêm nhiệm vụ")
    lead = PlainTextField(label="Giao cho", required=False, max_length=NAME_LENGTH)
    recipient = _box("Thêm nơi nhận")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["lead"].widget.attrs["list"] = "ten-don-vi"

    def changes(self) -> list[pieces.Change]:
        """The rows to add; only after ``is_valid``."""
        return [
            pieces.add(kind, text, lead=self.cleaned_data["lead"] if kind == "task" else "")
            for kind in pieces.KINDS
            for text in pieces.parts_of(self.cleaned_data[kind])
        ]
