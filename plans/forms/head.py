"""The plan's own fields."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

from django import forms

from core.forms import PlainTextField, VietnameseDateField
from plans.forms.rows import CODE_LENGTH, NAME_LENGTH
from plans.models import Plan


class YearField(PlainTextField):
    """A year of four digits in, an ``int`` or ``None`` out."""

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        return super().widget_attrs(widget) | {"inputmode": "numeric", "autocomplete": "off"}

    def clean(self, value: Any) -> int | None:
        typed = super().clean(value)
        if not typed:
            return None
        if not re.fullmatch(r"(?:19|20)\d{2}", typed):
            raise forms.ValidationError("Năm phải có bốn chữ số, ví dụ: 2026.")
        return int(typed)


class HeadForm(forms.ModelForm):
    """The plan's own fields. ``last_day`` is what people say for ``valid_to``."""

    code = PlainTextField(label="Số, ký hiệu", max_length=CODE_LENGTH, required=False)
    issued_on = VietnameseDateField(label="Ngày ban hành", required=False)
    issue_place = PlainTextField(label="Địa danh", max_length=120, required=False)
    issuer = PlainTextField(label="Cơ quan ban hành", max_length=NAME_LENGTH)
    superior = PlainTextField(label="Cơ quan cấp trên", max_length=NAME_LENGTH, required=False)
    subject = PlainTextField(label="Trích yếu", max_length=2000, multiline=True)
    year = YearField(label="Kế hoạch của năm", required=False)
    valid_from = VietnameseDateField(label="Có hiệu lực từ ngày")
    last_day = VietnameseDateField(
        label="Đến hết ngày", required=False, help_text="Để trống khi chưa biết."
    )
    extension_note = PlainTextField(
        label="Căn cứ gia hạn",
        max_length=2000,
        required=False,
        multiline=True,
        help_text="Chỉ ghi khi kế hoạch còn thực hiện sau năm của nó.",
    )
    save = None  # type: ignore[assignment]  # plans.review writes

    class Meta:
        model = Plan
        fields = [
            "code", "issued_on", "issuer", "superior", "issue_place", "subject", "year",
            "valid_from", "last_day", "extension_note",
        ]  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["last_day"].initial = self.instance.last_day
        for name in ("subject", "extension_note"):
            self.fields[name].widget.attrs["rows"] = 3

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        start, last = data.get("valid_from"), data.get("last_day")
        if start and last and last < start:
            self.add_error("last_day", "Ngày cuối không được trước ngày bắt đầu hiệu lực.")
        else:
            self.instance.valid_to = last + dt.timedelta(days=1) if last else None
        return data

    def _get_validation_exclusions(self) -> set[str]:
        """The ward is not in the form, but the constraint on number, day and organ names it."""
        return super()._get_validation_exclusions() - {"owner"}

    def values(self) -> dict[str, Any]:
        values = {name: self.cleaned_data[name] for name in self.Meta.fields}
        last = values.pop("last_day")
        return values | {"valid_to": last + dt.timedelta(days=1) if last else None}
