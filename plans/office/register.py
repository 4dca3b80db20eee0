"""The register of legal bases: a list to search, and a page an instrument."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_http_methods, require_safe

from core.admin import office_render
from core.workflow import StaleError, TransitionRefusedError
from plans import register
from plans.forms import InstrumentForm, InstrumentSearchForm
from plans.models import LegalBasis, LegalInstrument
from plans.office.scope import version_in

PAGE_SIZE = 40
CHANGE = "plans.change_legalinstrument"


@require_safe
def instruments(request: HttpRequest) -> HttpResponse:
    """The instruments of the ward, newest first; ``?q=`` and ``?status=`` narrow it."""
    form, rows = asked_instruments(request)
    page = Paginator(rows, PAGE_SIZE).get_page(request.GET.get("trang"))
    context = {"page": page, "form": form, "may_change": request.user.has_perm(CHANGE)}
    return office_render(request, "plans/instruments.html", context)


def asked_instruments(request: HttpRequest) -> tuple[InstrumentSearchForm, Any]:
    """What the address asks for, for the page and its table alike."""
    form = InstrumentSearchForm(request.GET or None)
    rows = LegalInstrument.objects.visible_to(request.user).select_related("successor")
    if form.is_valid():
        rows = rows.matching(form.cleaned_data["q"])
        if form.cleaned_data["status"]:
            rows = rows.filter(status=form.cleaned_data["status"])
    return form, rows.prefetch_related(_citations())


def _citations() -> Prefetch:
    counted = LegalBasis.objects.filter(is_left_out=False).select_related("plan")
    return Prefetch("citations", queryset=counted.defer("plan__reading").order_by("plan"))


@require_http_methods(["GET", "HEAD", "POST"])
def instrument(request: HttpRequest, pk: int) -> HttpResponse:
    """Whether an instrument holds, and what follows it."""
    rows = LegalInstrument.objects.visible_to(request.user).select_related("owner", "successor")
    row = get_object_or_404(rows, pk=pk)
    if not request.user.has_perm(CHANGE, row):
        raise PermissionDenied
    form = InstrumentForm(row, request.POST if request.method == "POST" else None)
    stored, status = None, 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                register.change(row, seen_version=version_in(request), **form.cleaned_data)
            except StaleError as error:
                row = stored = error.fresh
                status = 409
            except TransitionRefusedError as error:
                form.add_error(None, str(error))
            else:
                messages.success(request, "Đã ghi vào sổ căn cứ.")
                return redirect("admin:instrument_list")
    return _page(request, row, form, stored, status)


def _page(
    request: HttpRequest, row: LegalInstrument, form: InstrumentForm, stored: Any, status: int
) -> HttpResponse:
    citations = LegalBasis.objects.filter(instrument=row, is_left_out=False)
    context = {
        "instrument": row,
        "form": form,
        "stored": stored,
        "citations": citations.select_related("plan").defer("plan__reading"),
    }
    return office_render(request, "plans/instrument.html", context, status=status)
