"""What reports have to say before units merge, split or close (:mod:`units.changes`).

A report that was handed in keeps its unit in the denominator of its month: whoever wants to
take that month away is told which month comes next. A month that is still owed stays owed, and a
draft stays where it is: the office hands it in for the unit that is no more. Nothing changes in
the time of a document that is final.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from itertools import groupby

from core.text import first_of_month, format_date, format_month, next_month
from reports import periods
from reports.models import ConsolidatedReport, DocumentStatus, MonthlyReport, Status
from units.changes import Change, Finding
from units.models import Unit

MOST_NAMED = 4
HOW = "văn phòng nộp hộ từ ô của đơn vị ở Báo cáo → Theo tháng"


def look(change: Change, today: dt.date) -> Iterator[Finding]:
    """Refusals and warnings for the units that ``change`` ends; four queries a unit at most."""
    yield from _finalised(change)
    if not change.closing:
        return
    yield from _taken_away(change)
    for unit in change.closing:
        yield from _still_owed(change, unit, today)


def _finalised(change: Change) -> Iterator[Finding]:
    """A document that is final tells of the units as they were: nothing is changed beneath it."""
    final = ConsolidatedReport.objects.filter(
        owner=change.ward, status__in=[DocumentStatus.FINALISED, DocumentStatus.APPROVED]
    ).defer("snapshot")
    over = [one for one in final if one.span.last_month >= first_of_month(change.on)]
    if over:
        last = max(over, key=lambda one: one.span.last_month)
        free = format_date(next_month(last.span.last_month))
        yield Finding(
            f"{last} đã chốt, ghi các đơn vị như trong kỳ đó; đồng chí chọn từ ngày {free} trở đi, "
            "hoặc rút văn bản trước.",
            is_refusal=True,
        )


def _taken_away(change: Change) -> Iterator[Finding]:
    """Reports of months that would no longer be the unit's."""
    reports = (
        MonthlyReport.objects.filter(unit__in=change.closing, month__gte=change.reports_from)
        .select_related("unit")
        .order_by("unit", "month")
    )
    for _, group in groupby(reports, key=lambda report: report.unit_id):
        rows = list(group)
        unit = rows[0].unit
        kept = [r.month for r in rows if r.first_submitted_at or r.status != Status.DRAFT]
        begun = [r.month for r in rows if r.month not in kept]
        if kept:
            yield Finding(
                f"{unit.name} đã nộp báo cáo {_months(kept)}, nên tháng đó vẫn là của đơn vị này; "
                f"đồng chí chọn báo cáo theo đơn vị mới từ {format_month(next_month(kept[-1]))}.",
                is_refusal=True,
            )
        if begun:
            yield Finding(
                f"Bản nháp báo cáo {_months(begun)} của {unit.name} giữ lại để đọc, không nộp nữa"
                + (f": tháng đó {change.heirs[0]} báo cáo." if len(change.heirs) == 1 else ".")
            )


def _still_owed(change: Change, unit: Unit, today: dt.date) -> Iterator[Finding]:
    """Months before that nobody has handed in; they keep counting as missing."""
    owed = [
        one
        for one in reversed(periods.owed_by(unit, today))
        if one.month < change.reports_from and not one.is_received and not one.period.is_exempt
    ]
    if not owed:
        return
    drafts = [one.month for one in owed if one.report is not None]
    kept = f" Bản nháp {_months(drafts)} giữ nguyên." if drafts else ""
    is_now = owed[-1].month >= first_of_month(today)
    verb = "còn phải nộp" if is_now else "còn thiếu"
    yield Finding(
        f"{unit.name} {verb} báo cáo {_months([one.month for one in owed])}, vẫn tính cho đơn vị "
        f"này; sau ngày thôi hoạt động {HOW}.{kept}"
    )


def _months(months: Iterable[dt.date]) -> str:
    """tháng 5/2026, 6/2026; many months by the first and the last of them."""
    found = list(months)
    if len(found) > MOST_NAMED:
        first, last = format_month(found[0]), format_month(found[-1])
        return f"{len(found)} tháng (từ {first} đến {last})"
    return ", ".join([format_month(found[0]), *(f"{m.month}/{m.year}" for m in found[1:])])
