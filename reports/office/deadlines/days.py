"""The days off: those of the country by year, those of the ward to add and to take back."""

from __future__ import annotations

import datetime as dt
from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from core.admin import office_render
from core.text import first_of_month, format_date
from reports import days_off, deadlines
from reports.forms import HolidayForm
from reports.models import DeadlineRule, Holiday
from reports.office.scope import choose_ward, permitted_wards, ward_context
from units.models import Unit
from units.permissions import scope_q

VIEW, ADD, CHANGE = "reports.view_holiday", "reports.add_holiday", "reports.change_holiday"
YEARS = range(2000, 2100)


@require_safe
def days_off_page(request: HttpRequest) -> HttpResponse:
    """A year of days off in order, each with where it comes from."""
    wards = permitted_wards(request, VIEW)
    ward = choose_ward(request, wards)
    today = timezone.localdate()
    typed = request.GET.get("nam", "")
    year = int(typed) if typed.isdecimal() and len(typed) == 4 else today.year
    year = year if year in YEARS else today.year
    own = {row.day: row for row in Holiday.objects.filter(owner=ward, day__year=year)}
    official = days_off.official(year)
    days = sorted({*own, *official.names, *(d for d in official.working if d.year == year)})
    context = {
        **ward_context(ward, wards),
        "year": year,
        "previous": year - 1 if year - 1 in YEARS else None,
        "next": year + 1 if year + 1 in YEARS else None,
        "lines": [_line(day, own.get(day), official, today) for day in days],
        "may_add": request.user.has_perm(ADD, ward),
        "may_change": request.user.has_perm(CHANGE, ward),
    }
    return office_render(request, "reports/office/deadlines/days_off.html", context)


def _line(
    day: dt.date, own: Holiday | None, official: days_off.OfficialYear, today: dt.date
) -> dict[str, Any]:
    name = official.names.get(day, "Làm bù theo lịch nghỉ lễ của Nhà nước")
    return {
        "day": day,
        "weekday": days_off.weekday(day),
        "name": own.name if own else name,
        "own": own,
        "is_working": own.is_working if own else day not in official.names,
        "instead_of": official.names.get(day, "") if own and own.is_working else "",
        "is_past": day < today,
    }


@require_http_methods(["GET", "HEAD", "POST"])
def day_off_add(request: HttpRequest) -> HttpResponse:
    wards = permitted_wards(request, ADD)
    ward = choose_ward(request, wards)
    today = timezone.localdate()
    off = days_off.of_ward(ward)
    template = "reports/office/deadlines/day_off_form.html"
    if request.method != "POST":
        context = {**ward_context(ward, wards), "form": HolidayForm(off=off, today=today)}
        return office_render(request, template, context)
    form = HolidayForm(request.POST, off=off, today=today)
    if not form.is_valid():
        context = {**ward_context(ward, wards), "form": form}
        return office_render(request, template, context, HTTPStatus.UNPROCESSABLE_ENTITY)
    name, is_working = form.cleaned_data["name"], bool(form.cleaned_data["is_working"])
    with transaction.atomic():
        for day in form.days:
            Holiday.objects.create(owner=ward, day=day, name=name, is_working=is_working)
    days = ", ".join(format_date(day) for day in form.days)
    state = "phường làm việc" if is_working else "phường nghỉ"
    messages.success(request, f"Đã lưu: {days} {state}. {_effect(ward, off, today)}")
    return _to_list(ward, wards, form.days[0].year)


@require_POST
def day_off_remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Take back a day of the ward's own that has not come yet."""
    inside = scope_q(request.user, CHANGE, prefix="owner__")
    holiday = Holiday.objects.filter(inside, pk=pk).select_related("owner").first()
    if holiday is None:
        return _removed_already(request, inside, pk)
    today, ward = timezone.localdate(), holiday.owner
    year = holiday.day.year
    if holiday.day < today:
        messages.error(request, "Ngày này đã qua, không bỏ được nữa.")
    else:
        off = days_off.of_ward(ward)
        day = format_date(holiday.day)
        holiday.delete()
        messages.success(request, f"Đã bỏ ngày {day}. {_effect(ward, off, today)}")
    return _to_list(ward, permitted_wards(request, VIEW), year)


def _removed_already(request: HttpRequest, inside: Q, pk: int) -> HttpResponse:
    """The answer to a second press; 404 for a foreign day."""
    gone = Holiday.history.filter(inside, id=pk, history_type="-").select_related("owner").first()
    if gone is None:
        raise Http404
    messages.info(request, f"Ngày {format_date(gone.day)} đã được bỏ từ trước.")
    return _to_list(gone.owner, permitted_wards(request, VIEW), gone.day.year)


def _effect(ward: Unit, before: days_off.DaysOff, today: dt.date) -> str:
    """Which due days move because the days off changed from ``before``."""
    rules = list(DeadlineRule.objects.filter(owner=ward))
    after = days_off.of_ward(ward)
    moved = deadlines.moved_days(
        deadlines.planner(rules, before), deadlines.planner(rules, after), first_of_month(today)
    )
    return " ".join(moved) or "Không có hạn nộp nào thay đổi."


def _to_list(ward: Unit, wards: list[Unit], year: int) -> HttpResponse:
    query = ward_context(ward, wards)["ward_query"]
    return redirect(f"{reverse('admin:report_days_off')}?nam={year}{query}")
