"""The clean reports at once: some of them to read first, then one button for all."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from core.admin import office_render
from core.text import previous_month
from core.workflow import StaleError, TransitionRefusedError
from reports import workflow
from reports.models import MonthlyReport, Photo, ReportContent
from reports.oddities import Evidence, Weight, oddities, weight_of
from reports.office.scope import waiting_for
from reports.office.waiting import Filter, Line, queue_of
from reports.views.photos import photo_rows

SAMPLE = 5
MOST = 200  # at once: each is a step of its own, and a person waits for the answer
MAX_NAMES = 10

CHANGED, DECIDED, ODD = (
    "đã thay đổi sau khi đồng chí mở trang",
    "đã được xử lý trước đó",
    "vừa có điểm cần để ý",
)


@require_http_methods(["GET", "HEAD", "POST"])
def sample_page(request: HttpRequest) -> HttpResponse:
    """Read a sample of the clean reports of the filter, accept all of them."""
    chosen = Filter.of(request)
    if request.method == "POST":
        return _accept(request, chosen)
    queue = queue_of(request, chosen.of_group(Weight.CLEAN))
    lines = queue.lines[:MOST]
    if not lines:
        messages.info(request, "Đã hết báo cáo không có điểm cần để ý.")
        return redirect(_back(chosen))
    sample = choose(lines, timezone.localdate())
    context = {
        "chosen": chosen,
        "lines": lines,
        "more": len(queue.lines) - len(lines),
        "sample": _read(sample, queue.evidence),
        "seen": [f"{line.report.pk}:{line.report.version}" for line in lines],
        "back": _back(chosen),
    }
    return office_render(request, "reports/office/queue_sample.html", context)


def choose(lines: Iterable[Line], day: dt.date) -> list[Line]:
    """The reports to read: chosen by the day, the same for everyone, and by nobody's taste."""

    def lot(line: Line) -> str:
        return hashlib.sha256(f"{day.isoformat()}:{line.report.pk}".encode()).hexdigest()

    return sorted(lines, key=lot)[:SAMPLE]


def _read(sample: list[Line], evidence: Evidence) -> list[dict[str, Any]]:
    """Everything that the sampled reports say; one query beside what was read for the queue."""
    reports = [line.report for line in sample]
    contents: defaultdict[int, list[str]] = defaultdict(list)
    for row in ReportContent.objects.filter(report__in=reports).select_related("content_item"):
        contents[row.report_id].append(row.content_item.short_title)
    return [
        {
            "report": report,
            "figures": _figures(report, evidence),
            "happenings": evidence.activities[report.pk],
            "contents": contents[report.pk],
            "photos": _photo_rows(report, evidence.photos[report.pk]),
        }
        for report in reports
    ]


def _figures(report: MonthlyReport, evidence: Evidence) -> list[dict[str, Any]]:
    values, past = evidence.values[report.pk], evidence.history[report.unit_id]
    last = previous_month(report.month)
    return [
        {"indicator": one, "value": values[pk], "before": past[pk].get(last)}
        for pk, one in evidence.indicators.items()
        if pk in values
    ]


def _photo_rows(report: MonthlyReport, photos: list[Photo]) -> list[dict[str, Any]]:
    return photo_rows(photos, lambda name: reverse("admin:report_photo", args=[report.pk, name]))


def _accept(request: HttpRequest, chosen: Filter) -> HttpResponse:
    """Each by its own step; what is not as it was shown stays in the queue."""
    seen = _seen(request.POST.getlist("bao-cao")[:MOST])
    reports = list(waiting_for(request.user).filter(pk__in=seen).for_list())
    remarks = oddities(reports)
    left: defaultdict[str, list[MonthlyReport]] = defaultdict(list)
    left[DECIDED] = _gone(request, set(seen) - {report.pk for report in reports})
    taken = 0
    for report in reports:
        if report.version != seen[report.pk]:
            left[CHANGED].append(report)
        elif weight_of(remarks[report.pk]) != Weight.CLEAN:
            left[ODD].append(report)
        elif why := _refused(request, report):
            left[why].append(report)
        else:
            taken += 1
    _say(request, taken, left)
    return redirect(_back(chosen))


def _refused(request: HttpRequest, report: MonthlyReport) -> str:
    """Accept ``report``; why it was left, or nothing."""
    try:
        workflow.review(workflow.ACCEPT, report, actor=request.user, seen_version=report.version)
    except StaleError:
        return CHANGED
    except (TransitionRefusedError, PermissionDenied):
        return DECIDED
    return ""


def _gone(request: HttpRequest, pks: Iterable[int]) -> list[MonthlyReport]:
    """Those that were shown and do not wait for this person any more."""
    return list(MonthlyReport.objects.visible_to(request.user).filter(pk__in=pks).for_list())


def _say(request: HttpRequest, taken: int, left: Mapping[str, list[MonthlyReport]]) -> None:
    if taken:
        messages.success(request, f"Đã tiếp nhận {taken} báo cáo không có điểm cần để ý.")
    for why, reports in left.items():
        if not reports:
            continue
        names = "; ".join(str(report) for report in reports[:MAX_NAMES])
        more = len(reports) - MAX_NAMES
        rest = f"; và {more} báo cáo khác" if more > 0 else ""
        messages.warning(request, f"Để lại {len(reports)} báo cáo {why}: {names}{rest}.")


def _seen(pairs: Iterable[str]) -> dict[int, int]:
    """The version of each report that the page showed, by key; what cannot be read is left out."""
    split = (pair.partition(":") for pair in pairs)
    return {
        int(pk): int(version)
        for pk, _, version in split
        if pk.isdecimal() and version.isdecimal() and len(pk) < 16 and len(version) < 10
    }


def _back(chosen: Filter) -> str:
    return reverse("admin:report_queue") + chosen.query
