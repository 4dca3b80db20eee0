"""The screens of the secretary, bound to what was typed, on the page or in the draft.

They check and understand; :mod:`reports.drafts` keeps the typed text and
:mod:`reports.workflow` writes.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from django import forms
from django.http import QueryDict

from core.forms import PlainTextField
from core.text import format_number
from plans.models import ContentItem
from reports.answers import Answers, Paper, whole_box
from reports.forms.base import PartForm, plain, typed_part
from reports.forms.counts import ConfirmedForm, CountsForm, figure_as_typed
from reports.forms.happenings import HappeningsForm, as_rows

MAX_TEXT = 2000


class ContentsForm(PartForm):
    part = "contents"
    items = forms.MultipleChoiceField(
        label="Nội dung đã thực hiện",
        required=False,
        error_messages={
            "invalid_choice": "Có nội dung không còn trong kế hoạch của tháng này, "
            "đồng chí chọn lại.",
            "invalid_list": "Đồng chí chọn lại các nội dung.",
        },
    )

    def ask(self) -> None:
        self.fields["items"].choices = [
            (str(item.pk), item.short_title) for item in self.paper.items
        ]

    def collect(self, post: QueryDict) -> dict[str, Any]:
        return {"items": [plain(one)[:20] for one in post.getlist(self.add_prefix("items"))[:200]]}

    def rows(self) -> Iterator[dict[str, Any]]:
        """The boxes to tick, each with its content and whether it is ticked."""
        ticked = self["items"].value() or []
        for index, item in enumerate(self.paper.items):
            yield {
                "item": item,
                "id": f"id_contents-items_{index}",
                "is_ticked": str(item.pk) in ticked,
            }

    def chosen(self) -> tuple[ContentItem, ...]:
        picked = set(self.cleaned_data["items"])
        by_plan = sorted(self.paper.items, key=lambda item: (item.plan_id, item.position))
        return tuple(item for item in by_plan if str(item.pk) in picked)


class ResultForm(PartForm):
    part = "result"
    result = PlainTextField(
        label="Kết quả nổi bật",
        required=False,
        multiline=True,
        max_length=MAX_TEXT,
        widget=forms.Textarea(attrs={"rows": 6}),
    )


class DifficultiesForm(PartForm):
    part = "difficulties"
    difficulties = PlainTextField(
        label="Khó khăn, vướng mắc",
        required=False,
        multiline=True,
        max_length=MAX_TEXT,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    recommendations = PlainTextField(
        label="Kiến nghị, đề xuất với phường",
        required=False,
        multiline=True,
        max_length=MAX_TEXT,
        widget=forms.Textarea(attrs={"rows": 4}),
    )


PART_FORMS: dict[str, type[PartForm]] = {
    form.part: form
    for form in (
        ContentsForm,
        CountsForm,
        HappeningsForm,
        ConfirmedForm,
        ResultForm,
        DifficultiesForm,
    )
}
# What stands on the screen of another part; where nothing is typed it is left out of the draft.
BESIDE: dict[str, tuple[str, ...]] = {"counts": (HappeningsForm.part, ConfirmedForm.part)}


def collect(paper: Paper, part: str, post: QueryDict) -> dict[str, dict[str, Any]]:
    """What ``post`` has for the screen of ``part``: that part, and what stands beside it."""
    return {name: PART_FORMS[name](paper).collect(post) for name in (part, *BESIDE.get(part, ()))}


@dataclass(frozen=True)
class Reading:
    """A whole draft read through its screens."""

    paper: Paper
    forms: dict[str, Any]

    @property
    def is_valid(self) -> bool:
        return all(form.is_valid() for form in self.forms.values())

    @property
    def invalid(self) -> list[PartForm]:
        return [form for form in self.forms.values() if not form.is_valid()]

    def answers(self) -> Answers:
        """What was understood; answers that were not are left out."""
        for form in self.forms.values():
            form.is_valid()
        contents, told = self.forms["contents"], self.forms["happenings"]
        result, rest = self.forms["result"], self.forms["difficulties"]
        counted = Answers(
            counts=self.forms["counts"].counts(),
            happenings=told.happenings() if told.is_valid() else (),
        )
        totals = counted.totals(self.paper.indicators)
        return replace(
            counted,
            contents=contents.chosen() if contents.is_valid() else (),
            confirmed=self.forms["confirmed"].affirmed(totals),
            result=result.cleaned_data.get("result", ""),
            difficulties=rest.cleaned_data.get("difficulties", ""),
            recommendations=rest.cleaned_data.get("recommendations", ""),
        )


def read(
    paper: Paper, content: Mapping[str, Any], *, before: Mapping[str, str] | None = None
) -> Reading:
    """``content`` as typed (see :class:`reports.models.Draft`) through the forms of ``paper``.

    ``before`` gives examples to the errors, see :class:`CountsForm`.
    """
    bound = {part: form(paper, typed_part(content, part)) for part, form in PART_FORMS.items()}
    if before:
        bound["counts"] = CountsForm(paper, typed_part(content, "counts"), before=before)
    return Reading(paper, bound)


def as_typed(paper: Paper, answers: Answers) -> dict[str, Any]:
    """The typed text that would give ``answers``: where the editing of a handed-in report begins.

    Happenings of what ``paper`` asks no more are left out: they stay with the report, untouched.
    """
    counts = answers.counts
    asked = {one.code for one in paper.indicators}
    told = tuple(one for one in answers.happenings if one.code in asked)
    totals = answers.totals(paper.indicators)
    beside = {
        "happenings": as_rows(told),
        "confirmed": {
            one.code: figure_as_typed(totals[one.code])
            for one in paper.indicators
            if one.code in answers.confirmed and one.code in totals
        },
    }
    return {
        "contents": {"items": [str(item.pk) for item in answers.contents]},
        "counts": {
            one.code: figure_as_typed(count) if (count := counts.get(one.code)) else ""
            for one in paper.indicators
        }
        | {
            whole_box(one.code): format_number(count.of)
            if (count := counts.get(one.code)) and count.of is not None
            else ""
            for one in paper.indicators
            if one.is_share
        },
        "result": {"result": answers.result},
        "difficulties": {
            "difficulties": answers.difficulties,
            "recommendations": answers.recommendations,
        },
        **{part: typed for part, typed in beside.items() if typed},
    }
