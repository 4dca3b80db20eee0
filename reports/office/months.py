"""The ward by months: the grid of all units, and the totals of one month."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.db.models import OuterRef, Subquery
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from core.admin import office_render
from core.text import clean, month_slug, next_month, previous_month
from reports import periods, same_events, statistics
from reports.grid import STATES, month_grid
from reports.models import MonthlyReport, Status
from reports.office.scope import choose_month, choose_ward, ward_context, wards_for
from units.models import Membership, Role, Unit

MONTHS_SHOWN = 12


@require_safe
def grid_page(request: HttpRequest) -> HttpResponse:
    """Units × the last twelve months; ``?con-thieu=`` and ``?tim=`` leave some rows out."""
    return office_render(request, "reports/office/grid.html", grid_context(request))


def grid_context(request: HttpRequest) -> dict[str, Any]:
    """What the page and the table of the grid show."""
    wards = wards_for(request)
    ward = choose_ward(request, wards)
    today = timezone.localdate()
    calendar = periods.Calendar(ward)
    current = calendar.month_asked(today)
    newest = min(choose_month(request, current, "den"), current)
    count = _month_count(request)
    months = periods.last_months(newest, count)
    grid = month_grid(ward, months, today=today, calendar=calendar)
    lacking, name = bool(request.GET.get("con-thieu")), clean(request.GET.get("tim", ""))[:80]
    kept = {"con-thieu": "1" if lacking else "", "tim": name}
    kept["so-thang"] = str(count) if count != MONTHS_SHOWN else ""
    kept["phuong"] = str(ward.pk) if len(wards) > 1 else ""
    return {
        **ward_context(ward, wards),
        "grid": grid.only(lacking=lacking, name=name),
        "all_count": len(grid.rows),
        "months": list(zip(grid.months, grid.figures, strict=True)),
        "legend": STATES,
        "definitions": statistics.RATES,
        "lacking": lacking,
        "name": name,
        "den": month_slug(newest) if newest < current else "",
        "kept": kept,
        "kept_query": "".join(f"&{urlencode({k: v})}" for k, v in kept.items() if v),
        "earlier": previous_month(months[0]),
        "newer": _months_after(newest, count, current),
    }


def _month_count(request: HttpRequest) -> int:
    """How many months ``?so-thang=`` asks for, as the count of “Hôm nay” does; twelve else."""
    wanted = request.GET.get("so-thang", "")
    return int(wanted) if wanted in [str(n) for n in range(1, MONTHS_SHOWN)] else MONTHS_SHOWN


@require_safe
def totals_page(request: HttpRequest) -> HttpResponse:
    """What came in for one month, what it adds up to, and who is missing."""
    return office_render(request, "reports/office/totals.html", totals_context(request))


def totals_context(request: HttpRequest) -> dict[str, Any]:
    """What the page and the table of the totals show."""
    wards = wards_for(request)
    ward = choose_ward(request, wards)
    today = timezone.localdate()
    calendar = periods.Calendar(ward, [])
    current = calendar.month_asked(today)
    month = choose_month(request, current)
    period = calendar.period(month)
    totals = [
        {"total": total, "before": before}
        for total, before in statistics.totals_beside(ward, month, previous_month(month))
        if total.indicator.is_core or total.unit_count
    ]
    return {
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
        "totals": totals,
        "has_numbers": any(line["total"].unit_count for line in totals),
        "twice_count": len(same_events.groups(ward, month)),
        "missing": _missing(ward, month),
    }


def _months_after(newest: dt.date, count: int, current: dt.date) -> dt.date | None:
    """The newest month of the page after this one; None on the last page."""
    if newest >= current:
        return None
    for _ in range(count):
        newest = next_month(newest)
    return min(newest, current)


def secretaries_of(units: Iterable[Unit]) -> dict[int, list[Any]]:
    """Who reports for each of ``units`` (by key) today; one query."""
    found: dict[int, list[Any]] = {}
    memberships = (
        Membership.objects.active()
        .filter(unit__in=units, role=Role.SECRETARY, user__is_active=True)
        .select_related("user")
    )
    for membership in memberships:
        found.setdefault(membership.unit_id, []).append(membership.user)
    return found


def _missing(ward: Unit, month: dt.date) -> list[dict[str, Any]]:
    """The units without a report, each with whom to call; two queries."""
    begun = MonthlyReport.objects.filter(unit=OuterRef("pk"), month=month).values("status")
    units = list(statistics.missing(ward, month).annotate(begun=Subquery(begun)))
    secretaries = secretaries_of(units)
    words = {Status.DRAFT: "đang viết dở", Status.RETURNED: "đã trả lại, chưa nộp lại"}
    return [
        {
            "unit": unit,
            "people": secretaries.get(unit.pk, []),
            "state": words.get(unit.begun, "chưa bắt đầu"),
        }
        for unit in units
    ]
