"""What becomes of units: the book of changes, and a page for each step with its preview."""

from __future__ import annotations

from collections.abc import Callable
from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from core.admin import office_render
from core.text import format_date
from core.workflow import StaleError
from units import changes
from units.changes import Kind
from units.forms import FORMS, ChangeForm
from units.models import Membership, Role, Unit, UnitChange
from units.office.scope import ward_for

PAGE_SIZE = 20
SAVE = "luu"
VIEW, ADD, CHANGE = "units.view_unit", "units.add_unit", "units.change_unit"
HAND_OVER = "units.hand_over_unit"
# Kind, tail of the address, title, what the page says at its head.
STEPS = (
    (
        Kind.MERGE,
        "sap-nhap",
        "Sáp nhập đơn vị",
        "Hai hay nhiều đơn vị thành một; báo cáo cũ ở lại đơn vị cũ, số liệu tháng trước không đổi.",
    ),
    (
        Kind.SPLIT,
        "chia-tach",
        "Chia tách đơn vị",
        "Một đơn vị thành nhiều đơn vị mới; báo cáo cũ ở lại đơn vị cũ.",
    ),
    (
        Kind.RENAME,
        "doi-ten",
        "Đổi tên đơn vị",
        "Tên cũ vẫn dùng cho thời gian trước. Muốn sửa lỗi gõ tên, chọn đúng ngày tên đó bắt đầu dùng.",
    ),
    (
        Kind.CLOSE,
        "thoi-hoat-dong",
        "Thôi hoạt động",
        "Đơn vị kết thúc mà không có đơn vị nào tiếp nối.",
    ),
    (Kind.OPEN, "mo", "Mở đơn vị", "Đơn vị mới, không do sáp nhập hay chia tách mà có."),
)


@require_safe
def changes_page(request: HttpRequest) -> HttpResponse:
    """Who changed what from when by which decision, the newest first."""
    units = Prefetch("units", Unit.objects.in_order())
    rows = (
        UnitChange.objects.visible_to(request.user)
        .select_related("by", "ward")
        .prefetch_related(units)
    )
    page = Paginator(rows, PAGE_SIZE).get_page(request.GET.get("trang"))
    may_change = request.user.has_perm(CHANGE)
    context = {
        "page": page,
        "lacking": _lacking(page.object_list),
        "steps": [step for step in STEPS if may_change],
        "may_hand_over": request.user.has_perm(HAND_OVER),
    }
    return office_render(request, "units/office/changes.html", context)


def _lacking(records: Any) -> set[int]:
    """The open cells in ``records`` that have no secretary yet: two queries less than asking each."""
    today = timezone.localdate()
    units = {
        unit.pk
        for record in records
        for unit in record.units.all()
        if unit.kind in Unit.CELL_KINDS
        and unit.opened_on <= today
        and (unit.closed_on is None or unit.closed_on > today)
    }
    held = Membership.objects.active().filter(unit__in=units, role=Role.SECRETARY)
    return units - set(held.values_list("unit", flat=True))


def step_page(kind: Kind) -> Callable[[HttpRequest], HttpResponse]:
    """The page of one step: typed, shown in sentences, then written as it was shown."""
    action = ADD if kind == Kind.OPEN else CHANGE
    _, _, title, intro = next(step for step in STEPS if step[0] == kind)

    @require_http_methods(["GET", "HEAD", "POST"])
    def page(request: HttpRequest) -> HttpResponse:
        ward = ward_for(request, action)
        if ward is None:
            raise PermissionDenied
        form = _form(request, kind, ward, action)
        context = {"form": form, "title": title, "intro": intro, "kind": kind, "ward": ward}
        if request.method != "POST":
            return office_render(request, "units/office/change.html", context)
        if not form.is_valid():
            return _answer(request, context, HTTPStatus.UNPROCESSABLE_ENTITY)
        return _shown_or_done(request, form, context)

    return page


def _form(request: HttpRequest, kind: Kind, ward: Unit, action: str) -> ChangeForm:
    units = Unit.objects.permitted(request.user, action).under(ward)
    units = units.filter(depth__gt=1, closed_on__isnull=True).in_order()
    asked = request.GET.get("don-vi", "")
    chosen = units.filter(pk=int(asked)).first() if _is_number(asked) else None
    initial: dict[str, Any] = {"on": timezone.localdate()}
    if chosen is not None:
        initial |= {"unit": chosen, "units": [chosen]}
    if kind == Kind.RENAME and chosen is not None:
        initial |= {"name": chosen.name, "short_name": chosen.short_name, "code": chosen.code}
    data = request.POST if request.method == "POST" else None
    today = timezone.localdate()
    return FORMS[kind](data, initial=initial, ward=ward, units=units, today=today)


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) < 18


def _shown_or_done(request: HttpRequest, form: ChangeForm, context: dict[str, Any]) -> HttpResponse:
    """Write what was shown before; show anything else first."""
    change = form.change()
    shown = changes.preview(change, today=timezone.localdate())
    context |= {"preview": shown}
    if shown.refusals:
        return _answer(request, context, HTTPStatus.UNPROCESSABLE_ENTITY)
    if request.POST.get("action") != SAVE:
        return _answer(request, context, HTTPStatus.OK)
    if form.cleaned_data["seen"] != shown.seen:
        return _answer(request, context | {"is_stale": True}, HTTPStatus.CONFLICT)
    if shown.warnings and not request.POST.get("confirmed"):
        return _answer(request, context | {"unconfirmed": True}, HTTPStatus.UNPROCESSABLE_ENTITY)
    try:
        record = changes.carry_out(change, actor=request.user, seen=shown.seen)
    except StaleError as error:
        context |= {"preview": error.fresh, "is_stale": True}
        return _answer(request, context, HTTPStatus.CONFLICT)
    except changes.ChangeRefusedError as error:
        context |= {"late_refusals": error.reasons, "preview": None}
        return _answer(request, context, HTTPStatus.UNPROCESSABLE_ENTITY)
    messages.success(request, f"Đã ghi: {record.get_kind_display()}, từ {format_date(record.on)}.")
    return redirect(f"{reverse('admin:unit_changes')}#viec-{record.pk}")


def _answer(request: HttpRequest, context: dict[str, Any], status: HTTPStatus) -> HttpResponse:
    return office_render(request, "units/office/change.html", context, status)
