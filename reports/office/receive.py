"""A report that came by Zalo as a text: read, shown, and made the unit's draft."""

from __future__ import annotations

import datetime as dt
from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from core.admin import office_render
from core.text import format_month
from core.workflow import StaleError, TransitionRefusedError
from reports import drafts, forms, periods, plain_text, rules
from reports.answers import Paper, paper_for
from reports.compare import typed_differences
from reports.forms import ReceivedForm
from reports.plain_text import Understood
from units.models import Unit

SAVE = "save"


@require_http_methods(["GET", "HEAD", "POST"])
def receive_page(request: HttpRequest) -> HttpResponse:
    """Paste, look at what was understood, then keep it as the draft; the unit hands it in itself."""
    units = Unit.objects.permitted(request.user, rules.REVIEW).filter(duties__isnull=False)
    units = units.distinct().in_order()
    if request.method != "POST":
        chosen = {"unit": request.GET.get("don-vi", ""), "month": request.GET.get("thang", "")}
        return _page(request, ReceivedForm(units, initial=chosen))
    form = ReceivedForm(units, request.POST)
    place = _place(form, units)
    if place is None:
        return _page(request, form, HTTPStatus.UNPROCESSABLE_ENTITY)
    paper = paper_for(*place)
    read = plain_text.from_text(form.cleaned_data["text"], paper)
    if request.POST.get("step") == SAVE:
        return _save(request, form, paper, read)
    return _preview(request, form, paper, read)


def _place(form: ReceivedForm, units: Any) -> tuple[Unit, dt.date] | None:
    """Unit and month that the text names, else those that were chosen; errors go into ``form``."""
    if not form.is_valid():
        return None
    typed = form.cleaned_data
    unit, month = typed["unit"], typed["month"]
    head = plain_text.head_of(typed["text"])
    if head is not None:
        unit, month = units.filter(pk=head.unit_pk).first(), head.month
        if unit is None:
            form.add_error("text", "Văn bản này là của một đơn vị mà đồng chí không phụ trách.")
            return None
    if unit is None or month is None:
        form.add_error(
            "unit" if unit is None else "month",
            "Văn bản không ghi rõ đơn vị và tháng, đồng chí chọn đơn vị và ghi tháng.",
        )
        return None
    if not periods.owes(unit, month):
        form.add_error("month", f"{unit} không phải báo cáo {format_month(month)}.")
        return None
    return unit, month


def _save(request: HttpRequest, form: ReceivedForm, paper: Paper, read: Understood) -> HttpResponse:
    try:
        drafts.receive(
            paper,
            read.content,
            actor=request.user,
            seen_version=form.cleaned_data["seen_version"] or 0,
        )
    except StaleError as stale:
        form.add_error(None, str(stale))
        return _preview(request, form, paper, read, HTTPStatus.CONFLICT)
    except TransitionRefusedError as refusal:
        form.add_error(None, str(refusal))
        return _preview(request, form, paper, read, HTTPStatus.UNPROCESSABLE_ENTITY)
    messages.success(
        request,
        f"Đã nhập hộ báo cáo {format_month(paper.month)} của {paper.unit}. Báo cáo CHƯA NỘP: "
        "bí thư mở cổng, đọc lại rồi nộp.",
    )
    return redirect("admin:report_receive")


def _preview(
    request: HttpRequest,
    form: ReceivedForm,
    paper: Paper,
    read: Understood,
    status: int = HTTPStatus.OK,
) -> HttpResponse:
    report = paper.unit.reports.filter(month=paper.month).first()
    kept = drafts.typed_for(report, paper)
    reading = forms.read(paper, read.content)
    context = {
        "paper": paper,
        "report": report,
        "read": read,
        "understood": typed_differences(paper, read.content, {}),
        "wrong": [
            (bad.fields[name].label, " ".join(sentences))
            for bad in reading.invalid
            for name, sentences in bad.errors.items()
        ],
        "kept": kept,
        "differences": typed_differences(paper, read.content, kept.content) if kept.content else [],
    }
    return _page(request, form, status, context)


def _page(
    request: HttpRequest,
    form: ReceivedForm,
    status: int = HTTPStatus.OK,
    context: dict[str, Any] | None = None,
) -> HttpResponse:
    return office_render(
        request, "reports/office/receive.html", {"form": form, **(context or {})}, status
    )
