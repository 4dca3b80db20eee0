"""Two texts of one thing beside each other, for whoever came second."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from reports.answers import PARTS, Answers, Paper, whole_box
from reports.models import Indicator
from reports.sentences import passages

NOTHING = "(để trống)"


@dataclass(frozen=True, slots=True)
class Difference:
    """One answer that differs: what I had, and what is kept."""

    label: str
    mine: str
    theirs: str


def typed_differences(
    paper: Paper, mine: Mapping[str, Any], theirs: Mapping[str, Any]
) -> list[Difference]:
    """Where two drafts (see :class:`reports.models.Draft`) differ, box by box, as typed."""
    differences = []
    for part in PARTS:
        own, kept = mine.get(part) or {}, theirs.get(part) or {}
        for name, label in _boxes(paper, part):
            one, other = _words(paper, own.get(name)), _words(paper, kept.get(name))
            if one != other:
                differences.append(Difference(label, one or NOTHING, other or NOTHING))
        if part == "counts":
            differences += _rows(mine.get("happenings") or {}, theirs.get("happenings") or {})
    return differences


def answer_differences(paper: Paper, mine: Answers, theirs: Answers) -> list[Difference]:
    """Where two hand-ins differ, passage by passage, in the words of the report."""
    own = {one.key: one for one in passages(mine, paper)}
    kept = {one.key: one for one in passages(theirs, paper)}
    differences = []
    for key in dict.fromkeys([*own, *kept]):
        one = "\n".join(own[key].lines) if key in own else ""
        other = "\n".join(kept[key].lines) if key in kept else ""
        if one != other:
            label = (own.get(key) or kept[key]).label
            differences.append(Difference(label, one or NOTHING, other or NOTHING))
    return differences


def _rows(mine: Mapping[str, Any], theirs: Mapping[str, Any]) -> list[Difference]:
    """The happenings, told one a line; which of them changed is seen at a glance."""
    one, other = _lines(mine), _lines(theirs)
    return [Difference("Kể từng buổi", one or NOTHING, other or NOTHING)] if one != other else []


def _lines(typed: Mapping[str, Any]) -> str:
    rows: dict[str, list[str]] = {}
    for name, text in typed.items():
        number, _, box = name.partition("-")
        if box != "code" and text:
            rows.setdefault(number, []).append(str(text))
    return "\n".join(", ".join(row) for row in rows.values())


def _boxes(paper: Paper, part: str) -> list[tuple[str, str]]:
    if part == "contents":
        return [("items", "Nội dung đã thực hiện")]
    if part == "counts":
        return [box for one in paper.indicators for box in _count_boxes(one)]
    labels = {
        "result": "Kết quả",
        "difficulties": "Khó khăn, vướng mắc",
        "recommendations": "Kiến nghị, đề xuất",
    }
    return [(name, labels[name]) for name in PARTS[part]]


def _count_boxes(one: Indicator) -> list[tuple[str, str]]:
    whole = [(whole_box(one.code), f"{one.name}, trên tổng số")] if one.is_share else []
    return [(one.code, one.name), *whole]


def _words(paper: Paper, typed: Any) -> str:
    if isinstance(typed, list):
        titles = {str(item.pk): item.short_title for item in paper.items}
        return "\n".join(titles.get(one, one) for one in typed)
    return str(typed or "")
