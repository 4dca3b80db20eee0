"""How the tasks of a plan stand, as the office writes it."""

from __future__ import annotations

from typing import Any

from django import forms

from core.forms import PlainTextField
from plans import due
from plans.models import Plan, Task


class ProgressForm(forms.Form):
    """A state and its evidence a task."""

    def __init__(self, plan: Plan, data: Any = None) -> None:
        super().__init__(data)
        # What is counted, or follows from its parts, is written on its own page, with a reason.
        tasks = plan.tasks.filter(is_left_out=False, rule=Task.Rule.BY_HAND, parts=None)
        tasks = tasks.select_related("lead")
        self.rows = list(tasks)
        for number, task in enumerate(self.rows, 1):
            self.fields[f"state-{task.pk}"] = forms.ChoiceField(
                label=f"Tiến độ nhiệm vụ {number}", choices=Task.State.choices, initial=task.state
            )
            self.fields[f"evidence-{task.pk}"] = PlainTextField(
                label=f"Kết quả, minh chứng nhiệm vụ {number}",
                required=False,
                max_length=2000,
                initial=task.evidence,
                widget=forms.Textarea(attrs={"rows": 1}),
            )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        for task in self.rows:
            done = data.get(f"state-{task.pk}") == Task.State.DONE
            if done and data.get(f"evidence-{task.pk}") == "":
                sentence = "Việc đã xong thì ghi kết quả, ví dụ: Báo cáo số 15-BC/ĐU."
                self.add_error(f"evidence-{task.pk}", sentence)
        return data

    def entries(self) -> list[tuple[Task, str, Any, Any]]:
        """(task, its deadline in words, its two fields), in the order of the plan."""
        return [
            (
                task,
                due.list_in_words(task.due),
                self[f"state-{task.pk}"],
                self[f"evidence-{task.pk}"],
            )
            for task in self.rows
        ]

    def values(self) -> list[tuple[Task, dict[str, Any]]]:
        """New values; only after ``is_valid``."""
        return [
            (task, {name: self.cleaned_data[f"{name}-{task.pk}"] for name in ("state", "evidence")})
            for task in self.rows
        ]
