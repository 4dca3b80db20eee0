"""The report on paper: the blank form and the filled one."""

from __future__ import annotations

import datetime as dt

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from core.access import policy
from reports import forms, paper, rules
from reports.paper import Sheet
from reports.stored import answers_of
from reports.views.place import Place, place_for

BLANK = "trong"


@policy(rules.SUBMIT)
@require_safe
def print_page(request: HttpRequest, unit_pk: int, month: dt.date) -> HttpResponse:
    """``?trang=trong`` is the blank form; else what is typed or was handed in."""
    place = place_for(request, unit_pk, month)
    is_blank = request.GET.get("trang") == BLANK or not place.typed.content
    context = {
        "sheets": [_blank(request, place) if is_blank else _filled(place)],
        "is_blank": is_blank,
        "unit": place.unit,
        "month": month,
    }
    return render(request, "reports/print/page.html", context)


def _blank(request: HttpRequest, place: Place) -> Sheet:
    link = place.unit.links.in_use().first()
    return paper.blank_sheet(place.paper, place.period, request, link)


def _filled(place: Place) -> Sheet:
    report, is_unsent = place.report, place.typed.is_unsent
    if report is not None and report.first_submitted_at and not is_unsent:
        answers = answers_of(report)
    else:
        answers = forms.read(place.paper, place.typed.content).answers()
    newest = report.submissions.order_by("-number").first() if report else None
    return paper.filled_sheet(
        place.paper, answers, submission=None if is_unsent else newest, is_unsent=is_unsent
    )
