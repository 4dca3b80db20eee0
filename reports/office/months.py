"""The ward by months: the grid of all units, and the totals of one month."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from core.admin import office_render
from core.text import next_month, previous_month
from reports import periods, statistics
from reports.grid import STATES, month_grid
from reports.models import MonthlyReport, Status
from reports.office.scope import choose_month, choose_ward, ward_context, wards_for
from units.models import Membership, Role, Unit

MONTHS_SHOWN = 12


@require_safe
def grid_page(request: HttpRequest) -> HttpResponse:
    """Units × the last twelve months."""
    wards = wards_for(request)
    ward = choose_ward(request, wards)
    today = timezone.localdate()
    calendar = periods.Calendar(ward)
    current = calendar.month_asked(today)
    newest = min(choose_month(request, current, "den"), current)
    months = periods.last_months(newest, MONTHS_SHOWN)
    context = {
        **ward_context(ward, wards),
        "grid": month_grid(ward, months, today=today, calendar=calendar),
        "legend": STATES,
        "earlier": previous_month(months[0]),
        "newer": _months_after(newest, MONTHS_SHOWN, current),
    }
    return office_render(request, "reports/office/grid.html", context)


@require_safe
def totals_page(request: HttpRequest) -> HttpResponse:
    """What came in for one month, what it adds up to, and who is missing."""
    wards = wards_for(request)
    ward = choose_ward(request, wards)
    today = timezone.localdate()
    calendar = periods.Calendar(ward, [])
    current = calendar.month_asked(today)
    month = choose_month(request, current)
    period = calendar.period(month)
    context = {
        **ward_context(ward, wards),
        "month": month,
        "period": period,
        "is_final": period.is_overdue(today),
        "months": list(reversed(periods.last_months(current, MONTHS_SHOWN))),
        "previous": previous_month(month),
        "next": next_month(month) if month < current else None,
        "figures": statistics.punctuality(ward, month),
        "definitions": statistics.RATES,
        "total_definition": statistics.TOTAL,
        "totals": [
            {"total": total, "before": before}
            for total, before in statistics.totals_beside(ward, month, previous_month(month))
            if total.indicator.is_core or total.unit_count
        ],
        "missing": _missing(ward, month),
    }
    return office_render(request, "reports/office/totals.html", context)


def _months_after(newest: dt.date, count: int, current: dt.date) -> dt.date | None:
    """The newest month of the page after this one; None on the last page."""
    if newest >= current:
        return None
    for _ in range(count):
        newest = next_month(newest)
    return min(newest, current)


def _missing(ward: Unit, month: dt.date) -> list[dict[str, Any]]:
    """The units without a report, each with whom to call; three queries."""
    units = list(statistics.missing(ward, month))
    secretaries: dict[int | None, list[Any]] = {}
    memberships = (
        Membership.objects.active()
        .filter(unit__in=units, role=Role.SECRETARY, user__is_active=True)
        .select_related("user")
    )
    for membership in memberships:
        secretaries.setdefault(membership.unit_id, []).append(membership.user)
    begun = dict(
        MonthlyReport.objects.filter(ward=ward, month=month)
        .exclude(status__in=(Status.SUBMITTED, Status.ACCEPTED))
        .values_list("unit", "status")
    )
    words = {Status.DRAFT: "đang viết dở", Status.RETURNED: "đã trả lại, chưa nộp lại"}
    return [
        {
            "unit": unit,
            "people": secretaries.get(unit.pk, []),
            "state": words.get(begun.get(unit.pk), "chưa bắt đầu"),
        }
        for unit in units
    ]
