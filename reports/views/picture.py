"""The receipt as a picture, kept by nobody between the portal and the phone."""

from __future__ import annotations

import datetime as dt

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from core.access import policy
from reports import receipt_picture as pictures
from reports import rules
from reports.views.place import place_for


@policy(rules.SUBMIT)
@require_safe
def receipt_picture(request: HttpRequest, unit_pk: int, month: dt.date) -> HttpResponse:
    """The card of the newest hand-in; 404 before the first."""
    place = place_for(request, unit_pk, month)
    report = place.report
    submission = report.submissions.order_by("-number").first() if report else None
    if report is None or submission is None:
        raise Http404
    profile = getattr(place.paper.ward, "profile", None)
    report.unit, report.ward = place.unit, place.paper.ward
    words = pictures.words_of(report, submission, profile=profile)
    return HttpResponse(
        pictures.draw(words),
        content_type="image/png",
        headers={
            "Content-Disposition": f'inline; filename="{pictures.file_name(submission)}"',
            "Cache-Control": "private, no-store",
        },
    )
