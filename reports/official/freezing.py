"""What was finalised stays word for word, number for number; what came since is told beside it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from core.text import format_count
from reports.models import ConsolidatedReport, MonthlyReport, Status
from reports.official.drafting import Chapter, Draft, Section
from reports.official.figures import Told, from_json, lines_told
from reports.official.pieces import Line, Piece
from reports.official.words import NOTHING, amount_words
from reports.spans import Span
from reports.statistics import Scope


def freeze(draft: Draft) -> dict[str, Any]:
    """The whole report as JSON: figures, head, and every printed line with its figures."""
    return {
        "figures": draft.figures.as_json(),
        "head": dict(draft.head),
        "opening": _section_json(draft.opening),
        "chapters": [
            {"heading": one.heading, "sections": [_section_json(part) for part in one.sections]}
            for one in draft.chapters
        ],
    }


def thaw(snapshot: Mapping[str, Any]) -> Draft:
    """The report that :func:`freeze` kept, printed as it was then."""
    return Draft(
        from_json(snapshot["figures"]),
        dict(snapshot["head"]),
        _section(snapshot["opening"]),
        tuple(
            Chapter(one["heading"], tuple(_section(part) for part in one["sections"]))
            for one in snapshot["chapters"]
        ),
    )


def digest(snapshot: Mapping[str, Any]) -> str:
    """SHA-256 of the snapshot in one fixed way of writing it."""
    written = json.dumps(snapshot, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(written.encode()).hexdigest()


def is_untouched(document: ConsolidatedReport) -> bool:
    return document.snapshot is None or digest(document.snapshot) == document.snapshot_sha256


def _section_json(section: Section) -> dict[str, Any]:
    return {
        "key": section.key,
        "heading": section.heading,
        "lines": [[[one.text, one.figure] for one in line] for line in section.lines],
    }


def _section(stored: Mapping[str, Any]) -> Section:
    lines: tuple[Line, ...] = tuple(
        tuple(Piece(text, figure) for text, figure in line) for line in stored["lines"]
    )
    return Section(stored["key"], stored["heading"], lines, lines)


# -- Since then ----------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class ChangedReport:
    """A report of the span that is not what it was when the document was finalised."""

    report: MonthlyReport
    words: str


@dataclass(frozen=True, slots=True)
class ChangedNumber:
    """A number of the annex as it was printed, and as it would be now."""

    name: str
    window: str  # in words: "trong kỳ"
    was: str
    is_now: str


@dataclass(frozen=True, slots=True)
class Since:
    """ "Thay đổi sau khi chốt"."""

    reports: tuple[ChangedReport, ...]
    numbers: tuple[ChangedNumber, ...]

    def __bool__(self) -> bool:
        return bool(self.reports or self.numbers)


def scope_of(document: ConsolidatedReport) -> Scope:
    return Scope(document.owner, document.root, document.group)


def accepted_in(document: ConsolidatedReport) -> dict[int, int]:
    """The reports that its figures are made of now: key -> version; one query."""
    return dict(
        MonthlyReport.objects.filter(
            scope_of(document).rows(), month__in=document.span.months, status=Status.ACCEPTED
        )
        .order_by()
        .values_list("pk", "version")
    )


def since(document: ConsolidatedReport) -> Since:
    """What came late or was corrected after ``document`` was finalised; seven queries."""
    then = from_json(document.snapshot["figures"])
    now = {line.code: line for line in lines_told(scope_of(document), document.span)}
    kept = dict(document.sources.order_by().values_list("report", "version"))
    here = accepted_in(document)
    words = {
        pk: _words(kept.get(pk), here.get(pk))
        for pk in kept.keys() | here.keys()
        if kept.get(pk) != here.get(pk)
    }
    reports = MonthlyReport.objects.filter(pk__in=list(words)).select_related("unit")
    numbers = (
        number
        for code in then.own | now
        for number in _changed_numbers(document.span, then.own.get(code), now.get(code))
    )
    return Since(
        tuple(
            ChangedReport(one, words[one.pk])
            for one in reports.order_by("month", "unit__position", "unit__sort_key", "pk")
        ),
        tuple(numbers),
    )


def _changed_numbers(span: Span, then: Told | None, now: Told | None) -> Iterator[ChangedNumber]:
    """Of one line, every printed number that differs; a dash where it was or is no line."""
    was, is_now = (_printed(span, one) if one else {} for one in (then, now))
    name = (now or then).name  # type: ignore[union-attr]  # one of them is there
    for window in was | is_now:
        before, after = was.get(window, NOTHING), is_now.get(window, NOTHING)
        if before != after:
            yield ChangedNumber(name, window, before, after)


def _printed(span: Span, line: Told) -> dict[str, str]:
    """What the annex prints of ``line``: the window in words -> the number."""
    found = {"trong kỳ": amount_words(line.total)}
    if len(span.months) > 1:
        for month, amount in zip(span.months, line.by_month, strict=True):
            found[f"tháng {month.month}/{month.year}"] = amount_words(amount)
    if span.months != span.of_year:
        found["lũy kế năm"] = amount_words(line.of_year)
    found["cùng kỳ năm trước"] = amount_words(line.before)
    found["kế hoạch năm"] = format_count(line.target) if line.target else NOTHING
    return found


def _words(then: int | None, now: int | None) -> str:
    if then is None:
        return "tiếp nhận sau khi chốt"
    return "mở lại, hiện không còn tính" if now is None else "sửa lại rồi tiếp nhận sau khi chốt"
