"""Exceptions: which units have more time in a month, or owe nothing, and why."""

from __future__ import annotations

import datetime as dt
from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from core.admin import office_render
from core.text import month_slug, next_month, previous_month
from reports import deadlines, exceptions, periods
from reports.forms import ExceptionsForm
from reports.models import Extension, MonthlyReport
from reports.office.scope import (
    choose_month,
    choose_ward,
    fingerprint,
    permitted_wards,
    ward_context,
)
from units.models import Unit, UnitGroup

VIEW, ADD = "reports.view_extension", "reports.add_extension"


@require_safe
def exceptions_page(request: HttpRequest) -> HttpResponse:
    """The exceptions of one month, each with the state of its report."""
    wards = permitted_wards(request, VIEW)
    ward = choose_ward(request, wards)
    calendar = periods.Calendar(ward, [])
    current = calendar.month_asked(timezone.localdate())
    month = choose_month(request, current)
    rows = (
        Extension.objects.visible_to(request.user)
        .filter(unit__path__startswith=ward.path, month=month)
        .select_related("unit")
        .order_by("unit__position", "unit__sort_key", "pk")
    )
    context = {
        **ward_context(ward, wards),
        "month": month,
        "previous": previous_month(month),
        "next": next_month(month),
        "period": calendar.period(month),
        "lines": _lines(list(rows), month),
        "may_add": request.user.has_perm(ADD),
    }
    return office_render(request, "reports/office/deadlines/exceptions.html", context)


def _lines(rows: list[Extension], month: dt.date) -> list[dict[str, Any]]:
    units = [row.unit_id for row in rows]
    reports = {
        one.unit_id: one for one in MonthlyReport.objects.filter(unit__in=units, month=month)
    }
    records = Extension.history.filter(id__in=[row.pk for row in rows])
    newest: dict[int, Any] = {}
    for record in records.select_related("history_user").order_by("history_date"):
        newest[record.id] = record
    return [
        {"extension": row, "report": reports.get(row.unit_id), "record": newest.get(row.pk)}
        for row in rows
    ]


@require_http_methods(["GET", "HEAD", "POST"])
def exception_add(request: HttpRequest) -> HttpResponse:
    """One exception for several units; ``?thang=`` and ``?don-vi=`` fill it in."""
    wards = permitted_wards(request, VIEW)
    ward = choose_ward(request, wards)
    today = timezone.localdate()
    calendar = periods.Calendar(ward, [])
    month = choose_month(request, calendar.month_asked(today))
    month = _typed_month(request, month)
    units = _units(request, ward, month)
    options: dict[str, Any] = {
        "usual": calendar.period,
        "today": today,
        "units": units,
        "groups": _groups(ward, units),
    }
    context: dict[str, Any] = {**ward_context(ward, wards), "month": month, "has_units": units}
    if request.method != "POST":
        chosen = request.GET.getlist("don-vi")
        initial = {"when": month, "kind": Extension.Kind.REQUESTED, "units": chosen}
        context["form"] = ExceptionsForm(initial=initial, **options)
        return office_render(request, "reports/office/deadlines/exception_form.html", context)
    form = context["form"] = ExceptionsForm(request.POST, **options)
    if not form.is_valid():
        return _refused(request, context)
    return _shown_or_granted(request, form, calendar, context)


