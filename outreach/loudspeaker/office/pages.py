"""The calendar of the loudspeakers: month and year, the week on paper, one airing, the log."""

from __future__ import annotations

import datetime as dt
from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from core.admin import office_render
from core.text import next_month, previous_month
from core.workflow import StaleError, TransitionRefusedError
from outreach.loudspeaker import calendar, ics, scripts, speaking, workflow
from outreach.loudspeaker.models import WEEKDAYS, Airing, Bulletin, Slot
from outreach.loudspeaker.office.forms import LogForm, MoveForm, PlanForm
from units.models import Unit
from units.wards import ward_of

VIEW = "outreach.view_bulletin"
LOG_ROWS = 300


def _ward(request: HttpRequest) -> Unit:
    """The officer's ward; a city's reader, who has none, sees the first."""
    ward = ward_of(request.user) or Unit.objects.wards().permitted(request.user, VIEW).first()
    if ward is None or not request.user.has_perm(VIEW, ward):
        raise PermissionDenied
    return ward


def _month(request: HttpRequest) -> dt.date:
    asked = request.GET.get("thang", "")
    try:
        return (
            dt.date.fromisoformat(f"{asked}-01") if asked else timezone.localdate().replace(day=1)
        )
    except ValueError:
        raise Http404 from None


@require_http_methods(["GET", "HEAD", "POST"])
def month_page(request: HttpRequest) -> HttpResponse:
    """The month; a form plans or moves, and so does dragging, which sends the same fields."""
    ward = _ward(request)
    may_write = request.user.has_perm(workflow.CHANGE, ward)
    form, status = PlanForm(ward, initial=_asked_for(request)), HTTPStatus.OK
    if request.method == "POST":
        moved = request.POST.get("airing", "")
        form = MoveForm(ward, request.POST) if moved else PlanForm(ward, request.POST)
        try:
            if form.is_valid():
                return _planned(request, ward, form, moved)
            status = HTTPStatus.UNPROCESSABLE_ENTITY
        except StaleError as error:
            status = HTTPStatus.CONFLICT
            form.add_error(None, str(error))
        except TransitionRefusedError as error:
            status = HTTPStatus.UNPROCESSABLE_ENTITY
            form.add_error(None, str(error))
        if request.headers.get("Accept") == "application/json":
            words = [word for errors in form.errors.values() for word in errors]
            return JsonResponse({"errors": words}, status=status)
        if moved:
            shown = PlanForm(ward, initial=_asked_for(request))
            shown.move_errors = form.errors  # type: ignore[attr-defined]
            form = shown
    month = _month(request)
    weeks = calendar.month_of(ward, month)
    context = {
        "ward": ward,
        "month": month,
        "previous": previous_month(month),
        "next": next_month(month),
        "weeks": weeks,
        "weekdays": WEEKDAYS,
        "form": form,
        "may_write": may_write,
        "totals": calendar.totals_of(day for week in weeks for day in week),
    }
    return office_render(request, "outreach/loudspeaker/month.html", context, status)


def _asked_for(request: HttpRequest) -> dict[str, Any]:
    """A link may name the bulletin."""
    key = request.GET.get("ban-tin", "")
    return {"bulletin": int(key)} if key.isascii() and key.isdigit() else {}


def _planned(request: HttpRequest, ward: Unit, form: Any, moved: str) -> HttpResponse:
    sent = form.cleaned_data
    if moved:
        rows = Airing.objects.visible_to(request.user).select_related("bulletin", "slot", "owner")
        airing = get_object_or_404(rows, pk=moved if moved.isdecimal() else 0)
        seen = request.POST.get("seen_version", "")
        airing = workflow.move(
            airing,
            sent["slot"],
            sent["day"],
            actor=request.user,
            seen_version=int(seen) if seen.isdecimal() else 0,
        )
    else:
        airing = workflow.plan(sent["bulletin"], sent["slot"], sent["day"], actor=request.user)
    if request.headers.get("Accept") == "application/json":
        return JsonResponse({"version": airing.version})
    messages.success(request, f"Đã xếp lịch: {airing}, khung {airing.slot}.")
    address = reverse("admin:loudspeaker_month")
    return redirect(f"{address}?thang={airing.day:%Y-%m}")


@require_safe
def year_page(request: HttpRequest, year: int) -> HttpResponse:
    ward = _ward(request)
    if not 2000 <= year <= 2100:
        raise Http404
    months = calendar.year_of(ward, year)
    context = {
        "year": year,
        "months": months,
        "totals": calendar.totals_of(day for _, days in months for day in days),
    }
    return office_render(request, "outreach/loudspeaker/year.html", context)


@require_safe
def week_page(request: HttpRequest) -> HttpResponse:
    """The week on one sheet, for the board beside the microphone; made for printing."""
    ward = _ward(request)
    first = _day_of(request)
    first -= dt.timedelta(days=first.weekday())
    days = calendar.days_between(ward, first, first + dt.timedelta(days=6))
    context = {
        "ward": ward,
        "days": list(zip(WEEKDAYS, days, strict=True)),
        "first": first,
        "last": first + dt.timedelta(days=6),
        "previous": first - dt.timedelta(days=7),
        "next": first + dt.timedelta(days=7),
    }
    return office_render(request, "outreach/loudspeaker/week.html", context)


