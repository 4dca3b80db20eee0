"""What an officer writes on one task, a form each."""

from __future__ import annotations

from typing import Any

from django import forms

from core.forms import CountField, PlainTextField
from plans import due, standing
from plans.models import ContentItem, Task


class TaskStateForm(forms.Form):
    """How it stands. Whether it fits what was counted is said by :mod:`plans.progress`."""

    state = forms.ChoiceField(label="Tiến độ", choices=Task.State.choices)
    percent = CountField(label="Phần trăm khi đang làm", required=False, max_value=99)
    evidence = PlainTextField(
        label="Kết quả, minh chứng",
        required=False,
        multiline=True,
        max_length=2000,
        help_text="Ví dụ: Báo cáo số 15-BC/ĐU ngày 20/11/2026. Tệp gửi kèm ở dưới.",
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    override_reason = PlainTextField(
        label="Lý do ghi khác số cổng tính",
        required=False,
        max_length=500,
        help_text="Chỉ cần khi việc đã đặt cách tính mà đồng chí ghi khác.",
    )

    @classmethod
    def of(cls, task: Task) -> TaskStateForm:
        names = ("state", "percent", "evidence", "override_reason")
        values = {name: getattr(task, name) for name in names}
        return cls(initial=values | {"percent": task.percent or None})

    def changes(self) -> dict[str, Any]:
        return self.cleaned_data | {"percent": self.cleaned_data["percent"] or 0}


OF_ITEM = (Task.Rule.ANY, Task.Rule.ALL, Task.Rule.OUT)


class TaskRuleForm(forms.Form):
    """By what it is counted."""

    rule = forms.ChoiceField(label="Cách tính", choices=Task.Rule.choices, required=False)
    rule_item = forms.ModelChoiceField(
        label="Nội dung",
        queryset=ContentItem.objects.none(),
        required=False,
        empty_label="Không chọn",
        error_messages={"invalid_choice": "Không thấy nội dung này, đồng chí chọn lại."},
    )
    rule_code = forms.ChoiceField(
        label="Chỉ tiêu",
        required=False,
        error_messages={"invalid_choice": "Không thấy chỉ tiêu này, đồng chí chọn lại."},
    )
    rule_target = CountField(label="Mức cần đạt", required=False, max_value=10_000_000)

    def __init__(self, task: Task, codes: list[tuple[str, str]], data: Any = None) -> None:
        names = ("rule", "rule_item", "rule_code", "rule_target")
        super().__init__(data, initial={name: getattr(task, name) for name in names})
        if not standing.has_sendings() and task.rule != Task.Rule.OUT:
            rules = [one for one in Task.Rule.choices if one[0] != Task.Rule.OUT]
            self.fields["rule"].choices = rules  # type: ignore[attr-defined]
        items = ContentItem.objects.filter(plan=task.plan_id, is_left_out=False)
        self.fields["rule_item"].queryset = items  # type: ignore[attr-defined]
        self.fields["rule_code"].choices = [("", "Không chọn"), *codes]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        rule = data.get("rule") or ""
        if rule in OF_ITEM and not data.get("rule_item"):
            self.add_error("rule_item", "Đồng chí chọn nội dung để cổng đếm.")
        if rule == Task.Rule.COUNT:
            if not data.get("rule_code"):
                self.add_error("rule_code", "Đồng chí chọn chỉ tiêu để cổng đếm.")
            if not data.get("rule_target"):
                self.add_error("rule_target", "Đồng chí ghi mức cần đạt, từ 1 trở lên.")
        return data

    def changes(self) -> dict[str, Any]:
        """The columns of the rule; what another rule would need is emptied."""
        data, rule = self.cleaned_data, self.cleaned_data["rule"] or ""
        of_item = rule in OF_ITEM
        of_count = rule == Task.Rule.COUNT
        return {
            "rule": rule,
            "rule_item": data["rule_item"] if of_item else None,
            "rule_code": data["rule_code"] if of_count else "",
            "rule_target": data["rule_target"] if of_count else None,
            "override_reason": "",
        }


class DeadlineField(PlainTextField):
    """Deadlines parted by ";". In words too, but what looks like a day has to be one."""

    def clean(self, value: Any) -> str:
        text = str(super().clean(value))
        if fault := due.fault_of(text):
            raise forms.ValidationError(fault)
        return text


class TaskWordsForm(forms.Form):
    """The “6 rõ” that are words; who it is given to comes from the plan."""

    person = PlainTextField(label="Rõ người", required=False, max_length=200)
    due = DeadlineField(
        label="Rõ thời gian",
        required=False,
        max_length=200,
        help_text="Ví dụ: 30/11/2026; ngày 20 hằng tháng. Nhiều thời hạn cách nhau bằng dấu chấm phẩy.",
    )
    responsibility = PlainTextField(label="Rõ trách nhiệm", required=False, max_length=1000)
    deliverable = PlainTextField(label="Rõ sản phẩm", required=False, max_length=300)
    authority = PlainTextField(label="Rõ thẩm quyền", required=False, max_length=300)

    @classmethod
    def of(cls, task: Task) -> TaskWordsForm:
        names = ("person", "responsibility", "deliverable", "authority")
        values = {name: getattr(task, name) for name in names}
        return cls(initial=values | {"due": due.list_in_words(task.due)})

    def changes(self, year: int | None) -> dict[str, Any]:
        return self.cleaned_data | {"due": due.parse_list(self.cleaned_data["due"], year)}


class TaskPartForm(forms.Form):
    text = PlainTextField(
        label="Việc con",
        max_length=1000,
        error_messages={"required": "Đồng chí ghi việc con là gì."},
    )
    person = PlainTextField(label="Ai làm", required=False, max_length=200)
    due = DeadlineField(label="Thời hạn", required=False, max_length=200)


class TaskFileForm(forms.Form):
    file = forms.FileField(
        label="Gửi tệp minh chứng",
        help_text="Văn bản (.docx, .pdf, .doc, .txt) hoặc ảnh (.jpg, .png).",
        error_messages={
            "required": "Đồng chí chọn tệp trước khi gửi.",
            "empty": "Tệp này rỗng, đồng chí chọn tệp khác.",
        },
    )