def _shown_or_granted(
    request: HttpRequest, form: ExceptionsForm, calendar: periods.Calendar, context: dict[str, Any]
) -> HttpResponse:
    """Keep what was shown before; show anything else first."""
    month, units = context["month"], form.chosen()
    given = {name: form.cleaned_data[name] for name in ("kind", "due_on", "reason")}
    standing = Extension.objects.filter(unit__in=units, month=month)
    seen = fingerprint(
        month,
        list(given.values()),
        [unit.pk for unit in units],
        sorted([one.pk, one.kind, one.due_on, one.reason] for one in standing),
    )
    wants_save = request.POST.get("action") == "luu"
    if wants_save and form.cleaned_data["seen"] == seen:
        exceptions.grant(units, month=month, **given)
        names = ", ".join(unit.name for unit in units[:3])
        more = f" và {len(units) - 3} đơn vị nữa" if len(units) > 3 else ""
        words = exceptions.sentence(
            given["kind"], calendar.period(month), given["due_on"], calendar.days_off
        )
        messages.success(request, f"Đã lưu cho {names}{more}. {words}")
        return to_list(context["ward"], context["wards"], month)
    context |= {
        "seen": seen,
        "is_stale": wants_save,
        "preview": _preview(units, list(standing), given, calendar, month),
    }
    status = HTTPStatus.CONFLICT if wants_save else HTTPStatus.OK
    return office_render(request, "reports/office/deadlines/exception_form.html", context, status)


def _typed_month(request: HttpRequest, month: dt.date) -> dt.date:
    """The month that was sent, which decides who may be chosen; else ``month``."""
    try:
        return ExceptionsForm.base_fields["when"].clean(request.POST.get("when", "")) or month
    except ValidationError:  # the form says what is wrong with it
        return month


def _units(request: HttpRequest, ward: Unit, month: dt.date) -> list[Unit]:
    """Who owes ``month``, exempt ones included, as far as this person may grant."""
    mine: QuerySet[Unit] = Unit.objects.under(ward).permitted(request.user, ADD)
    if not request.user.has_perm(ADD):
        raise PermissionDenied
    return list(mine.owing(month).in_order())


def _groups(ward: Unit, units: list[Unit]) -> dict[str, tuple[str, set[int]]]:
    """The ward's own groups, the branches of the tree, and all: those with somebody to choose."""
    here = {unit.pk for unit in units}
    groups = {"tat-ca": ("Tất cả đơn vị phải báo cáo", here)} if here else {}
    by_parent: dict[str, set[int]] = {}
    for unit in units:
        by_parent.setdefault(unit.path[: -Unit.steplen], set()).add(unit.pk)
    for parent in Unit.objects.filter(path__in=by_parent, depth__gt=1).in_order():
        groups[f"duoi-{parent.pk}"] = (f"Trực thuộc {parent.name}", by_parent[parent.path])
    for group in UnitGroup.objects.filter(owner=ward).prefetch_related("members"):
        chosen = {member.pk for member in group.members.all()}
        chosen |= {unit.pk for unit in units if unit.kind in group.kinds}
        if chosen & here:
            groups[f"nhom-{group.pk}"] = (group.name, chosen & here)
    return groups


def _preview(
    units: list[Unit],
    standing: list[Extension],
    given: dict[str, Any],
    calendar: periods.Calendar,
    month: dt.date,
) -> dict[str, Any]:
    usual = calendar.period(month)
    old = {one.unit_id: one for one in standing}
    handed_in = {
        one.unit_id: one
        for one in MonthlyReport.objects.filter(unit__in=units, month=month)
        if one.first_submitted_at
    }
    return {
        "sentence": exceptions.sentence(given["kind"], usual, given["due_on"], calendar.days_off),
        "reason": given["reason"],
        "usual": deadlines.period_sentence(usual, calendar.days_off),
        "lines": [
            {"unit": unit, "old": old.get(unit.pk), "report": handed_in.get(unit.pk)}
            for unit in units
        ],
    }


def _refused(request: HttpRequest, context: dict[str, Any]) -> HttpResponse:
    template = "reports/office/deadlines/exception_form.html"
    return office_render(request, template, context, HTTPStatus.UNPROCESSABLE_ENTITY)


def to_list(ward: Unit, wards: list[Unit], month: dt.date) -> HttpResponse:
    """The exceptions of ``month``, after something was done to one of them."""
    query = ward_context(ward, wards)["ward_query"]
    return redirect(f"{reverse('admin:report_exceptions')}?thang={month_slug(month)}{query}")
