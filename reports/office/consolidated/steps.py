"""Finalise, keep the signed paper, withdraw."""

from __future__ import annotations

from collections.abc import Callable
from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from core.files import FileRefusedError
from core.text import format_date
from core.workflow import StaleError, TransitionRefusedError
from reports.forms.consolidated import ReasonForm, SignedForm
from reports.models import ConsolidatedReport
from reports.office.consolidated.page import document_response
from reports.office.consolidated.scope import editable_document, seen_version
from reports.workflow import consolidated

CHANGED = (
    "Văn bản hoặc số liệu vừa thay đổi so với lúc đồng chí xem. Dưới đây là bản mới; mời đồng chí "
    "xem lại rồi làm tiếp."
)


@require_POST
def finalise(request: HttpRequest, pk: int) -> HttpResponse:
    """Freeze what was seen: other figures than those on the page are told first."""
    document = editable_document(request, pk)
    return _taken(
        request,
        document,
        lambda: consolidated.finalise(
            document,
            actor=request.user,
            seen_version=seen_version(request),
            seen_figures=request.POST.get("seen_figures", ""),
        ),
        "Đã chốt số liệu. Thay đổi về sau được nêu riêng, văn bản giữ nguyên.",
    )


@require_POST
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    document = editable_document(request, pk)
    form = ReasonForm(request.POST)
    if not form.is_valid():
        return document_response(
            request, document, withdraw_form=form, status=HTTPStatus.UNPROCESSABLE_ENTITY
        )
    return _taken(
        request,
        document,
        lambda: consolidated.withdraw(document, actor=request.user, **form.cleaned_data),
        "Đã rút văn bản; lịch sử vẫn còn.",
        withdraw_form=form,
    )


@require_POST
def sign(request: HttpRequest, pk: int) -> HttpResponse:
    """The signed PDF, kept unchanged."""
    document = editable_document(request, pk)
    form = SignedForm(request.POST, request.FILES)
    if not form.is_valid():
        return document_response(
            request, document, signed_form=form, status=HTTPStatus.UNPROCESSABLE_ENTITY
        )
    given = form.cleaned_data
    return _taken(
        request,
        document,
        lambda: consolidated.keep_signed(
            document,
            given["file"],
            actor=request.user,
            seen_version=given["seen_version"],
            reason=given["reason"],
        ),
        "Đã lưu bản đã ký.",
        signed_form=form,
    )


def _taken(
    request: HttpRequest,
    document: ConsolidatedReport,
    step: Callable[[], Any],
    success: str,
    **forms: Any,
) -> HttpResponse:
    try:
        step()
    except StaleError:
        return _again(request, document, [CHANGED, _last(document)], HTTPStatus.CONFLICT)
    except (TransitionRefusedError, FileRefusedError) as refusal:
        status = HTTPStatus.UNPROCESSABLE_ENTITY
        return _again(request, document, [str(refusal)], status, **forms)
    messages.success(request, success)
    return redirect(document)


def _again(
    request: HttpRequest,
    document: ConsolidatedReport,
    errors: list[str],
    status: int,
    **forms: Any,
) -> HttpResponse:
    document.refresh_from_db()
    told = [one for one in errors if one]
    return document_response(request, document, errors=told, status=status, **forms)


def _last(document: ConsolidatedReport) -> str:
    """Who wrote last, for whoever comes second."""
    text = document.texts.select_related("by").order_by("-number").first()
    return f"{text.by} lưu bản {text.number} ngày {format_date(text.at.date())}." if text else ""
