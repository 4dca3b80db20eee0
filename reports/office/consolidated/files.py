"""The document as files: Word, the annex as a sheet, PDF, and the signed paper."""

from __future__ import annotations

import datetime as dt
from http import HTTPStatus

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.text import slugify
from django.views.decorators.http import require_safe

from approvals.requests import stamp_of
from core import sheets
from core.docx import PROFILES, Profile
from core.downloads import attachment
from core.files import FileRefusedError, open_stored
from core.files.checks import DOCX, PDF
from core.named_places import TemplateFailedError, filled
from core.pdf import NoPdfError, can_make_pdf, pdf_of
from core.text import fold
from plans.models import TemplateKind
from plans.office.word_templates import chosen_template, content_of
from reports.approving import ConsolidatedKind
from reports.exports.official import Trace, annex_sheet, official_docx
from reports.exports.templates import official_values
from reports.models import ConsolidatedReport
from reports.office.consolidated.page import document_response
from reports.office.consolidated.scope import visible_document
from reports.official.drafting import Draft
from reports.workflow import consolidated


@require_safe
def word_file(request: HttpRequest, pk: int) -> HttpResponse:
    """``?the-thuc=`` another form than the document's own, or a template of the ward."""
    document = visible_document(request, pk)
    draft = consolidated.draft_of(document)
    if refused := _refusal(request, document, draft):
        return refused
    look = request.GET.get("the-thuc", "")
    profile = PROFILES.get(look, PROFILES[document.profile])
    template = chosen_template(look, document.owner, TemplateKind.OFFICIAL)
    if template is None:
        data = _word(request, document, draft, profile)
        return attachment(data, f"{file_name(document)}.docx", DOCX)
    values = official_values(
        draft,
        profile,
        is_draft=document.is_draft,
        code=document.trace_code,
        today=_day_of(document),
    )
    try:
        data = filled(content_of(template), values)
    except (TemplateFailedError, FileRefusedError) as error:
        status = HTTPStatus.UNPROCESSABLE_ENTITY
        return document_response(request, document, errors=[str(error)], status=status)
    return attachment(data, f"{file_name(document)}.docx", DOCX)


@require_safe
def annex_file(request: HttpRequest, pk: int) -> HttpResponse:
    document = visible_document(request, pk)
    draft = consolidated.draft_of(document)
    if refused := _refusal(request, document, draft):
        return refused
    name = f"bieu-so-lieu-{document.span.slug}.xlsx"
    return attachment(annex_sheet(draft), name, sheets.CONTENT_TYPE)


@require_safe
def pdf_file(request: HttpRequest, pk: int) -> HttpResponse:
    """The Word file as LibreOffice prints it; back to the document where the server has none."""
    document = visible_document(request, pk)
    if not can_make_pdf():
        return redirect(document)
    draft = consolidated.draft_of(document)
    if refused := _refusal(request, document, draft):
        return refused
    try:
        data = pdf_of(_word(request, document, draft, PROFILES[document.profile]))
    except NoPdfError as error:
        status = HTTPStatus.SERVICE_UNAVAILABLE
        return document_response(request, document, errors=[str(error)], status=status)
    return attachment(data, f"{file_name(document)}.pdf", PDF)


@require_safe
def signed_file(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The signed paper, byte for byte as it was handed in; else back to the document."""
    document = visible_document(request, pk)
    if document.signed is None:
        return redirect(document)
    try:
        file = open_stored(document.signed)
    except OSError as error:
        raise Http404 from error
    response = FileResponse(
        file, as_attachment=True, filename=f"{file_name(document)}-da-ky.pdf", content_type=PDF
    )
    response["Cache-Control"] = "private, no-store"
    response["X-Content-Type-Options"] = "nosniff"
    return response


def file_name(document: ConsolidatedReport) -> str:
    """ "bao-cao-2026-q1": what every system can keep."""
    part = document.root or document.group
    return slugify(fold(f"bao cao {document.span.slug} {part or ''}"))


def _word(
    request: HttpRequest, document: ConsolidatedReport, draft: Draft, profile: Profile
) -> bytes:
    address = reverse("admin:consolidated_code", args=[document.trace_code])
    approval = stamp_of(ConsolidatedKind.key, document.pk)
    trace = Trace(document.trace_code, request.build_absolute_uri(address), approval)
    return official_docx(
        draft, profile, is_draft=document.is_draft, trace=trace, today=_day_of(document)
    )


def _day_of(document: ConsolidatedReport) -> dt.date:
    """Whose month stands in the head: what was finalised prints the same in the months after."""
    return (
        timezone.localdate(document.finalised_at) if document.finalised_at else timezone.localdate()
    )


def _refusal(
    request: HttpRequest, document: ConsolidatedReport, draft: Draft
) -> HttpResponse | None:
    """No document with a wrong figure is ever drawn."""
    if draft.figures.is_empty:
        error = consolidated.NOTHING_ACCEPTED
    elif draft.wrong:
        error = str(consolidated.WrongNumbersError(draft))
    else:
        return None
    return document_response(
        request, document, errors=[error], status=HTTPStatus.UNPROCESSABLE_ENTITY
    )
