"""Before the totals: what may be counted twice, and what an officer has said about it."""

from __future__ import annotations

import datetime as dt
import re
from collections import defaultdict
from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from core.admin import office_render
from core.text import month_slug, next_month, previous_month
from core.workflow import StaleError, TransitionRefusedError
from outreach.models import Event
from reports import counting_once, linking, periods, same_events
from reports.models import HANDED_IN, Activity, ToldApart
from reports.office.scope import choose_month, choose_ward, permitted_wards, ward_context
from reports.same_events import Told
from units.models import Unit

VIEW, ADD, CHANGE = "outreach.view_event", "outreach.add_event", "outreach.change_event"
MOST = 50  # mentions in one decision
LINK, APART, AGAIN = "ghep", "khac", "hoi-lai"
_SEEN = re.compile(r"[0-9]{1,15}-[0-9]{1,15}")
_NUMBER = re.compile(r"[0-9]{1,15}")


@require_safe
def twice_page(request: HttpRequest) -> HttpResponse:
    """The proposals of a month, then what was decided."""
    wards = permitted_wards(request, VIEW)
    ward = choose_ward(request, wards)
    return _render(request, ward, wards)


def _month(request: HttpRequest) -> dt.date | None:
    """The month in the address; None for the one that reports are asked for now."""
    never = dt.date.min
    month = choose_month(request, never)
    return None if month == never else month


def _render(
    request: HttpRequest,
    ward: Unit,
    wards: list[Unit],
    *,
    errors: list[str] | None = None,
    status: int = HTTPStatus.OK,
) -> HttpResponse:
    current = periods.Calendar(ward, []).month_asked(timezone.localdate())
    month = _month(request) or current
    told = same_events.mentions(ward, month)
    context = {
        **ward_context(ward, wards),
        "month": month,
        "previous": previous_month(month),
        "next": next_month(month) if month < current else None,
        "groups": same_events.groups(ward, month, told),
        "events": _events(told),
        "apart": _apart(ward, told),
        "rules": same_events.RULES,
        "may_change": request.user.has_perm(ADD, ward),
        "errors": errors or [],
    }
    return office_render(request, "reports/office/twice.html", context, status=status)


def _events(told: list[Told]) -> list[dict[str, Any]]:
    """The linked events with all who tell of them, and which mention is added up; one query."""
    events = {one.row.event_id for one in told if one.row.event_id is not None}
    rows = list(
        Activity.objects.filter(event__in=events, report__status__in=HANDED_IN)
        .select_related("report__unit", "event__created_by")
        .order_by("held_on", "report__month", "pk")
    )
    counted = counting_once.counted(rows)
    mentions: defaultdict[int, list[tuple[Activity, bool]]] = defaultdict(list)
    for row in rows:
        mentions[row.event_id].append((row, row.pk in counted))
    return [{"event": of[0][0].event, "rows": of} for of in mentions.values()]


def _apart(ward: Unit, told: list[Told]) -> list[dict[str, Any]]:
    """The pairs that were told apart and are still in reports."""
    by_key = {one.key: one for one in told}
    rows = ToldApart.objects.standing().filter(owner=ward, one__in=by_key, other__in=by_key)
    return [
        {"row": row, "one": by_key[row.one], "other": by_key[row.other]}
        for row in rows.select_related("by")
    ]


@require_POST
def twice_decide(request: HttpRequest) -> HttpResponse:
    """“Là một việc”, “Khác nhau”, or ask again about what was told apart."""
    wards = permitted_wards(request, ADD)
    ward = choose_ward(request, wards)
    seen = [one for one in request.POST.getlist("chon") if _SEEN.fullmatch(one)][:MOST]
    verb = request.POST.get("viec", "")
    try:
        if verb == LINK:
            event = linking.link(ward, seen, actor=request.user)
            count = event.activities.count()
            messages.success(request, f"Đã ghép {count} lần kể thành một việc, tổng tính một lần.")
        elif verb == APART:
            linking.tell_apart(ward, seen, actor=request.user)
            messages.success(request, "Đã ghi là các việc khác nhau, cổng không hỏi lại.")
        elif verb.startswith(AGAIN):
            _ask_again(request, ward, verb.removeprefix(f"{AGAIN}-"))
    except StaleError:
        return _render(request, ward, wards, errors=[linking.GONE], status=HTTPStatus.CONFLICT)
    except TransitionRefusedError as error:
        return _render(
            request,
            ward,
            wards,
            errors=[str(error)],
            status=HTTPStatus.UNPROCESSABLE_ENTITY,
        )
    return _back(request, ward, wards)


def _ask_again(request: HttpRequest, ward: Unit, pk: str) -> None:
    rows = ToldApart.objects.filter(owner=ward, pk=int(pk) if _NUMBER.fullmatch(pk) else 0)
    if linking.ask_again(rows, actor=request.user):
        messages.success(request, "Đã bỏ dấu “khác nhau”, cổng hỏi lại.")


@require_POST
def twice_unlink(request: HttpRequest, pk: int) -> HttpResponse:
    """Take an event apart again."""
    event = get_object_or_404(
        Event.objects.permitted(request.user, CHANGE).select_related("owner"), pk=pk
    )
    ward, wards = event.owner, permitted_wards(request, VIEW)
    version = request.POST.get("seen_version", "")
    try:
        linking.unlink(event, seen_version=int(version) if _NUMBER.fullmatch(version) else 0)
    except StaleError:
        return _render(request, ward, wards, errors=[linking.GONE], status=HTTPStatus.CONFLICT)
    messages.success(request, "Đã tách, mỗi đơn vị lại được cộng như đã kể.")
    return _back(request, ward, wards)


def _back(request: HttpRequest, ward: Unit, wards: list[Unit]) -> HttpResponse:
    month = _month(request)
    query = (f"&thang={month_slug(month)}" if month else "") + ward_context(ward, wards)[
        "ward_query"
    ]
    return redirect(f"{reverse('admin:report_twice')}?{query.lstrip('&')}")
