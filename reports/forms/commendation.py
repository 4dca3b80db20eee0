"""Which rules of commendation hold, and from what level on."""

from __future__ import annotations

from typing import Any

from django import forms

from core.forms import CountField
from reports.commendation import RULES, Setting


class CommendationForm(forms.Form):
    """A box and a level a rule."""

    def __init__(self, settings: list[Setting], data: Any = None) -> None:
        super().__init__(data)
        for setting in settings:
            rule = setting.rule
            self.fields[f"{rule.code}-on"] = forms.BooleanField(
                label=rule.name, required=False, initial=setting.is_on
            )
            self.fields[f"{rule.code}-level"] = CountField(
                label=f"Mức của “{rule.name}” ({rule.unit})",
                initial=setting.threshold,
                max_value=rule.most,
                error_messages={"required": "Đồng chí ghi mức, ví dụ: 3."},
            )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        for rule in RULES:
            if data.get(f"{rule.code}-level") == 0:
                self.add_error(
                    f"{rule.code}-level", "Mức từ 1 trở lên; không dùng thì bỏ dấu chọn."
                )
        return data

    def chosen(self) -> dict[str, tuple[bool, int]]:
        data = self.cleaned_data
        return {rule.code: (data[f"{rule.code}-on"], data[f"{rule.code}-level"]) for rule in RULES}

    def pairs(self) -> list[tuple[Any, Any]]:
        return [(self[f"{rule.code}-on"], self[f"{rule.code}-level"]) for rule in RULES]
