"""Độ phủ: contents of the plans × months, and for one content units × months."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.http import urlencode
from django.views.decorators.http import require_http_methods

from core.admin import office_render
from core.exporting import logged_sheet, made_at
from core.sheets import Column, Kind
from core.text import format_month, month_slug, previous_month
from plans.models import ContentItem
from reports import heat, periods
from reports.heat import Heat, UnitRow
from reports.office.scope import choose_month, choose_ward, permitted_wards, ward_context
from units.models import Unit

VIEW = "plans.view_plan"
SPANS = (12, 24, 60)
SEEN_OR_TAKEN = ["GET", "HEAD", "POST"]  # POST takes the table, which leaves a line in the log


@require_http_methods(SEEN_OR_TAKEN)
def coverage_page(request: HttpRequest) -> HttpResponse:
    """The heat map with its sentences; a POST takes it as a table."""
    wards = permitted_wards(request, VIEW)
    ward = choose_ward(request, wards)
    current, closed_to = _now(ward)
    newest, count = _span(request, current)
    found = heat.heat_map(ward, newest, count, closed_to=min(closed_to, newest))
    if request.method == "POST":
        return _heat_file(request, ward, found)
    context = {
        **ward_context(ward, wards),
        **_around(request, newest, count, current),
        "heat": found,
        "legend": heat.STATES,
        "next_month": current,
    }
    return office_render(request, "reports/office/coverage.html", context)


@require_http_methods(SEEN_OR_TAKEN)
def coverage_content(request: HttpRequest, pk: int) -> HttpResponse:
    """Which units covered one content, month by month; ``?thang=`` lists both sides of a month."""
    items = ContentItem.objects.visible_to(request.user).select_related("plan__owner")
    item = get_object_or_404(items.filter(is_left_out=False).defer("plan__reading"), pk=pk)
    ward = item.plan.owner
    current, _ = _now(ward)
    newest, count = _span(request, current)
    rows = heat.unit_map(ward, item, newest, count)
    if request.method == "POST":
        return _units_file(request, item, rows)
    month = choose_month(request, current)
    shown = {cell for cell, _ in rows[0].cells} if rows else set()
    context = {
        **_around(request, newest, count, current),
        "item": item,
        "rows": rows,
        "months": periods.last_months(newest, count),
        "totals": _totals(rows),
        "legend": heat.UNIT_STATES,
        "month": month,
        "sides": _sides(rows, month) if month in shown else None,
    }
    return office_render(request, "reports/office/coverage_content.html", context)


def _now(ward: Unit) -> tuple[dt.date, dt.date]:
    """The month that reports are asked for now, and the last one whose reports are due."""
    today = timezone.localdate()
    calendar = periods.Calendar(ward, [])
    current = calendar.month_asked(today)
    is_due = calendar.period(current).is_overdue(today)
    return current, current if is_due else previous_month(current)


def _span(request: HttpRequest, current: dt.date) -> tuple[dt.date, int]:
    """The newest month shown and how many: a year, unless more are asked for."""
    newest = min(choose_month(request, current, "den"), current)
    wanted = request.GET.get("so-thang", "")
    return newest, int(wanted) if wanted in map(str, SPANS) else SPANS[0]


def _around(request: HttpRequest, newest: dt.date, count: int, current: dt.date) -> dict[str, Any]:
    """The links to other months, other spans and the file."""
    ward = request.GET.get("phuong", "")
    kept = {"phuong": ward} if ward.isascii() and ward.isdigit() else {}
    asked = kept | ({"so-thang": str(count)} if count != SPANS[0] else {})
    here = asked | ({"den": month_slug(newest)} if newest != current else {})
    older, newer = newest, newest
    for _ in range(count):
        older, newer = previous_month(older), periods.next_month(newer)
    return {
        "spans": [
            (span, urlencode(here | {"so-thang": str(span)}), span == count) for span in SPANS
        ],
        "here_query": urlencode(here),
        "older_query": urlencode(asked | {"den": month_slug(older)}),
        "newer_query": urlencode(asked | {"den": month_slug(min(newer, current))})
        if newest < current
        else "",
    }


def _totals(rows: list[UnitRow]) -> list[tuple[int, int]]:
    """For each month: how many units told, of how many that were asked."""
    columns = zip(*(row.cells for row in rows), strict=True)
    return [
        (
            sum(state == "told" for _, state in column),
            sum(state not in heat.OUTSIDE for _, state in column),
        )
        for column in columns
    ]


def _sides(rows: list[UnitRow], month: dt.date) -> dict[str, list[Unit]]:
    """The units that covered it in ``month``, those that reported without it, those without a report."""
    sides: dict[str, list[Unit]] = {"told": [], "not": [], "missing": [], "off": []}
    for row in rows:
        sides[dict(row.cells)[month]].append(row.unit)
    return {"told": sides["told"], "without": sides["not"], "missing": sides["missing"]}


def _month_title(month: dt.date) -> str:
    return f"{month.month}/{month.year}"


def _heat_file(request: HttpRequest, ward: Unit, found: Heat) -> HttpResponse:
    """The map in numbers: how many units covered each content."""
    columns = [
        Column("Kế hoạch", width=24),
        Column("Số", Kind.COUNT, 6),
        Column("Nội dung", width=44),
        *(Column(_month_title(month), Kind.COUNT, 9) for month in found.months),
        Column("Nhận xét", width=60),
    ]
    rows = (
        [
            str(plan),
            row.number,
            row.item.short_title,
            *(None if cell.state == "off" else cell.count for cell in row.cells),
            row.silence,
        ]
        for plan, of_plan in found.plans
        for row in of_plan
    )
    name = f"Độ phủ nội dung đến {format_month(found.months[-1])}"
    return logged_sheet(
        request, name=name, columns=columns, rows=rows, heading=(made_at(),), wards=[ward.path]
    )


def _units_file(request: HttpRequest, item: ContentItem, rows: list[UnitRow]) -> HttpResponse:
    months = [month for month, _ in rows[0].cells] if rows else []
    columns = [
        Column("Đơn vị", width=40),
        *(Column(_month_title(month), width=12) for month in months),
    ]
    words = {"told": "đã làm", "not": "chưa", "missing": "chưa có báo cáo", "off": ""}
    table = ([row.unit.name, *(words[state] for _, state in row.cells)] for row in rows)
    heading = (f"{item.plan}: {item.short_title}", made_at())
    name = "Độ phủ theo đơn vị"
    return logged_sheet(
        request,
        name=name,
        columns=columns,
        rows=table,
        heading=heading,
        wards=[item.plan.owner.path],
    )
