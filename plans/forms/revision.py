"""What of a newer file is taken."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms
from django.utils import timezone

from core.forms import MonthField
from plans.comparing import Change


class RevisionForm(forms.Form):
    """A box to tick a change, ticked at first; from which month contents come and go."""

    since = MonthField(
        label="Nội dung mới và nội dung bỏ tính từ báo cáo tháng",
        help_text="Báo cáo của các tháng trước giữ nguyên nội dung đã đánh dấu.",
    )

    def __init__(self, changes: list[Change], data: Any = None, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        self.changes = changes
        for change in changes:
            self.fields[change.key] = forms.BooleanField(
                label="Lấy theo bản mới", required=False, initial=True
            )

    def clean_since(self) -> dt.date:
        """Months that have been reported keep the contents that they were asked for."""
        since = self.cleaned_data["since"]
        if since < timezone.localdate().replace(day=1):
            raise forms.ValidationError("Chỉ tính từ tháng này trở đi, các tháng trước giữ nguyên.")
        return since

    def groups(self) -> list[tuple[str, list[tuple[Change, Any]]]]:
        """(title, its changes with their boxes), in the order of the page."""
        titles = {"changed": "Sửa", "added": "Thêm", "removed": "Bỏ"}
        result = []
        for what, title in titles.items():
            rows = [(change, self[change.key]) for change in self.changes if change.what == what]
            if rows:
                result.append((title, rows))
        return result

    def chosen(self) -> set[str]:
        """The keys of the changes to write; only after ``is_valid``."""
        return {change.key for change in self.changes if self.cleaned_data[change.key]}