def _day_of(request: HttpRequest) -> dt.date:
    asked = request.GET.get("ngay", "")
    try:
        return dt.date.fromisoformat(asked) if asked else timezone.localdate()
    except ValueError:
        raise Http404 from None


@require_safe
def ics_file(request: HttpRequest) -> HttpResponse:
    """What is planned from today on, for the officer's own calendar."""
    ward = _ward(request)
    today = timezone.localdate()
    rows = Airing.objects.filter(owner=ward).between(today, today + dt.timedelta(days=366))
    rows = rows.exclude(status=Airing.Status.CANCELLED).select_related("bulletin", "slot")
    return HttpResponse(
        ics.airings_file(request.get_host().split(":")[0], ward.name, rows),
        content_type="text/calendar; charset=utf-8",
        headers={"Content-Disposition": 'attachment; filename="lich-loa.ics"'},
    )


@require_http_methods(["GET", "HEAD", "POST"])
def airing_page(request: HttpRequest, pk: int) -> HttpResponse:
    """One airing: was it heard, or why not; move it or take it out."""
    rows = Airing.objects.visible_to(request.user).select_related("bulletin", "slot", "owner")
    airing = get_object_or_404(rows, pk=pk)
    form, status = (
        LogForm(request.POST or None, initial={"minutes": airing.usual_minutes}),
        HTTPStatus.OK,
    )
    if request.method == "POST":
        status = HTTPStatus.UNPROCESSABLE_ENTITY
        try:
            if form.is_valid() and _logged(request, airing, form):
                return redirect("admin:loudspeaker_airing", airing.pk)
        except StaleError as error:
            airing, status = error.fresh, HTTPStatus.CONFLICT
            form.add_error(None, str(error))
        except TransitionRefusedError as error:
            form.add_error(None, str(error))
    history = list(airing.steps.select_related("actor").order_by("-pk"))
    for entry in history:
        entry.label = workflow.LABELS[entry.name]
    context = {
        "airing": airing,
        "form": form,
        "history": history,
        "may_write": request.user.has_perm(workflow.CHANGE, airing),
        "slots": Slot.objects.filter(owner=airing.owner, is_active=True),
    }
    return office_render(request, "outreach/loudspeaker/airing.html", context, status)


def _logged(request: HttpRequest, airing: Airing, form: LogForm) -> bool:
    """Take the step that the button names; False where the form lacks something."""
    sent, step = form.cleaned_data, request.POST.get("step", "")
    seen = request.POST.get("seen_version", "")
    who: dict[str, Any] = {
        "actor": request.user,
        "seen_version": int(seen) if seen.isdecimal() else 0,
    }
    if step == workflow.AIR.name:
        if not sent["minutes"]:
            form.add_error("minutes", "Ghi số phút đã phát.")
            return False
        workflow.air(airing, minutes=int(sent["minutes"]), announcer=sent["announcer"], **who)
    elif step == workflow.MISS.name:
        if not sent["reason"]:
            form.add_error("reason", "Ghi vì sao không phát được.")
            return False
        workflow.miss(airing, reason=sent["reason"], **who)
    elif step == workflow.CANCEL.name:
        workflow.cancel(airing, **who)
    else:
        return False
    messages.success(request, "Đã ghi vào nhật ký phát loa.")
    return True


@require_safe
def log_page(request: HttpRequest) -> HttpResponse:
    """What was aired in a month and what was not, with the ward's figures."""
    ward, month = _ward(request), _month(request)
    last = next_month(month) - dt.timedelta(days=1)
    rows = Airing.objects.filter(owner=ward).between(month, last)
    rows = rows.exclude(status=Airing.Status.CANCELLED).select_related("bulletin", "slot")
    context = {
        "month": month,
        "previous": previous_month(month),
        "next": next_month(month),
        "rows": rows[:LOG_ROWS],
        "totals": calendar.totals(ward, month, last),
    }
    return office_render(request, "outreach/loudspeaker/log.html", context)


def _bulletin(request: HttpRequest, pk: int) -> Bulletin:
    return get_object_or_404(
        Bulletin.objects.visible_to(request.user).select_related("owner"), pk=pk
    )


@require_safe
def script_page(request: HttpRequest, pk: int) -> HttpResponse:
    """The script in large type, as the announcer holds it."""
    bulletin = _bulletin(request, pk)
    reading, length = scripts.read(bulletin)
    context = {
        "bulletin": bulletin,
        "lines": [line for line in reading.text.split("\n") if line.strip()],
        "length": length,
    }
    return render(request, "outreach/loudspeaker/script.html", context)


@require_safe
def sound_file(request: HttpRequest, pk: int) -> HttpResponse:
    """The machine's voice; a sentence where none is installed."""
    bulletin = _bulletin(request, pk)
    reading, _ = scripts.read(bulletin)
    try:
        made = speaking.sound(reading.text, speed=scripts.voice_of(bulletin.owner).speed)
    except speaking.NoVoiceError as error:
        status = HTTPStatus.UNPROCESSABLE_ENTITY
        return HttpResponse(str(error), status=status, content_type="text/plain; charset=utf-8")
    return HttpResponse(made, content_type="audio/wav")
