"""Where the office's search finds reports: by unit and month ("cb 12 tháng 4")."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Any

from django.urls import reverse
from django.utils import timezone

from core.finding import LOOKED_AT, NO_FIT, Asked, Found, Source
from core.text import format_month, month_slug
from reports import rules
from reports.models import MonthlyReport
from units.finding import units_for
from units.models import Unit

NOISE = {"bao", "cao", "bc", "cua"}  # "báo cáo của chi bộ 12 tháng 4"


def _reports(user: Any, asked: Asked) -> list[Found]:
    """The report of each unit in the month that is named, or the cell where it is missing.

    Nothing without a month; the month alone opens its totals. Three queries at most.
    """
    month = asked.day(timezone.localdate())
    if month is None:
        return []
    rest = asked.without_month
    words = tuple(word for word in rest.words if word not in NOISE)
    if not words:
        url = reverse("admin:report_totals", query={"thang": month_slug(month)})
        return [Found(f"Tổng hợp {format_month(month)}", "Cả phường", url, (0, 0))]
    named = replace(rest, words=words, exact=words)
    units = [
        (rank, unit)
        for rank, unit, _ in units_for(user, named)
        if rank[0] < NO_FIT and unit.depth > 1
    ]
    reports = MonthlyReport.objects.visible_to(user).filter(
        unit__in=[unit for _, unit in units[:LOOKED_AT]], month=month
    )
    by_unit = {report.unit_id: report for report in reports}
    return [_found(unit, month, by_unit.get(unit.pk), rank) for rank, unit in units]


def _found(
    unit: Unit, month: dt.date, report: MonthlyReport | None, rank: tuple[int, int]
) -> Found:
    """Before the unit itself: who names a month looks for its report."""
    line = "Chưa có báo cáo"
    if report is not None:
        line = report.get_status_display()
        if report.is_zero:
            line += ", không phát sinh"
    return Found(
        f"{unit.name}, {format_month(month)}",
        line,
        reverse("admin:report_cell", args=[unit.pk, month]),
        (rank[0] - 1, rank[1]),
    )


SOURCES = (Source(key="reports", label="Báo cáo", order=5, action=rules.VIEW, find=_reports),)
