"""The forms of the office: a file to read, a reading to check, an end to change."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

from django import forms

from core.forms import PlainTextField, VietnameseDateField
from plans import due
from plans.models import ContentItem, LegalBasis, NamedUnit, Plan, Task
from plans.models.contents import SHORT_TITLE_LENGTH
from plans.reader.extract import MAX_BYTES
from units.models import Unit

Choice = NamedUnit.Choice
CODE_LENGTH, NAME_LENGTH, TEXT_LENGTH = 80, 300, 8000


class UploadForm(forms.Form):
    """A plan's file."""

    file = forms.FileField(
        label="Tệp kế hoạch",
        help_text="Tệp Word (.docx) hoặc tệp chữ (.txt), không quá 20 MB.",
        error_messages={
            "required": "Chưa chọn tệp, hãy chọn tệp kế hoạch.",
            "empty": "Tệp này rỗng, không có nội dung nào để đọc.",
        },
        widget=forms.ClearableFileInput(attrs={"accept": ".docx,.txt"}),
    )

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file.size > MAX_BYTES:
            raise forms.ValidationError(
                "Tệp lớn hơn 20 MB; hãy bớt hình ảnh trong tệp rồi nạp lại."
            )
        return file


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


class RowForm(forms.Form):
    """One row that grew from the plan; ``prefix`` carries its key."""

    row: Any
    is_left_out = forms.BooleanField(label="Bỏ ra", required=False)

    def __init__(self, row: Any, data: Any = None, **kwargs: Any) -> None:
        self.row = row
        super().__init__(data, prefix=f"{row._meta.model_name}-{row.pk}", **kwargs)
        for name in self.fields:
            if hasattr(row, name):
                self.fields[name].initial = getattr(row, name)

    def values(self) -> dict[str, Any]:
        return dict(self.cleaned_data)


class BasisForm(RowForm):
    model = LegalBasis
    document_type = PlainTextField(label="Loại văn bản", max_length=60)
    code = PlainTextField(label="Số, ký hiệu", max_length=CODE_LENGTH, required=False)
    issued_on = VietnameseDateField(label="Ngày", required=False)
    issuer = PlainTextField(label="Cơ quan ban hành", max_length=NAME_LENGTH, required=False)
    subject = PlainTextField(label="Về việc", max_length=2000, required=False)


class ItemForm(RowForm):
    model = ContentItem
    short_title = PlainTextField(
        label="Tên gọn", max_length=SHORT_TITLE_LENGTH, widget=forms.Textarea(attrs={"rows": 1})
    )
    text = PlainTextField(label="Nguyên văn", max_length=TEXT_LENGTH, multiline=True)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["text"].widget.attrs["rows"] = 5


class TaskForm(RowForm):
    """``due`` is shown and taken in words; ``use_suggestion`` takes what the reader proposes."""

    model = Task
    text = PlainTextField(label="Việc", max_length=TEXT_LENGTH, multiline=True)
    due = PlainTextField(
        label="Thời hạn", max_length=NAME_LENGTH, required=False,
    )  # fmt: skip
    deliverable = PlainTextField(label="Sản phẩm", max_length=NAME_LENGTH, required=False)
    use_suggestion = forms.BooleanField(required=False)

    def __init__(self, row: Task, *args: Any, suggestion: str = "", **kwargs: Any) -> None:
        super().__init__(row, *args, **kwargs)
        self.suggestion = suggestion
        self.fields["text"].widget.attrs["rows"] = 3
        self.fields["due"].initial = due.list_in_words(row.due)
        if suggestion:
            self.fields["use_suggestion"].label = f"Dùng “{due.in_words(suggestion)}”"
        else:
            del self.fields["use_suggestion"]

    @property
    def has_details(self) -> bool:
        """Whether a deadline or a product was read, proposed or typed wrong."""
        named = [self[name] for name in ("due", "deliverable")]
        return bool(self.suggestion) or any(bound.value() or bound.errors for bound in named)

    def values(self) -> dict[str, Any]:
        values = super().values()
        taken = values.pop("use_suggestion", False)
        codes = due.parse_list(values["due"], self.row.plan.year)
        return values | {"due": [self.suggestion] if taken else codes}


class NameForm(forms.Form):
    """What a unit's name in the plan means. ``choices`` are shared by all names of a plan."""

    choice = forms.ChoiceField(label="Là đơn vị")
    new_name = PlainTextField(label="Tên đơn vị mới", max_length=200, required=False)
    new_kind = forms.ChoiceField(
        label="Loại đơn vị mới",
        required=False,
        choices=[("", "chọn loại"), *(c for c in Unit.Kind.choices if c[0] != Unit.Kind.WARD)],
    )

    def __init__(self, row: NamedUnit, data: Any = None, *, choices: list[Any]) -> None:
        self.row = row
        super().__init__(data, prefix=f"namedunit-{row.pk}")
        self.fields["choice"].choices = choices  # type: ignore[attr-defined]
        self.fields["choice"].initial = _choice_value(row)
        self.fields["new_name"].initial = row.new_name or row.printed_name
        self.fields["new_kind"].initial = row.new_kind

    @property
    def is_new(self) -> bool:
        return str(self["choice"].value()) in (Choice.NEW_UNIT, Choice.NEW_GROUP)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        choice = data.get("choice")
        if choice in (Choice.NEW_UNIT, Choice.NEW_GROUP) and not data.get("new_name"):
            self.add_error("new_name", "Chưa có tên, hãy nhập tên đơn vị mới.")
        if choice == Choice.NEW_UNIT and not data.get("new_kind"):
            self.add_error("new_kind", "Chưa có loại, hãy chọn loại đơn vị mới.")
        return data

    def values(self) -> dict[str, Any]:
        kind, _, key = self.cleaned_data["choice"].partition(":")
        is_new = kind in (Choice.NEW_UNIT, Choice.NEW_GROUP)
        return {
            "choice": kind,
            "unit_id": int(key) if kind == Choice.UNIT else None,
            "group_id": int(key) if kind == Choice.GROUP else None,
            "new_name": self.cleaned_data["new_name"] if is_new else "",
            "new_kind": self.cleaned_data["new_kind"] if kind == Choice.NEW_UNIT else "",
        }


def _choice_value(row: NamedUnit) -> str:
    if row.choice == Choice.UNIT:
        return f"unit:{row.unit_id}"
    if row.choice == Choice.GROUP:
        return f"group:{row.group_id}"
    return row.choice


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
