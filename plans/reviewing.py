"""The forms of the review page together: what was understood, piece by piece."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from django import forms
from django.utils import timezone

from plans import due, expansion
from plans.forms import (
    AdditionsForm,
    BasisForm,
    HeadForm,
    ItemForm,
    NameForm,
    RecipientForm,
    RowForm,
    TargetForm,
    TaskForm,
)
from plans.forms.choices import shown, unit_choices
from plans.models import NamedUnit, Plan
from plans.naming import SURE
from plans.review import Edits

Choice = NamedUnit.Choice
ROW_TEXT = re.compile(r"(?P<prefix>(?:contentitem|target|task|recipient)-\d+-)(?:text|short_title)")


@dataclass
class NamedTasks:
    """A unit's name with the tasks that the plan gives it.

    ``expands_to`` are the units of the group that it means, None where it means no group.
    """

    name: NameForm | None
    tasks: list[TaskForm] = field(default_factory=list)
    expands_to: list[str] | None = None

    @property
    def look(self) -> str:
        """The sentence beside a name that a person should look at; "" for a sure match."""
        if self.name is None:
            return ""
        row = self.name.row
        if row.choice in (Choice.UNIT, Choice.GROUP):
            return "" if row.score >= SURE - 1 else "Tên gần giống, mời đồng chí xem lại."
        if row.choice == Choice.NONE:
            return "Chưa giao cho đơn vị nào."
        return "Phường chưa có đơn vị này; sẽ tạo mới khi xác nhận, hoặc mời đồng chí chọn."


@dataclass(frozen=True)
class Message:
    """A sentence about a field, with the place to mend it."""

    target: str
    label: str
    text: str


class Review:
    """All forms of one plan, bound to ``data`` when something was sent."""

    def __init__(self, plan: Plan, data: Any = None, *, may_open_units: bool) -> None:
        self.plan, self.data = plan, data
        self.questions = plan.reading.get("questions", [])
        self.head = HeadForm(data, instance=plan, prefix="plan")
        if self.place_suggestion:
            self.head.fields["use_place"] = forms.BooleanField(
                label=f"Dùng “{self.place_suggestion}”", required=False
            )
        self.bases = self._rows(BasisForm, plan.legal_bases.select_related("instrument__successor"))
        self.items = self._rows(ItemForm, plan.content_items)
        self.targets = self._rows(TargetForm, plan.targets)
        self.recipients = self._rows(RecipientForm, plan.recipients)
        choices = unit_choices(plan, may_open_units=may_open_units)
        self.names = {
            row.pk: NameForm(row, data, choices=choices)
            for row in plan.named_units.select_related("unit", "group", "node")
        }
        tasks = plan.tasks.select_related("node", "lead").prefetch_related("cooperating")
        self.tasks = []
        for number, row in enumerate(tasks, 1):
            row.plan = plan
            suggestion = self._due_suggestion(row)
            self.tasks.append(TaskForm(row, data, number=number, suggestion=suggestion))
        self.additions = AdditionsForm(data, prefix="them")

    def _rows(self, form: type[Any], rows: Any) -> list[Any]:
        found = enumerate(rows.select_related("node"), 1)
        return [form(row, self.data, number=number) for number, row in found]

    @cached_property
    def place_suggestion(self) -> str:
        found = (q["suggestion"] for q in self.questions if q["field"] == "issue_place")
        suggestion = next(found, None) or ""
        return "" if suggestion == self.plan.issue_place else suggestion

    def _due_suggestion(self, task: Any) -> str:
        paragraph = task.node.paragraph if task.node else None
        for question in self.questions:
            is_here = question["field"] == "deadlines" and question["paragraph"] == paragraph
            if is_here and question["suggestion"] and question["suggestion"] not in task.due:
                unknown = [code for code in task.due if due.in_words(code) == code]
                return question["suggestion"] if unknown else ""
        return ""

    @cached_property
    def duty_day(self) -> Any:
        return expansion.duty_day(self.plan, timezone.localdate())

    @cached_property
    def groups(self) -> list[NamedTasks]:
        """Tasks below the name that leads them, in the order of the plan."""
        meant = {form.row.group for form in self.names.values() if form.row.group}
        units = expansion.expand(self.plan.owner, meant, self.duty_day)
        groups: dict[int | None, NamedTasks] = {
            pk: NamedTasks(form, expands_to=units.get(form.row.group_id))
            for pk, form in self.names.items()
        }
        for form in self.tasks:
            groups.setdefault(form.row.lead_id, NamedTasks(None)).tasks.append(form)
        return list(groups.values())

    @property
    def rows(self) -> list[RowForm]:
        return [*self.bases, *self.items, *self.targets, *self.tasks, *self.recipients]

    @property
    def forms(self) -> list[Any]:
        return [self.head, *self.rows, *self.names.values(), self.additions]

    def is_valid(self) -> bool:
        """Whether all that was sent can be written; every field gets its sentence."""
        answers = [form.is_valid() for form in self.forms if form.is_bound]
        return all(answers)

    def errors(self) -> list[Message]:
        """What is wrong, in the order of the page, with the field to go to."""
        result = [Message("plan", "Kế hoạch", str(error)) for error in self.head.non_field_errors()]
        for form in self.forms:
            for name, errors in form.errors.items():
                if name in form.fields:
                    text = " ".join(map(str, errors))
                    result.append(Message(form[name].auto_id, _label(form, name), text))
        return result

    def edits(self) -> Edits:
        """What to write; only after :meth:`is_valid`."""
        head = self.head.values()
        if self.head.cleaned_data.get("use_place"):
            head["issue_place"] = self.place_suggestion
        sent = [form for form in (*self.rows, *self.names.values()) if form.is_bound]
        rows = [(form.row, form.values()) for form in sent]
        return Edits(head=head, rows=rows, pieces=self.additions.changes())

    def _asked(self, *fields: str) -> list[dict[str, Any]]:
        return [question for question in self.questions if question["field"] in fields]

    @property
    def head_questions(self) -> list[dict[str, Any]]:
        return self._asked("number", "issued_on", "issuers", "subject", "year")

    @property
    def place_questions(self) -> list[dict[str, Any]]:
        return self._asked("issue_place") if self.place_suggestion else []

    @property
    def section_questions(self) -> list[dict[str, Any]]:
        return self._asked("sections")

    @property
    def task_questions(self) -> list[dict[str, Any]]:
        return self._asked("assignments", "deadlines")

    @property
    def is_over(self) -> bool:
        """By its own year the plan has ended already."""
        return bool(self.plan.last_day and self.plan.last_day < timezone.localdate())

    def differences(self, stored: Review) -> list[dict[str, str]]:
        """Where this (bound) review says something else than what is ``stored`` now."""
        result = []
        theirs = {form.prefix: form for form in stored.forms}
        for form in self.forms:
            other = theirs.get(form.prefix)
            if other is None or not form.is_bound or form is self.additions:
                continue
            for name in form.fields:
                if name not in other.fields:
                    continue
                mine, now = shown(form[name]), shown(other[name])
                if mine != now:
                    result.append({"label": _label(form, name), "mine": mine, "stored": now})
        return result + self._gone()

    def _gone(self) -> list[dict[str, str]]:
        """What was typed in rows that are no longer there."""
        known = {f"{form.prefix}-" for form in self.forms}
        return [
            {"label": "Dòng đã bị bỏ", "mine": " ".join(self.data[key].split()), "stored": ""}
            for key in self.data
            if ROW_TEXT.fullmatch(key) and ROW_TEXT.fullmatch(key)["prefix"] not in known  # type: ignore[index]
        ]


def _label(form: Any, name: str) -> str:
    """The field's label with the row that it is of: "Nội dung 2, tên gọn"."""
    label = str(form[name].label or form.fields[name].label)
    row = getattr(form, "name", "")
    return f"{row}, {label[:1].lower()}{label[1:]}" if row else label
