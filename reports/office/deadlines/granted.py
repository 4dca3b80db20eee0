"""One exception that was granted: changed, withdrawn, or found to be withdrawn already."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from core.admin import office_render
from core.text import format_date, format_month
from reports import exceptions, periods
from reports.forms import ExceptionForm
from reports.models import Extension
from reports.office.deadlines.grants import VIEW, to_list
from reports.office.scope import fingerprint, permitted_wards
from units.permissions import scope_q

CHANGE = "reports.change_extension"


@require_http_methods(["GET", "HEAD", "POST"])
def exception_change(request: HttpRequest, pk: int) -> HttpResponse:
    """Another day, kind or reason for one unit; told what it says now when that changed.

    One that was withdrawn meanwhile says so, and may be granted again with what was typed.
    """
    extension, record = _mine(request, pk)
    ward = extension.unit.ward
    calendar = periods.Calendar(ward, [])
    options: dict[str, Any] = {
        "extension": extension,
        "usual": calendar.period,
        "today": timezone.localdate(),
    }
    usual = calendar.period(extension.month)
    context: dict[str, Any] = {
        "extension": extension,
        "ward": ward,
        "usual": usual,
        "seen": _seen(extension, record),
        "withdrawn": _withdrawn_words(record) if record else "",
        "standing": exceptions.sentence(extension.kind, usual, extension.due_on, calendar.days_off),
    }
    template = "reports/office/deadlines/exception_change.html"
    if request.method != "POST":
        context["form"] = ExceptionForm(**options)
        return office_render(request, template, context)
    form = context["form"] = ExceptionForm(request.POST, **options)
    if not form.is_valid():
        return office_render(request, template, context, HTTPStatus.UNPROCESSABLE_ENTITY)
    if form.cleaned_data["seen"] != context["seen"]:
        context["is_stale"] = True
        return office_render(request, template, context, HTTPStatus.CONFLICT)
    given = {name: form.cleaned_data[name] for name in ("kind", "due_on", "reason")}
    exceptions.grant([extension.unit], month=extension.month, **given)
    words = exceptions.sentence(given["kind"], usual, given["due_on"], calendar.days_off)
    messages.success(request, f"Đã lưu cho {extension.unit.name}. {words}")
    return to_list(ward, permitted_wards(request, VIEW), extension.month)


@require_POST
def exception_withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Take it back; a second press, or a second officer, is told that it is done."""
    extension, record = _mine(request, pk)
    unit, month = extension.unit, extension.month
    if record is None and request.POST.get("seen") != _seen(extension):
        messages.error(request, "Vừa có người sửa dòng này. Đồng chí xem lại rồi mới bỏ.")
        return redirect("admin:report_exception_change", extension.pk)
    is_done_now = record is None and exceptions.withdraw(extension)
    due_on = periods.period_of(unit, month).due_on
    so_now = (
        f"{unit.name} nộp báo cáo {format_month(month)} theo hạn chung "
        f"{due_on.day}/{due_on.month}/{due_on.year}."
    )
    if is_done_now:
        messages.success(request, f"Đã bỏ. {so_now}")
    else:
        messages.info(request, f"{_withdrawn_words(record)} {so_now}")
    return to_list(unit.ward, permitted_wards(request, VIEW), month)


def _mine(request: HttpRequest, pk: int) -> tuple[Extension, Any | None]:
    """The exception, and the record of its withdrawal if it is gone; 404 for a foreign one.

    Where another one was granted in its place, that one.
    """
    inside = scope_q(request.user, CHANGE, prefix="unit__")
    mine = Extension.objects.filter(inside).select_related("unit")
    if found := mine.filter(pk=pk).first():
        return found, None
    records = Extension.history.filter(inside, id=pk, history_type="-")
    record = records.select_related("unit", "history_user").first()
    if record is None:
        raise Http404
    if standing := mine.filter(unit=record.unit, month=record.month).first():
        return standing, None
    return record.instance, record


def _seen(extension: Extension, record: Any | None = None) -> str:
    gone = record.pk if record else None
    return fingerprint(extension.kind, extension.due_on, extension.reason, gone)


def _withdrawn_words(record: Any | None) -> str:
    """Who withdrew it and when, as far as that is known."""
    if record is None:  # withdrawn by somebody else at this very moment
        return "Gia hạn này đã được bỏ."
    at = timezone.localtime(record.history_date)
    who = f"{record.history_user} " if record.history_user else ""
    return f"Gia hạn này {who}đã bỏ lúc {at:%H:%M}, {format_date(at.date())}."
