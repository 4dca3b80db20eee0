"""The secretary's one tap for what a helper handed in."""

from __future__ import annotations

import datetime as dt
from http import HTTPStatus

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from core.access import policy
from core.text import format_month
from core.workflow import TransitionRefusedError
from reports import helpers, rules
from reports.models import Submission
from reports.views.place import place_for


@policy(rules.SUBMIT)
@require_POST
def confirm_helper(request: HttpRequest, unit_pk: int, month: dt.date) -> HttpResponse:
    """Stand by the hand-in that the page showed, and by no newer one."""
    place = place_for(request, unit_pk, month)
    number = request.POST.get("number", "")
    known = number if number.isdecimal() and len(number) < 6 else "0"
    submission = Submission.objects.filter(report=place.report, number=known).first()
    try:
        if submission is None:
            raise TransitionRefusedError(helpers.CHANGED)
        helpers.confirm(submission, actor=request.user)
    except TransitionRefusedError as refusal:
        context = {"refusal": str(refusal)}
        return place.render(request, "refused.html", context, HTTPStatus.UNPROCESSABLE_ENTITY)
    messages.success(request, f"Đã xác nhận báo cáo {format_month(month)}.")
    return redirect("reports:home")
