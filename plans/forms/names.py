"""What the names of units in a plan mean."""

from __future__ import annotations

from typing import Any

from django import forms

from core.forms import PlainTextField
from plans.forms.rows import prefix_of, said_of
from plans.models import NamedUnit
from units.models import Unit

Choice = NamedUnit.Choice


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
        prefix = prefix_of(row)
        super().__init__(said_of(prefix, data), prefix=prefix)
        self.fields["choice"].choices = choices  # type: ignore[attr-defined]
        self.fields["choice"].initial = _choice_value(row)
        self.fields["new_name"].initial = row.new_name or row.printed_name
        self.fields["new_kind"].initial = row.new_kind

    @property
    def name(self) -> str:
        return f"“{self.row.printed_name}”"

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
