"""Form fields for Vietnamese input. What cannot be read is shown again exactly as typed."""

import datetime as dt
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from core import text

_HAS_NUL = "Nội dung có ký tự không đọc được, hãy xóa rồi gõ lại."


class _TypedField(forms.CharField):
    """A text input whose text means a value: ``parse`` reads it, ``show`` writes it.

    The bound field shows a text that was understood as it was understood, and any other as it
    was typed. Empty is ``None``.
    """

    default_attrs: dict[str, str] = {"autocomplete": "off"}

    def parse(self, typed: str) -> Any:
        """The value of ``typed``. Raises ``ValueError`` with the sentence for the user."""
        raise NotImplementedError

    def show(self, value: Any) -> str:
        raise NotImplementedError

    def to_python(self, value: Any) -> Any:
        if not isinstance(value, str):
            return value
        if not text.clean(value):
            return None
        try:
            return self.parse(value)
        except ValueError as error:
            raise ValidationError(str(error), code="invalid") from error

    def prepare_value(self, value: Any) -> Any:
        if value is None:
            return value
        try:
            understood = self.to_python(value)
            self.run_validators(understood)
        except ValidationError:
            return value
        return value if understood is None else self.show(understood)

    def has_changed(self, initial: Any, data: Any) -> bool:
        if self.disabled:
            return False
        try:
            return self.to_python(initial) != self.to_python(data)
        except ValidationError:
            return True

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        return super().widget_attrs(widget) | self.default_attrs


class CountField(_TypedField):
    """A count: text such as "1.000", "khoảng 50", "năm mươi" in, an ``int`` or ``None`` out.

    A text input, because number inputs drop what they cannot read and count on scrolling.
    """

    default_attrs = {"autocomplete": "off", "inputmode": "numeric"}
    default_error_messages = {"required": "Chưa có số, hãy nhập một số nguyên, ví dụ: 50."}

    def __init__(self, *, max_value: int = text.MAX_COUNT, **kwargs: Any) -> None:
        self.max_value = max_value
        super().__init__(**kwargs)

    def parse(self, typed: str) -> int:
        return text.parse_count(typed).value

    def show(self, value: int) -> str:
        return text.format_number(value)

    def run_validators(self, value: Any) -> None:
        if value is not None and value > self.max_value:
            raise ValidationError(
                f"Số này không được lớn hơn {text.format_number(self.max_value)},"
                " hãy kiểm tra rồi nhập lại.",
                code="max_value",
            )
        super().run_validators(value)


class VietnameseDateField(_TypedField):
    """A day: text such as 21/4/2027 in (day before month), a ``date`` or ``None`` out."""

    default_error_messages = {
        "required": "Chưa có ngày, hãy nhập ngày/tháng/năm, ví dụ: 21/4/2027."
    }

    def parse(self, typed: str) -> dt.date:
        return text.parse_date(typed)

    def show(self, value: dt.date) -> str:
        return text.format_date(value)


class MonthField(_TypedField):
    """A month: 4/2027 or 2027-04 in, the ``date`` of its first day or ``None`` out."""

    default_error_messages = {"required": "Chưa có tháng, hãy nhập tháng và năm, ví dụ: 4/2027."}

    def parse(self, typed: str) -> dt.date:
        return text.parse_month(typed)

    def show(self, value: dt.date) -> str:
        return f"{value.month}/{value.year}"


class PlainTextField(forms.CharField):
    """Text of people, cleaned (:func:`core.text.clean`): NFC, no control or direction signs.

    ``multiline`` keeps line ends and takes a text area. There is no ``maxlength`` in the page:
    browsers cut what is pasted without a word; the sentence after sending says it.
    """

    default_error_messages = {"required": "Chưa có nội dung, hãy nhập vào ô này."}

    def __init__(self, *, multiline: bool = False, **kwargs: Any) -> None:
        self.multiline = multiline
        if multiline:
            kwargs.setdefault("widget", forms.Textarea)
        super().__init__(**kwargs)

    def to_python(self, value: Any) -> Any:
        typed = "" if value is None else str(value)
        if "\x00" in typed:
            raise ValidationError(_HAS_NUL, code="null_characters_not_allowed")
        cleaned = text.clean(typed)
        value = cleaned if self.multiline else " ".join(cleaned.split())
        return value or self.empty_value

    def run_validators(self, value: str) -> None:
        if self.max_length is not None and len(value) > self.max_length:
            raise ValidationError(
                f"Nội dung có {text.format_number(len(value))} ký tự, nhiều hơn"
                f" {text.format_number(self.max_length)}, hãy viết ngắn lại.",
                code="max_length",
            )
        super().run_validators(value)

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        attrs = super().widget_attrs(widget)
        attrs.pop("maxlength", None)
        return attrs
