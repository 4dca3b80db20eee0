"""What grew from a plan, a form a row."""

from __future__ import annotations

from typing import Any

from django import forms

from core.forms import PlainTextField, VietnameseDateField
from plans import due, pieces
from plans.models import ContentItem, LegalBasis, Recipient, Target, Task
from plans.models.contents import SHORT_TITLE_LENGTH
from plans.titles import short_title

CODE_LENGTH, NAME_LENGTH, TEXT_LENGTH = 80, 300, 8000


def prefix_of(row: Any) -> str:
    """What the names of the inputs of ``row`` begin with."""
    return f"{row._meta.model_name}-{row.pk}"


def said_of(prefix: str, data: Any) -> Any:
    """``data`` where it says anything of the row with ``prefix``; else None."""
    return data if data and any(key.startswith(f"{prefix}-") for key in data) else None


class RowForm(forms.Form):
    """One row that grew from the plan; ``prefix`` carries its key.

    ``data`` that says nothing of the row (it came into being since) leaves it as it is stored.
    ``name`` tells it from its neighbours: "Nội dung 2".
    """

    row: Any
    noun = ""
    is_left_out = forms.BooleanField(label="Bỏ ra", required=False)

    def __init__(self, row: Any, data: Any = None, *, number: int = 0, **kwargs: Any) -> None:
        self.row, self.number = row, number
        prefix = prefix_of(row)
        data = said_of(prefix, data)
        super().__init__(data, prefix=prefix, **kwargs)
        for name in self.fields:
            if hasattr(row, name):
                self.fields[name].initial = getattr(row, name)

    @property
    def name(self) -> str:
        return f"{self.noun} {self.number}"

    @property
    def kind(self) -> str:
        return str(self.row._meta.model_name)

    @property
    def anchor(self) -> str:
        """The row's place on the page."""
        return f"{pieces.ANCHORS[self.kind]}-{self.row.pk}"

    def values(self) -> dict[str, Any]:
        return dict(self.cleaned_data)


class TextForm(RowForm):
    """A row that is a text: an empty line in it is where it can be split."""

    text = PlainTextField(label="Nguyên văn", max_length=TEXT_LENGTH, multiline=True)
    rows = 3

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["text"].widget.attrs["rows"] = self.rows


class BasisForm(RowForm):
    noun = "Căn cứ"
    document_type = PlainTextField(label="Loại văn bản", max_length=60)
    code = PlainTextField(label="Số, ký hiệu", max_length=CODE_LENGTH, required=False)
    issued_on = VietnameseDateField(label="Ngày", required=False)
    issuer = PlainTextField(label="Cơ quan ban hành", max_length=NAME_LENGTH, required=False)
    subject = PlainTextField(label="Về việc", max_length=2000, required=False)
    model = LegalBasis


class ItemForm(TextForm):
    noun, rows = "Nội dung", 5
    model = ContentItem
    short_title = PlainTextField(
        label="Tên gọn", max_length=SHORT_TITLE_LENGTH, widget=forms.Textarea(attrs={"rows": 1})
    )
    field_order = ["short_title", "text", "is_left_out"]

    def values(self) -> dict[str, Any]:
        """New values; a short title that nobody has touched follows the text."""
        values = super().values()
        if "short_title" not in self.changed_data and self.row.short_title == short_title(
            self.row.text
        ):
            values["short_title"] = short_title(values["text"])
        return values


class TargetForm(TextForm):
    noun, rows = "Chỉ tiêu", 2
    model = Target


class RecipientForm(RowForm):
    noun = "Nơi nhận"
    model = Recipient
    text = PlainTextField(label="Nơi nhận", max_length=NAME_LENGTH)


class TaskForm(TextForm):
    """``due`` is shown and taken in words; ``use_suggestion`` takes what the reader proposes.

    Units are typed by their names in the plan; a name that the plan has not used yet is new.
    """

    noun = "Nhiệm vụ"
    model = Task
    text = PlainTextField(label="Việc", max_length=TEXT_LENGTH, multiline=True)
    lead = PlainTextField(label="Chủ trì", max_length=NAME_LENGTH, required=False)
    cooperating = PlainTextField(
        label="Phối hợp",
        max_length=2000,
        required=False,
        help_text="Nhiều đơn vị cách nhau bằng dấu chấm phẩy.",
    )
    due = PlainTextField(label="Thời hạn", max_length=NAME_LENGTH, required=False)
    deliverable = PlainTextField(label="Sản phẩm", max_length=NAME_LENGTH, required=False)
    person = PlainTextField(label="Người thực hiện", max_length=200, required=False)
    responsibility = PlainTextField(label="Trách nhiệm", max_length=2000, required=False)
    authority = PlainTextField(label="Thẩm quyền", max_length=NAME_LENGTH, required=False)
    use_suggestion = forms.BooleanField(required=False)

    def __init__(self, row: Task, *args: Any, suggestion: str = "", **kwargs: Any) -> None:
        super().__init__(row, *args, **kwargs)
        self.suggestion = suggestion
        self.fields["lead"].initial = row.lead.printed_name if row.lead else ""
        self.fields["lead"].widget.attrs["list"] = "ten-don-vi"
        names = [name.printed_name for name in row.cooperating.all()]
        self.fields["cooperating"].initial = due.SEPARATOR.join(names)
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

    @property
    def has_more(self) -> bool:
        """Whether who does it, or with what right, is filled or typed wrong."""
        named = [self[name] for name in ("person", "responsibility", "authority", "cooperating")]
        return any(bound.value() or bound.errors for bound in named)

    def clean_cooperating(self) -> list[str]:
        parts = [" ".join(part.split()) for part in self.cleaned_data["cooperating"].split(";")]
        if any(len(part) > NAME_LENGTH for part in parts):
            raise forms.ValidationError("Có tên đơn vị quá dài; hãy cách các tên bằng dấu “;”.")
        return list(dict.fromkeys(part for part in parts if part))

    def values(self) -> dict[str, Any]:
        """New values; the units only where they were typed anew."""
        values = super().values()
        taken = values.pop("use_suggestion", False)
        codes = due.parse_list(values["due"], self.row.plan.year)
        values["due"] = [self.suggestion] if taken else codes
        for name in ("lead", "cooperating"):
            if name not in self.changed_data:
                del values[name]
        return values
