"""The office's own lists of reports as tables: what the screen shows, all pages of it."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.views.decorators.http import require_POST

from core.exporting import logged_sheet, made_at
from core.sheets import Column, Kind
from core.text import format_month, format_number
from reports import rules
from reports.office.months import grid_context, totals_context
from reports.office.waiting import Filter, queue_of
from units.permissions import ward_paths


@require_POST
def grid_table(request: HttpRequest) -> HttpResponseBase:
    """Units × months, the words of each cell."""
    shown = grid_context(request)
    grid = shown["grid"]
    columns = [Column("Đơn vị", width=44)]
    columns += [Column(format_month(month).capitalize(), width=22) for month in grid.months]
    rows = ([row.unit.name, *(cell.label for cell in row.cells)] for row in grid.rows)
    return logged_sheet(
        request,
        name=f"Báo cáo theo tháng, {shown['ward']}",
        columns=columns,
        rows=rows,
        heading=(made_at(),),
        wards=[shown["ward"].path],
    )


@require_POST
def queue_table(request: HttpRequest) -> HttpResponseBase:
    """What waits, in the order of the queue."""
    queue = queue_of(request, Filter.of(request))
    columns = [
        Column("Nhóm", width=24),
        Column("Đơn vị", width=44),
        Column("Tháng", Kind.MONTH),
        Column("Nộp lúc", Kind.MOMENT),
        Column("Không phát sinh", width=14),
        Column("Điểm cần để ý", width=60),
    ]
    rows = (
        [
            line.weight.label,
            line.report.unit.name,
            line.report.month,
            line.report.submitted_at,
            line.report.is_zero,
            "\n".join(str(remark) for remark in line.remarks),
        ]
        for line in queue.lines
    )
    name = "Báo cáo chờ xem"
    return logged_sheet(
        request,
        name=name,
        columns=columns,
        rows=rows,
        heading=(made_at(),),
        wards=ward_paths(request.user, rules.REVIEW),
    )


@require_POST
def totals_table(request: HttpRequest) -> HttpResponseBase:
    """The figures of the ward in one month, beside those of the month before."""
    shown = totals_context(request)
    month, previous = (format_month(shown[name]).capitalize() for name in ("month", "previous"))
    columns = [
        Column("Chỉ tiêu", width=44),
        Column(month, Kind.COUNT, width=16),
        Column(previous, Kind.COUNT, width=16),
        Column("Đơn vị tính", width=16),
        Column("Số đơn vị có số", Kind.COUNT),
    ]
    rows = (
        [
            line["total"].indicator.name,
            _figure(line["total"]),
            _figure(line["before"]),
            line["total"].indicator.unit_of_measure,
            line["total"].unit_count,
        ]
        for line in shown["totals"]
    )
    day = timezone.localdate()
    note = "" if shown["is_final"] else f", tính đến {day.day}/{day.month}/{day.year}"
    return logged_sheet(
        request,
        name=f"Tổng hợp {format_month(shown['month'])}, {shown['ward']}",
        columns=columns,
        rows=rows,
        heading=(made_at() + note,),
        wards=[shown["ward"].path],
    )


def _figure(total: Any) -> Any:
    """A share in words, as on the screen; nothing is no zero."""
    if total is None:
        return None
    return f"{format_number(total.percent, 1)}%" if total.percent is not None else total.value
