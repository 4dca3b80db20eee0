"""The screens of the secretary, bound to what was typed, on the page or in the draft.

They check and understand; :mod:`reports.drafts` keeps the typed text and
:mod:`reports.workflow` writes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import QueryDict

from core.forms import CountField, PlainTextField
from core.text import Count, format_number, parse_count
from plans.models import ContentItem
from reports.answers import Answers, Paper
from reports.models import Indicator

MAX_TEXT = 2000
MAX_TYPED = 20_000  # characters of one box that the draft keeps
_UNKEPT = re.compile("[\x00\ud800-\udfff]")


class FigureField(CountField):
    """A count that keeps "khoảng": :class:`core.text.Count` or ``None`` out, shown as typed."""

    def parse(self, typed: str) -> Count:  # type: ignore[override]
        return parse_count(typed)

    def show(self, value: Count) -> str:  # type: ignore[override]
        return figure_as_typed(value)

    def prepare_value(self, value: Any) -> Any:
        return self.show(value) if isinstance(value, Count) else value

    def run_validators(self, value: Any) -> None:
        super().run_validators(value.value if isinstance(value, Count) else value)


def figure_as_typed(count: Count) -> str:
    """The text that means ``count``: "1.000", "khoảng 50"."""
    return ("khoảng " if count.is_approximate else "") + format_number(count.value)


class PartForm(forms.Form):
    """One screen of the form, bound to what was typed there (nothing typed: an empty mapping)."""

    part = ""
    use_required_attribute = False

    def __init__(self, paper: Paper, typed: Mapping[str, Any] | None = None) -> None:
        self.paper = paper
        data = {f"{self.part}-{name}": value for name, value in (typed or {}).items()}
        super().__init__(data, prefix=self.part)
        self.ask()

    def ask(self) -> None:
        """Add the fields that depend on the paper."""

    def collect(self, post: QueryDict) -> dict[str, Any]:
        """What ``post`` has for this screen, as typed; line ends are the phone's business."""
        return {name: _plain(post.get(self.add_prefix(name), "")) for name in self.fields}


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
        return {"items": [_plain(one)[:20] for one in post.getlist(self.add_prefix("items"))[:200]]}

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


class CountsForm(PartForm):
    part = "counts"

    def ask(self) -> None:
        for indicator in self.paper.indicators:
            self.fields[indicator.code] = FigureField(
                label=indicator.name, required=False, help_text=indicator.help_text
            )

    def rows(self, indicators: list[Indicator], before: Mapping[str, int]) -> list[dict[str, Any]]:
        """The boxes for ``indicators``, each with the number of the month before in its help."""
        rows = []
        for one in indicators:
            box = self[one.code]
            if one.code in before:
                last = f"Tháng trước: {format_number(before[one.code])}."
                box.help_text = f"{one.help_text} {last}".strip()
            rows.append({"field": box, "indicator": one})
        return rows

    def counts(self) -> dict[str, Count | None]:
        return {one.code: self.cleaned_data.get(one.code) for one in self.paper.indicators}


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
    form.part: form for form in (ContentsForm, CountsForm, ResultForm, DifficultiesForm)
}


@dataclass(frozen=True)
class Reading:
    """A whole draft read through its screens."""

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
        contents, counts = self.forms["contents"], self.forms["counts"]
        result, rest = self.forms["result"], self.forms["difficulties"]
        return Answers(
            contents=contents.chosen() if contents.is_valid() else (),
            counts=counts.counts(),
            result=result.cleaned_data.get("result", ""),
            difficulties=rest.cleaned_data.get("difficulties", ""),
            recommendations=rest.cleaned_data.get("recommendations", ""),
        )


def read(paper: Paper, content: Mapping[str, Any]) -> Reading:
    """``content`` as typed (see :class:`reports.models.Draft`) through the forms of ``paper``."""
    return Reading(
        {part: form(paper, typed_part(content, part)) for part, form in PART_FORMS.items()}
    )


def as_typed(paper: Paper, answers: Answers) -> dict[str, Any]:
    """The typed text that would give ``answers``: where the editing of a handed-in report begins."""
    counts = answers.counts
    return {
        "contents": {"items": [str(item.pk) for item in answers.contents]},
        "counts": {
            one.code: figure_as_typed(count) if (count := counts.get(one.code)) else ""
            for one in paper.indicators
        },
        "result": {"result": answers.result},
        "difficulties": {
            "difficulties": answers.difficulties,
            "recommendations": answers.recommendations,
        },
    }


def _plain(typed: str) -> str:
    """Without what no database keeps (PostgreSQL refuses NUL) and no page can show."""
    lines = typed.replace("\r\n", "\n").replace("\r", "\n")
    return _UNKEPT.sub("", lines)[:MAX_TYPED]


def typed_part(content: Mapping[str, Any], part: str) -> dict[str, Any]:
    """Only texts and lists of texts: ``content`` may have come back from a hidden field."""
    typed = content.get(part)
    if not isinstance(typed, Mapping):
        return {}
    return {
        str(name): [_plain(str(one)) for one in value]
        if isinstance(value, list)
        else _plain(str(value))
        for name, value in typed.items()
    }
