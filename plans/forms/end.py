"""Until when a plan is in force, and the short titles of what it asks."""

from __future__ import annotations

from typing import Any

from django import forms

from core.forms import PlainTextField, VietnameseDateField
from plans.models import ContentItem, Plan
from plans.models.contents import SHORT_TITLE_LENGTH


class EndForm(forms.Form):
    """Until when a plan is in force, and why."""

    last_day = VietnameseDateField(label="Còn hiệu lực đến hết ngày")
    reason = PlainTextField(
        label="Lý do, căn cứ",
        max_length=2000,
        multiline=True,
        error_messages={"required": "Cần ghi lý do."},
    )
    seen_version = forms.IntegerField(label="Bản đang xem", widget=forms.HiddenInput)


class TitlesForm(forms.Form):
    """The short titles of a plan's contents."""

    def __init__(self, plan: Plan, data: Any = None) -> None:
        super().__init__(data)
        self.rows = list(plan.content_items.filter(is_left_out=False))
        for row in self.rows:
            self.fields[f"title-{row.pk}"] = PlainTextField(
                label=f"Nội dung {row.position}",
                max_length=SHORT_TITLE_LENGTH,
                initial=row.short_title,
                help_text=row.text,
                widget=forms.Textarea(attrs={"rows": 2}),
            )

    def values(self) -> list[tuple[ContentItem, dict[str, Any]]]:
        return [(row, {"short_title": self.cleaned_data[f"title-{row.pk}"]}) for row in self.rows]
