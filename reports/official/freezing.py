"""What was finalised stays word for word, number for number; what came since is told beside it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from reports.models import ConsolidatedReport, MonthlyReport, Status
from reports.official.drafting import Chapter, Draft, Section
from reports.official.figures import Told, from_json, lines_told
from reports.official.pieces import Line, Piece
from reports.official.words import NOTHING, amount_words
from reports.statistics import Amount, Scope


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
class ChangedLine:
    """A line of the annex as it was, and as it would be now; None where it was or is none."""

    then: Told | None
    now: Told | None

    @property
    def name(self) -> str:
        line = self.now or self.then
        return line.name if line else ""

    @property
    def was(self) -> str:
        return amount_words(self.then.total) if self.then else NOTHING

    @property
    def is_now(self) -> str:
        return amount_words(self.now.total) if self.now else NOTHING

    @property
    def year_was(self) -> str:
        return amount_words(self.then.of_year) if self.then else NOTHING

    @property
    def year_now(self) -> str:
        return amount_words(self.now.of_year) if self.now else NOTHING


@dataclass(frozen=True, slots=True)
class Since:
    """ "Thay đổi sau khi chốt"."""

    reports: tuple[ChangedReport, ...]
    lines: tuple[ChangedLine, ...]

    def __bool__(self) -> bool:
        return bool(self.reports or self.lines)


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
    lines = [ChangedLine(then.own.get(code), now.get(code)) for code in then.own | now]
    changed = [one for one in lines if _amounts(one.then) != _amounts(one.now)]
    return Since(
        tuple(
            ChangedReport(one, words[one.pk])
            for one in reports.order_by("month", "unit__position", "unit__sort_key", "pk")
        ),
        tuple(changed),
    )


def _amounts(told: Told | None) -> tuple[Amount, Amount] | None:
    return (told.total, told.of_year) if told else None


def _words(then: int | None, now: int | None) -> str:
    if then is None:
        return "tiếp nhận sau khi chốt"
    return "mở lại, hiện không còn tính" if now is None else "sửa lại rồi tiếp nhận sau khi chốt"
