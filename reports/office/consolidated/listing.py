"""The desk: every official report of the ward, and a new one."""

from __future__ import annotations

from http import HTTPStatus

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from core.admin import office_render
from core.text import first_of_month
from core.workflow import TransitionRefusedError
from reports.forms.consolidated import NewReportForm
from reports.models import ConsolidatedReport
from reports.office.consolidated.scope import VIEW
from reports.office.scope import choose_ward, permitted_wards, ward_context
from reports.statistics import Scope
from reports.workflow import consolidated
from units.models import Unit, UnitGroup

PAGE_SIZE = 30


@require_safe
def desk(request: HttpRequest) -> HttpResponse:
    """What was drawn so far, the newest first."""
    return _page(request)


@require_POST
def create(request: HttpRequest) -> HttpResponse:
    """The document of a span, a part of the ward and a form; the one that stands is opened."""
    wards = permitted_wards(request, consolidated.CHANGE)
    ward = choose_ward(request, wards)
    form = _form(request, ward, is_sent=True)
    if not form.is_valid():
        return _page(request, form, HTTPStatus.UNPROCESSABLE_ENTITY)
    part = form.part
    scope = Scope(
        ward,
        root=part if isinstance(part, Unit) else None,
        group=part if isinstance(part, UnitGroup) else None,
    )
    try:
        document, is_new = consolidated.create(
            scope, form.span, form.cleaned_data["the_thuc"], actor=request.user
        )
    except TransitionRefusedError as refusal:
        form.add_error(None, str(refusal))
        return _page(request, form, HTTPStatus.UNPROCESSABLE_ENTITY)
    words = "Đã dựng bản thảo từ số liệu." if is_new else "Kỳ này đã có văn bản, đang mở bản đó."
    messages.success(request, words)
    return redirect(document)


def _form(request: HttpRequest, ward: Unit, *, is_sent: bool = False) -> NewReportForm:
    """Groups of the ward, and the units that have others below them."""
    branches = Unit.objects.under(ward).filter(depth__gt=1, numchild__gt=0).in_order()
    return NewReportForm(
        request.POST if is_sent else None,
        month=first_of_month(timezone.localdate()),
        groups=list(UnitGroup.objects.filter(owner=ward)),
        branches=list(branches),
    )


def _page(
    request: HttpRequest, form: NewReportForm | None = None, status: int = HTTPStatus.OK
) -> HttpResponse:
    wards = permitted_wards(request, VIEW)
    ward = choose_ward(request, wards)
    may_change = request.user.has_perm(consolidated.CHANGE, ward)
    known = ConsolidatedReport.objects.visible_to(request.user).filter(owner=ward).for_list()
    context = {
        **ward_context(ward, wards),
        "page": Paginator(known, PAGE_SIZE).get_page(request.GET.get("trang")),
        "form": form or (_form(request, ward) if may_change else None),
    }
    return office_render(request, "reports/office/consolidated/desk.html", context, status)
