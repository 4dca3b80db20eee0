"""The reminder to copy for the Zalo group, and the log of who copied when."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.views.decorators.http import require_http_methods, require_safe

from core.admin import office_render
from core.downloads import attachment
from core.files.checks import DOCX
from core.text import month_slug
from reports import periods, reminders, rules, statistics
from reports.exports.reminder import reminder_docx
from reports.models import Reminder, Tone
from reports.office.scope import choose_month, choose_ward, ward_context, wards_for
from units import links
from units.models import Unit, UnitLink
from units.permissions import active_memberships, reach_of

LOG_LENGTH = 20


@require_http_methods(["GET", "HEAD", "POST"])
def reminder_page(request: HttpRequest) -> HttpResponse:
    """``?thang=``, ``?giong=`` (tone) and ``?don-vi=`` (one unit) choose; POST enters the copy."""
    wards = _wards(request)
    ward = choose_ward(request, wards)
    today = timezone.localdate()
    calendar = periods.Calendar(ward, [])
    month = choose_month(request, calendar.month_asked(today))
    period = calendar.period(month)
    tone = _tone(request, period, today)
    only = _only(request)
    lines = reminders.due_now(reminders.missing(ward, month, only), tone, today)
    text = reminders.compose(
        getattr(ward, "profile", None),
        period,
        tone,
        lines,
        statistics.punctuality(ward, month).received,
        today=today,
        address_of=_addresses(request, [one.unit for one in lines]),
    )
    if request.method == "POST":
        return _copied(request, ward, month, tone, text, lines)
    context = {
        **ward_context(ward, wards),
        "month": month,
        "period": period,
        "tone": tone,
        "tones": Tone.choices,
        "lines": lines,
        "text": text,
        "only": next(iter(only), None) if only else None,
        "log": _log(request, ward, month),
    }
    return office_render(request, "reports/office/reminder.html", context)


@require_safe
def reminder_letter(request: HttpRequest) -> HttpResponse:
    """The same units as an official letter in Word; nothing is entered in the log."""
    ward = choose_ward(request, _wards(request))
    today = timezone.localdate()
    calendar = periods.Calendar(ward, [])
    month = choose_month(request, calendar.month_asked(today))
    period = calendar.period(month)
    tone = _tone(request, period, today)
    lines = reminders.due_now(reminders.missing(ward, month, _only(request)), tone, today)
    if not lines:
        messages.success(request, "Không còn đơn vị nào phải đôn đốc.")
        return redirect(f"{reverse('admin:report_reminder')}?thang={month_slug(month)}")
    card = getattr(ward, "profile", None)
    data = reminder_docx(ward, card, period, lines, today=today)
    return attachment(data, f"don-doc-{month_slug(month)}.docx", DOCX)


def _wards(request: HttpRequest) -> list[Unit]:
    """Those whose units this person reviews: who only reads a ward reminds nobody there."""
    held = [one for one in active_memberships(request.user) if reach_of(one, rules.REVIEW)]
    return [
        ward
        for ward in wards_for(request)
        if any(ward.path.startswith(one.unit.path) for one in held)
    ]


def _tone(request: HttpRequest, period: periods.Period, today: dt.date) -> Tone:
    wanted = request.GET.get("giong", "")
    return Tone(wanted) if wanted in Tone.values else reminders.tone_for(period, today)


def _only(request: HttpRequest) -> list[int] | None:
    wanted = request.GET.get("don-vi", "")
    return [int(wanted)] if wanted.isdecimal() and len(wanted) < 12 else None


def _addresses(request: HttpRequest, units: list[Unit]) -> reminders.AddressOf:
    """Each unit's own way in; the sign-in of all where a unit has no card that can be told."""
    mine = UnitLink.objects.in_use().told_by(request.user)
    known = {link.unit_id: link for link in mine.filter(unit__in=units)}
    common = request.build_absolute_uri(reverse("reports:home"))

    def address_of(unit: Unit) -> str:
        link = known.get(unit.pk)
        return (link and links.address(link, request)) or common

    return address_of


def _copied(
    request: HttpRequest,
    ward: Unit,
    month: dt.date,
    tone: Tone,
    text: str,
    lines: list[reminders.Missing],
) -> HttpResponse:
    """The text of this moment is entered; the script shows it when it is another than it copied."""
    if lines:
        units = [one.unit for one in lines]
        reminders.enter_copy(ward, month, tone, text, units, actor=request.user)
    if request.accepts("text/html"):
        messages.success(request, "Đã ghi vào sổ nhắc: lời nhắc này đã được chép.")
        kept = {"thang": month_slug(month), "giong": tone}
        kept |= {name: request.GET[name] for name in ("don-vi", "phuong") if name in request.GET}
        return redirect(f"{reverse('admin:report_reminder')}?{urlencode(kept)}")
    return JsonResponse({"ok": True, "text": text})


def _log(request: HttpRequest, ward: Unit, month: dt.date) -> list[dict[str, Any]]:
    rows = (
        Reminder.objects.visible_to(request.user)
        .filter(ward=ward, month=month)
        .select_related("by")
        .prefetch_related("units")[:LOG_LENGTH]
    )
    return [{"row": row, "units": list(row.units.all())} for row in rows]
