""" "Nộp hộ" before the reviewer: the office rings the secretary and writes down the answer."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST

from core.workflow import TransitionRefusedError
from reports import helpers, rules
from reports.models import MonthlyReport
from units.permissions import scope_q


@require_POST
def report_helper(request: HttpRequest, pk: int) -> HttpResponse:
    """The secretary said by telephone that the hand-in on the page is right."""
    inside = scope_q(request.user, rules.REVIEW, prefix="unit__")
    report = get_object_or_404(MonthlyReport.objects.filter(inside), pk=pk)
    number = request.POST.get("number", "")
    known = number if number.isdecimal() and len(number) < 6 else "0"
    submission = report.submissions.filter(number=known).first()
    try:
        if submission is None:
            raise TransitionRefusedError(helpers.CHANGED)
        helpers.confirm(submission, actor=request.user, is_by_phone=True)
    except TransitionRefusedError as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, "Đã ghi: bí thư xác nhận qua điện thoại.")
    return redirect("admin:report_page", pk)
