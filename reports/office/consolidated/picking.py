"""The units' own sentences, from which the officer chooses and puts in order."""

from __future__ import annotations

from dataclasses import dataclass
from http import HTTPStatus

from django.contrib import messages
from django.core.paginator import Page, Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from core.admin import office_render
from core.text import clean, format_month
from core.workflow import StaleError, TransitionRefusedError
from reports.models import ConsolidatedReport, MonthlyReport, Status
from reports.office.consolidated.page import document_response
from reports.office.consolidated.scope import (
    document_context,
    editable_document,
    seen_version,
)
from reports.official import freezing
from reports.official.drafting import FIELDS, Content, Pick, chosen
from reports.workflow import consolidated

PAGE_SIZE = 60  # reports
LAST = 10_000  # where a sentence without a place of its own stands
LABELS = {
    "result": "Kết quả nổi bật",
    "difficulties": "Khó khăn, vướng mắc",
    "recommendations": "Kiến nghị, đề xuất",
}


@dataclass(slots=True)
class Candidate:
    """A sentence that may be chosen; ``place`` is its place among the chosen, from 1."""

    pick: Pick
    month: str
    place: int | None = None

    @property
    def name(self) -> str:
        return self.pick.key


@require_http_methods(["GET", "HEAD", "POST"])
def pick(request: HttpRequest, pk: int) -> HttpResponse:
    """``?phan=`` says of which part: results, difficulties or recommendations."""
    document = editable_document(request, pk)
    wanted = request.GET.get("phan", "")
    part = wanted if wanted in FIELDS else "result"
    content = consolidated.content_of(document)
    page = _reports(request, document, part)
    candidates = _candidates(page, part, content)
    if request.method != "POST":
        return _page(request, document, part, page, candidates)
    try:
        consolidated.save_content(
            document,
            chosen(content, _picks(request, part, content, candidates)),
            actor=request.user,
            seen_version=seen_version(request),
        )
    except StaleError as stale:
        _keep_ticks(request, candidates)
        return _page(request, stale.fresh, part, page, candidates, str(stale), HTTPStatus.CONFLICT)
    except TransitionRefusedError as refusal:
        return document_response(
            request,
            document,
            errors=[str(refusal)],
            status=HTTPStatus.UNPROCESSABLE_ENTITY,
        )
    messages.success(request, "Đã ghi các câu đã chọn.")
    return redirect(f"{reverse('admin:consolidated_page', args=[pk])}#muc-{FIELDS[part]}")


def _reports(request: HttpRequest, document: ConsolidatedReport, part: str) -> Page:
    """The accepted reports that say something there."""
    reports = (
        MonthlyReport.objects.filter(
            freezing.scope_of(document).rows(),
            month__in=document.span.months,
            status=Status.ACCEPTED,
        )
        .exclude(**{part: ""})
        .select_related("unit")
        .order_by("unit__position", "unit__sort_key", "unit", "month")
    )
    return Paginator(reports, PAGE_SIZE).get_page(request.GET.get("trang"))


def _candidates(page: Page, part: str, content: Content) -> list[Candidate]:
    """Each line of each report; the chosen ones first, in their order."""
    places = {one.key: place for place, one in enumerate(content.picked(FIELDS[part]), 1)}
    found: dict[str, Candidate] = {}
    for report in page:
        for row in clean(getattr(report, part)).split("\n"):
            if row:
                own = Pick(report.pk, part, row, report.unit.name)
                found[own.key] = Candidate(own, format_month(report.month), places.get(own.key))
    return sorted(found.values(), key=lambda one: one.place or LAST)


def _picks(
    request: HttpRequest, part: str, content: Content, candidates: list[Candidate]
) -> list[Pick]:
    """What is ticked here in the order that was typed, and what was chosen on other pages."""
    shown = {one.name for one in candidates}
    ticked = set(request.POST.getlist("cau"))
    ranked: list[tuple[int, int, Pick]] = []
    here = content.picked(FIELDS[part])
    for place, own in enumerate(here):
        if own.key not in shown:
            ranked.append((place + 1, place, own))
    for number, one in enumerate(candidates):
        if one.name in ticked:
            ranked.append((_place(request, one), LAST + number, one.pick))
    others = [own for own in content.picks if own.part != part]
    return others + [own for *_, own in sorted(ranked, key=lambda row: row[:2])]


def _place(request: HttpRequest, one: Candidate) -> int:
    typed = request.POST.get(f"thu-tu-{one.name}", "").strip()
    if typed.isascii() and typed.isdigit() and len(typed) < 5:
        return int(typed)
    return one.place or LAST


def _keep_ticks(request: HttpRequest, candidates: list[Candidate]) -> None:
    ticked = set(request.POST.getlist("cau"))
    for one in candidates:
        one.place = _place(request, one) if one.name in ticked else None


def _page(
    request: HttpRequest,
    document: ConsolidatedReport,
    part: str,
    page: Page,
    candidates: list[Candidate],
    error: str = "",
    status: int = HTTPStatus.OK,
) -> HttpResponse:
    context = document_context(document, request.user) | {
        "part": part,
        "label": LABELS[part],
        "labels": LABELS,
        "page": page,
        "candidates": candidates,
        "errors": [error] if error else [],
    }
    return office_render(request, "reports/office/consolidated/pick.html", context, status)
