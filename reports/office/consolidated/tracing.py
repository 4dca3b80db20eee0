"""From a figure to the reports, hand-ins and people behind it: "lý lịch con số"."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_safe

from core.admin import office_render
from reports import statistics
from reports.models import (
    ConsolidatedReport,
    MonthlyReport,
    ReportContent,
    ReportStep,
    Status,
    Submission,
)
from reports.office.consolidated.scope import document_context, visible_document
from reports.official import freezing
from reports.official.figures import Told, days_asked, from_json
from reports.official.sentences import BEFORE, CHANGE, CONTENT, OF_YEAR, SPAN, TARGET
from reports.official.words import amount_words, change_words
from reports.spans import Span
from reports.statistics import Amount, Line, Scope, Source, sources

SHOWN = {CHANGE: SPAN, TARGET: OF_YEAR}  # what stands behind a comparison
UNITS = ("don-vi", "bao-cao", "chua-gui", "cho-xem", "dung-han", "muon")
WINDOW_WORDS = {SPAN: "trong kỳ", OF_YEAR: "lũy kế năm", BEFORE: "cùng kỳ năm trước"}


@dataclass(slots=True)
class Row:
    """A report behind the figure: its number, who handed it in, who accepted it."""

    source: Source
    submissions: list[Submission]
    accepted: ReportStep | None
    words: str = ""  # what happened to it since the document was finalised

    @property
    def report(self) -> MonthlyReport:
        return self.source.value.report


@require_safe
def by_code(request: HttpRequest, code: str) -> HttpResponse:
    """What the QR of the annex leads to; 404 for whoever may not see the document."""
    mine = ConsolidatedReport.objects.visible_to(request.user)
    document = get_object_or_404(mine, trace_code=code.upper())
    return redirect(f"{document.get_absolute_url()}#bieu")


@require_safe
def figure_page(request: HttpRequest, pk: int, figure: str) -> HttpResponse:
    """``figure`` is "sessions.ky": what is counted, and in which window."""
    document = visible_document(request, pk)
    name, _, window = figure.rpartition(".")
    context = document_context(document, request.user) | {"figure": figure}
    if name in UNITS:
        return _units_page(request, document, context)
    if name.startswith("noi-dung"):
        return _contents_page(request, document, name.removeprefix(CONTENT), context)
    return _number_page(request, document, name, window, context)


def _number_page(
    request: HttpRequest, document: ConsolidatedReport, code: str, window: str, context: dict
) -> HttpResponse:
    scope, span = freezing.scope_of(document), document.span
    asked = SHOWN.get(window, window)
    if asked not in WINDOW_WORDS and asked not in _month_words(span):
        raise Http404
    found = {line.code: line for line in statistics.lines(scope, span)}
    line = found.get(code)
    if line is None:
        raise Http404
    rows = _rows(scope, span, line, asked)
    _tell_changes(document, rows)
    amount = _amount(line, span, asked)
    context |= {
        "line": line,
        "note": line.family.note(span.last_month),
        "window": (WINDOW_WORDS | _month_words(span))[asked],
        "amount": amount_words(amount),
        "rows": rows,
        "frozen": _frozen(document, code, asked, amount),
        "beside": _beside(code, window, document, scope),
        "definitions": [statistics.OF_SPAN, statistics.OF_YEAR, statistics.SAME_SPAN],
    }
    return office_render(request, "reports/office/consolidated/figure.html", context)


def _month_words(span: Span) -> dict[str, str]:
    return {f"{month:%Y-%m}": f"tháng {month.month}/{month.year}" for month in span.months}


def _amount(line: Line | Told, span: Span, window: str) -> Amount:
    by_month = dict(zip(_month_words(span), line.by_month, strict=True))
    named = {SPAN: line.total, OF_YEAR: line.of_year, BEFORE: line.before}
    return (named | by_month)[window]


def _rows(scope: Scope, span: Span, line: Line, window: str) -> list[Row]:
    """Two queries more than the sources: hand-ins, and who accepted."""
    found = sources(scope, span, line.family, window)
    reports = [one.value.report_id for one in found]
    handed: dict[int, list[Submission]] = defaultdict(list)
    given = Submission.objects.filter(report__in=reports).select_related("by").defer("content")
    for submission in given.order_by("report", "number"):
        handed[submission.report_id].append(submission)
    taken = ReportStep.objects.filter(report__in=reports, name="accept").select_related("actor")
    accepted = {step.report_id: step for step in taken.order_by("pk")}
    return [
        Row(one, handed[one.value.report_id], accepted.get(one.value.report_id)) for one in found
    ]


def _tell_changes(document: ConsolidatedReport, rows: list[Row]) -> None:
    """Which of them are not what they were when the document was finalised."""
    if document.snapshot is None:
        return
    kept = dict(document.sources.order_by().values_list("report", "version"))
    for row in rows:
        if (
            row.report.month in document.span.months
            and kept.get(row.report.pk) != row.report.version
        ):
            row.words = "sửa sau khi chốt" if row.report.pk in kept else "thêm sau khi chốt"


def _frozen(document: ConsolidatedReport, code: str, window: str, now: Amount) -> str:
    """What the finalised document says, where that is another number."""
    if document.snapshot is None:
        return ""
    then = from_json(document.snapshot["figures"]).own.get(code)
    if then is None:
        return "–"
    kept = _amount(then, document.span, window)
    return "" if kept == now else amount_words(kept)


def _beside(code: str, window: str, document: ConsolidatedReport, scope: Scope) -> dict[str, Any]:
    """For a comparison: the two numbers that it stands between."""
    if window != CHANGE:
        return {}
    from_lines = {one.code: one for one in freezing.lines_told(scope, document.span)}
    told = from_lines.get(code)
    if told is None:
        return {}
    return {"before": amount_words(told.before), "change": change_words(told)}


def _units_page(request: HttpRequest, document: ConsolidatedReport, context: dict) -> HttpResponse:
    scope, span = freezing.scope_of(document), document.span
    until = days_asked(scope, span)[2]
    found = statistics.completeness(scope, span, until=until)
    context |= {
        "found": found,
        "definitions": [statistics.COMPLETE, statistics.ON_TIME],
        "months": document.span.months,
    }
    return office_render(request, "reports/office/consolidated/units.html", context)


def _contents_page(
    request: HttpRequest, document: ConsolidatedReport, wanted: str, context: dict
) -> HttpResponse:
    """The contents with their counts; of one of them the reports that say so."""
    scope, span = freezing.scope_of(document), document.span
    contents = statistics.covered(scope, span)
    one = next((each for each in contents if str(each.pk) == wanted), None)
    reports = []
    if one is not None:
        accepted = MonthlyReport.objects.filter(
            scope.rows(), month__in=span.months, status=Status.ACCEPTED
        )
        rows = ReportContent.objects.filter(content_item=one.pk, report__in=accepted)
        reports = [
            row.report
            for row in rows.select_related("report__unit", "report__submitted_by").order_by(
                "report__unit__position", "report__unit__sort_key", "report__month"
            )
        ]
    context |= {
        "contents": [
            {"figure": f"{CONTENT}{each.pk}.{SPAN}", "content": each} for each in contents
        ],
        "content": one,
        "reports": reports,
        "definitions": [statistics.COVERED],
    }
    return office_render(request, "reports/office/consolidated/contents.html", context)
