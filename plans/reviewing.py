"""The forms of the review page together: what was understood, piece by piece."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from django import forms
from django.utils import timezone

from plans import due
from plans.forms import BasisForm, HeadForm, ItemForm, NameForm, TaskForm
from plans.models import NamedUnit, Plan
from plans.naming import SURE
from plans.review import Edits
from units.models import Unit, UnitGroup

Choice = NamedUnit.Choice


@dataclass
class NamedTasks:
    """A unit's name with the tasks that the plan gives it."""

    name: NameForm | None
    tasks: list[TaskForm] = field(default_factory=list)

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
        self.plan = plan
        self.questions = plan.reading.get("questions", [])
        self.head = HeadForm(data, instance=plan, prefix="plan")
        if self.place_suggestion:
            self.head.fields["use_place"] = forms.BooleanField(
                label=f"Dùng “{self.place_suggestion}”", required=False
            )
        self.bases = [BasisForm(row, data) for row in plan.legal_bases.select_related("node")]
        self.items = [ItemForm(row, data) for row in plan.content_items.select_related("node")]
        choices = _choices(plan, may_open_units=may_open_units)
        self.names = {
            row.pk: NameForm(row, data, choices=choices)
            for row in plan.named_units.select_related("unit", "group", "node")
        }
        self.tasks = [
            TaskForm(row, data, suggestion=self._due_suggestion(row))
            for row in plan.tasks.select_related("node", "lead").prefetch_related("cooperating")
        ]
        for form in self.tasks:
            form.row.plan = plan

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

    @property
    def groups(self) -> list[NamedTasks]:
        """Tasks below the name that leads them, in the order of the plan."""
        groups: dict[int | None, NamedTasks] = {
            pk: NamedTasks(form) for pk, form in self.names.items()
        }
        for form in self.tasks:
            groups.setdefault(form.row.lead_id, NamedTasks(None)).tasks.append(form)
        return list(groups.values())

    @property
    def forms(self) -> list[forms.BaseForm]:
        return [self.head, *self.bases, *self.items, *self.names.values(), *self.tasks]

    def is_valid(self) -> bool:
        answers = [form.is_valid() for form in self.forms]  # every field gets its sentence
        return all(answers)

    def errors(self) -> list[Message]:
        """What is wrong, in the order of the page, with the field to go to."""
        result = [Message("plan", "Kế hoạch", str(error)) for error in self.head.non_field_errors()]
        for form in self.forms:
            for name, errors in form.errors.items():
                if name in form.fields:
                    bound = form[name]
                    result.append(
                        Message(bound.auto_id, str(bound.label), " ".join(map(str, errors)))
                    )
        return result

    def edits(self) -> Edits:
        """What to write; only after :meth:`is_valid`."""
        head = self.head.values()
        if self.head.cleaned_data.get("use_place"):
            head["issue_place"] = self.place_suggestion
        rows = [(form.row, form.values()) for form in (*self.bases, *self.items, *self.tasks)]
        rows += [(form.row, form.values()) for form in self.names.values()]
        return Edits(head=head, rows=rows)

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
            for name in form.fields:
                if other is None or name not in other.fields:
                    continue
                mine, now = _shown(form[name]), _shown(other[name])
                if mine != now:
                    result.append({"label": str(form[name].label), "mine": mine, "stored": now})
        return result


def _shown(bound: Any) -> str:
    """A field's value as the page shows it."""
    value = bound.value()
    if isinstance(bound.field, forms.BooleanField):
        return "có" if value else "không"
    if isinstance(bound.field, forms.ChoiceField):
        return _choice_label(bound.field.choices, str(value or ""))
    return " ".join(str(bound.field.prepare_value(value) or "").split())


def _choice_label(choices: Any, value: str) -> str:
    for key, label in choices:
        if isinstance(label, (list, tuple)):
            found = _choice_label(label, value)
            if found:
                return found
        elif str(key) == value:
            return str(label)
    return ""


def _choices(plan: Plan, *, may_open_units: bool) -> list[Any]:
    """Units and groups of the ward, and what else a name may be. Two queries a plan."""
    units = Unit.objects.under(plan.owner).filter(closed_on__isnull=True).exclude(depth=1)
    others = [(Choice.NONE.value, Choice.NONE.label.capitalize())]
    if may_open_units:
        others = [
            (Choice.NEW_UNIT.value, "Tạo đơn vị mới"),
            (Choice.NEW_GROUP.value, "Tạo nhóm đơn vị mới"),
            *others,
        ]
    groups = UnitGroup.objects.filter(owner=plan.owner)
    return [
        *others,
        ("Nhóm đơn vị", [(f"group:{group.pk}", group.name) for group in groups]),
        ("Đơn vị", [(f"unit:{unit.pk}", unit.name) for unit in units.in_order()]),
    ]
