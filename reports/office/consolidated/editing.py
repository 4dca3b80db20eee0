"""The sentences of a section, and what stands around the text."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from core.admin import office_render
from core.workflow import StaleError, TransitionRefusedError
from reports.forms.consolidated import HeadForm, SectionForm
from reports.models import ConsolidatedReport
from reports.office.consolidated.page import document_response
from reports.office.consolidated.scope import document_context, editable_document
from reports.official.drafting import HEAD_FIELDS, Draft, Section, draft, edited
from reports.official.sentences import plain
from reports.workflow import consolidated

OPENING_NAME = "Câu mở đầu"


@require_http_methods(["GET", "HEAD", "POST"])
def section_edit(request: HttpRequest, pk: int, key: str) -> HttpResponse:
    """One section: its lines, and beside them what the figures say."""
    document = editable_document(request, pk)
    if not document.is_draft:
        return _refused(request, document)
    content = consolidated.content_of(document)
    now = draft(consolidated.figures_of(document), content)
    section = now.sections.get(key)
    if section is None:
        raise Http404
    if request.method != "POST":
        form = SectionForm(initial={"text": section.text, "seen_version": document.version})
        return _section_page(request, document, now, section, form)
    form = SectionForm(request.POST)
    if not form.is_valid():
        status = HTTPStatus.UNPROCESSABLE_ENTITY
        return _section_page(request, document, now, section, form, status)
    typed = form.cleaned_data["text"]
    text = plain(section.built) if "lay-lai" in request.POST else typed
    try:
        consolidated.save_content(
            document,
            edited(now, content, key, text),
            actor=request.user,
            seen_version=form.cleaned_data["seen_version"],
        )
    except StaleError as stale:
        form = SectionForm(initial={"text": typed, "seen_version": stale.fresh.version})
        status = HTTPStatus.CONFLICT
        return _section_page(request, stale.fresh, now, section, form, status, theirs=section.text)
    except TransitionRefusedError as refusal:
        return _refused(request, document, str(refusal))
    messages.success(request, "Đã lưu lời văn thành bản mới.")
    return redirect(f"{reverse('admin:consolidated_page', args=[pk])}#muc-{key}")


def _section_page(
    request: HttpRequest,
    document: ConsolidatedReport,
    now: Draft,
    section: Section,
    form: SectionForm,
    status: int = HTTPStatus.OK,
    theirs: str | None = None,
) -> HttpResponse:
    context = document_context(document, request.user) | {
        "section": section,
        "name": section.heading or _chapter_of(now, section),
        "form": form,
        "built": plain(section.built),
        "theirs": theirs,
    }
    return office_render(request, "reports/office/consolidated/section.html", context, status)


def _chapter_of(now: Draft, section: Section) -> str:
    for chapter in now.chapters:
        if section in chapter.sections:
            return chapter.heading
    return OPENING_NAME


@require_http_methods(["GET", "HEAD", "POST"])
def head_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Organs, abstract, basis, signature and recipients; a new document takes them over."""
    document = editable_document(request, pk)
    if not document.is_draft:
        return _refused(request, document)
    content = consolidated.content_of(document)
    if request.method != "POST":
        form = HeadForm(initial=content.head | {"seen_version": document.version})
        return _head_page(request, document, form)
    form = HeadForm(request.POST)
    if not form.is_valid():
        return _head_page(request, document, form, HTTPStatus.UNPROCESSABLE_ENTITY)
    try:
        consolidated.save_content(
            document,
            consolidated.with_head(content, form.cleaned_data),
            actor=request.user,
            seen_version=form.cleaned_data["seen_version"],
        )
    except StaleError as stale:
        typed = {name: form.cleaned_data[name] for name in HEAD_FIELDS}
        theirs = consolidated.content_of(stale.fresh).head
        different = [
            {"label": form.fields[name].label, "theirs": theirs[name], "mine": typed[name]}
            for name in HEAD_FIELDS
            if theirs[name] != typed[name]
        ]
        form = HeadForm(initial=typed | {"seen_version": stale.fresh.version})
        return _head_page(request, stale.fresh, form, HTTPStatus.CONFLICT, different=different)
    except TransitionRefusedError as refusal:
        return _refused(request, document, str(refusal))
    messages.success(request, "Đã lưu phần đầu và cuối văn bản.")
    return redirect(document)


def _head_page(
    request: HttpRequest,
    document: ConsolidatedReport,
    form: HeadForm,
    status: int = HTTPStatus.OK,
    **more: Any,
) -> HttpResponse:
    context = document_context(document, request.user) | {"form": form} | more
    return office_render(request, "reports/office/consolidated/head.html", context, status)


def _refused(request: HttpRequest, document: ConsolidatedReport, reason: str = "") -> HttpResponse:
    words = document.get_status_display()
    reason = reason or f"Văn bản này {words[:1].lower()}{words[1:]}, không sửa lời văn được nữa."
    document.refresh_from_db()
    return document_response(
        request, document, errors=[reason], status=HTTPStatus.UNPROCESSABLE_ENTITY
    )
