"""What must be true of the stored reports and no constraint of the database can say."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from reports.answers import same_content
from reports.models import IndicatorValue, MonthlyReport, Status, Submission
from reports.stored import answers_of

CHUNK = 500


def problems() -> Iterator[str]:
    """One sentence for each report that contradicts itself; a fixed number of queries a chunk."""
    reports = (
        MonthlyReport.objects.exclude(status=Status.DRAFT)
        .select_related("unit")
        .prefetch_related(
            "values__indicator", "contents__content_item", "activities__indicator", "submissions"
        )
        .order_by("pk")
    )
    for report in reports.iterator(chunk_size=CHUNK):
        yield from _problems_of(report)


def _problems_of(report: MonthlyReport) -> Iterator[str]:
    if report.is_zero and (report.values.all() or report.contents.all() or report.activities.all()):
        yield f"{report}: báo cáo không phát sinh nhưng có số liệu hoặc nội dung."
    if any(_place(row) != _place(report) for row in report.values.all()):
        yield f"{report}: số liệu ghi đơn vị, phường hoặc tháng khác với báo cáo."
    submissions = sorted(report.submissions.all(), key=lambda one: one.number)
    if not submissions:
        yield f"{report}: đã nộp nhưng không có lần nộp nào được ghi."
    elif not same_content(*_both(report, submissions[-1])):
        yield f"{report}: số liệu hiện nay khác với lần nộp cuối ({submissions[-1].receipt})."


def _place(row: MonthlyReport | IndicatorValue) -> tuple[Any, ...]:
    """What the values repeat from their report."""
    return row.unit_id, row.ward_id, row.month


def _both(report: MonthlyReport, last: Submission) -> tuple[dict[str, Any], dict[str, Any]]:
    """What the live rows say, and what was handed in: without a 0 that was typed beside single
    happenings, which leaves no trace in a figure that they make up alone.
    """
    said = _said(report, last)
    counts = last.content.get("counts", {})
    figures = {row.indicator.code for row in report.values.all() if row.value}
    idle = {
        code
        for code, count in counts.items()
        if count["value"] == 0 and code in figures and code not in said["counts"]
    }
    kept = {code: count for code, count in counts.items() if code not in idle}
    return said, dict(last.content) | {"counts": kept}


def _said(report: MonthlyReport, last: Submission) -> dict[str, Any]:
    """The live rows, but for what an amendment left alone: its paper did not ask it."""
    told = _asked(report, report.activities.all())
    told |= {one["code"] for one in last.content.get("happenings", ())}
    said = answers_of(report, told=told).as_content()
    asked = last.content.get("counts", {}).keys() | _asked(report, report.values.all())
    said["counts"] = {code: count for code, count in said["counts"].items() if code in asked}
    said["happenings"] = [one for one in said["happenings"] if one["code"] in told]
    return said


def _asked(report: MonthlyReport, rows: Iterable[Any]) -> set[str]:
    return {row.indicator.code for row in rows if row.indicator.is_in_force(report.month)}
