"""The residents' forms: the least that is needed, and one box that nobody fills."""

from __future__ import annotations

from typing import Any

from django import forms

from core.forms import PlainTextField
from products.models import Category, PageRating, Suggestion
from products.models.suggestion import CONSENT, CONSENTS

TEXT_LENGTH = 2000
NEED_CONSENT = "Muốn để lại cách liên hệ thì đánh dấu đồng ý; hoặc xóa ô liên hệ rồi gửi."


class GuardedForm(forms.Form):
    """``stamp`` says when the form was shown; ``empty`` stays so where a person sends it."""

    stamp = forms.Field(widget=forms.HiddenInput, required=False)
    empty = forms.CharField(
        label="Để trống ô này",
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", "tabindex": "-1"}),
    )

    def clean_empty(self) -> str:
        if self.cleaned_data["empty"]:
            raise forms.ValidationError(
                "Ô này để trống; mời xóa chữ trong ô rồi gửi lại, nội dung khác vẫn còn."
            )
        return ""


class MessageForm(GuardedForm):
    """A message, and if the sender wants, a way to be reached, with the consent to it."""

    contact = PlainTextField(
        label="Điện thoại hoặc thư điện tử",
        required=False,
        max_length=120,
        help_text="Chỉ khi bạn muốn phường hỏi lại hoặc báo kết quả. Không cần họ tên, số căn cước.",
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    consent = forms.BooleanField(
        label="Tôi đồng ý như trên", help_text=CONSENTS[CONSENT], required=False
    )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("contact") and not data.get("consent"):
            self.add_error("consent", NEED_CONSENT)
        return data


def _text(label: str, **kwargs: Any) -> PlainTextField:
    rows = forms.Textarea(attrs={"rows": 5})
    return PlainTextField(
        label=label, max_length=TEXT_LENGTH, multiline=True, widget=rows, **kwargs
    )


class ProductForm(MessageForm):
    product_name = PlainTextField(
        label="Tên mặt hàng", max_length=160, widget=forms.TextInput(attrs={"autocomplete": "off"})
    )
    text = _text(
        "Vì sao bạn giới thiệu, ai làm, mua ở đâu",
        required=False,
        help_text="Một hai câu là đủ.",
    )
    field_order = ("product_name", "text", "contact", "consent", "empty", "stamp")


class MistakeForm(MessageForm):
    kind = forms.ChoiceField(
        label="Việc gì",
        widget=forms.RadioSelect,
        choices=[
            (kind.value, kind.label) for kind in (Suggestion.Kind.MISTAKE, Suggestion.Kind.FAKE)
        ],
        error_messages={"required": "Mời chọn một việc.", "invalid_choice": "Mời chọn một việc."},
    )
    text = _text("Bạn thấy gì", help_text="Chỗ nào chưa đúng; hoặc mua ở đâu, thấy dấu hiệu gì.")
    field_order = ("kind", "text", "contact", "consent", "empty", "stamp")


class RatingForm(GuardedForm):
    score = forms.TypedChoiceField(
        label="Trang này đáp ứng điều bạn cần chưa?",
        widget=forms.RadioSelect,
        coerce=int,
        choices=PageRating.Score.choices,
        error_messages={"required": "Mời chọn một mức.", "invalid_choice": "Mời chọn một mức."},
    )


class CodeForm(forms.Form):
    code = PlainTextField(
        label="Mã tra cứu",
        max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters"}),
    )


class StepForm(forms.Form):
    """A press of one of the office's buttons, with the text that goes to the sender."""

    answer = PlainTextField(
        label="Lời trả lời",
        required=False,
        multiline=True,
        max_length=TEXT_LENGTH,
        help_text="Người gửi đọc bằng mã tra cứu. Không ghi tên, số điện thoại của ai.",
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    category = forms.ModelChoiceField(
        label="Loại hàng", required=False, queryset=Category.objects.none()
    )
    reason = PlainTextField(label="Lý do (chỉ văn phòng đọc)", required=False, max_length=1000)
    step = forms.CharField(max_length=20)
    seen_version = forms.IntegerField(label="Bản đang xem")

    def __init__(self, *args: Any, suggestion: Suggestion, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["category"].queryset = Category.objects.filter(owner=suggestion.owner_id)  # type: ignore[attr-defined]
