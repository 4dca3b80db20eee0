"""An official report as it reads now, what changed since it was finalised, its versions."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_safe

from core.admin import office_render
from core.charts import draw
from core.docx import PROFILES
from core.pdf import can_make_pdf
from plans.models import TemplateKind, WordTemplate
from reports.forms.consolidated import ReasonForm, SignedForm
from reports.models import ConsolidatedReport
from reports.office.consolidated.scope import document_context, visible_document
from reports.official import annex, freezing, pictures
from reports.workflow import consolidated


@require_safe
def document_page(request: HttpRequest, pk: int) -> HttpResponse:
    return document_response(request, visible_document(request, pk))


def document_response(
    request: HttpRequest,
    document: ConsolidatedReport,
    *,
    errors: list[str] | None = None,
    status: int = HTTPStatus.OK,
    **more: Any,
) -> HttpResponse:
    """The page with what went wrong above it."""
    draft = consolidated.draft_of(document)
    initial = {"seen_version": document.version}
    withdraw_form = more.get("withdraw_form") or ReasonForm(initial=initial)
    signed_form = more.get("signed_form") or SignedForm(initial=initial)
    context = {
        **document_context(document, request.user),
        "draft": draft,
        "tables": annex.tables(draft.figures),
        "drawings": [draw(chart) for chart in pictures.charts(draft.figures)],
        "profiles": PROFILES.values(),
        "profile": PROFILES[document.profile],
        "templates": WordTemplate.objects.in_use(document.owner, TemplateKind.OFFICIAL),
        "has_pdf": can_make_pdf(),
        "errors": errors or [],
        "seen_figures": consolidated.figures_seen(draft.figures),
        "withdraw_form": withdraw_form,
        "signed_form": signed_form,
        "form": withdraw_form if withdraw_form.errors else signed_form,
        "is_untouched": freezing.is_untouched(document),
        "since": freezing.since(document) if document.snapshot is not None else None,
    }
    return office_render(request, "reports/office/consolidated/page.html", context, status)


@require_safe
def changes(request: HttpRequest, pk: int) -> HttpResponse:
    """ "Thay đổi sau khi chốt": reports that came late or were corrected, figures that differ."""
    document = visible_document(request, pk)
    if document.snapshot is None:
        return redirect(document)
    context = document_context(document, request.user) | {"since": freezing.since(document)}
    return office_render(request, "reports/office/consolidated/changes.html", context)


@require_safe
def versions(request: HttpRequest, pk: int) -> HttpResponse:
    """Who wrote what and when, and the steps; ``?ban=`` shows one of them word for word."""
    document = visible_document(request, pk)
    texts = list(document.texts.select_related("by").order_by("-number"))
    wanted = request.GET.get("ban", "")
    shown = next((one for one in texts if str(one.number) == wanted), None)
    context = document_context(document, request.user) | {
        "texts": texts,
        "shown": shown,
        "steps": document.steps.select_related("actor").order_by("-pk"),
        "labels": {name: step.label for name, step in consolidated.STEPS.items()},
    }
    return office_render(request, "reports/office/consolidated/versions.html", context)
