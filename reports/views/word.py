"""The secretary's own report as a Word file, to print and sign."""

from __future__ import annotations

import datetime as dt

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_safe

from core.access import policy
from core.downloads import attachment
from core.files.checks import DOCX
from core.text import month_slug
from plans.models import Plan
from reports import rules
from reports.exports.cell import cell_docx
from reports.stored import answers_of
from reports.views.place import place_for
from units.wards import profile_of


@policy(rules.SUBMIT)
@require_safe
def word(request: HttpRequest, unit_pk: int, month: dt.date) -> HttpResponse:
    """What was handed in; back to the report where nothing was yet."""
    place = place_for(request, unit_pk, month)
    if place.report is None or place.report.first_submitted_at is None:
        return redirect(place.url("check"))
    data = cell_docx(
        place.paper,
        answers_of(place.report),
        place.period,
        card=profile_of(place.unit),
        plans=list(Plan.objects.filter(owner=place.paper.ward).in_force(month).defer("reading")),
    )
    return attachment(data, f"bao-cao-{month_slug(month)}.docx", DOCX)
