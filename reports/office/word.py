"""A unit's own report of a month as a Word file, for the office."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_safe

from core.downloads import attachment
from core.files.checks import DOCX
from core.text import month_slug
from plans.models import Plan
from reports import periods
from reports.answers import paper_for
from reports.exports.cell import cell_docx
from reports.models import MonthlyReport
from reports.stored import answers_of
from units.wards import profile_of


@require_safe
def report_word(request: HttpRequest, pk: int) -> HttpResponse:
    """What was handed in; back to the report where nothing was."""
    report = get_object_or_404(MonthlyReport.objects.visible_to(request.user).for_list(), pk=pk)
    if report.first_submitted_at is None:
        return redirect("admin:report_page", pk)
    return word_of(report)


def word_of(report: MonthlyReport) -> HttpResponse:
    """The live rows: what the newest hand-in says."""
    paper = paper_for(report.unit, report.month, ward=report.ward)
    data = cell_docx(
        paper,
        answers_of(report),
        periods.period_of(report.unit, report.month),
        card=profile_of(report.ward),
        plans=list(Plan.objects.filter(owner=report.ward).in_force(report.month).defer("reading")),
    )
    return attachment(data, f"bao-cao-{month_slug(report.month)}.docx", DOCX)
