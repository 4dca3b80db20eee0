"""A confirmed plan copied to the next year, after a look at what will be in the copy."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from core.admin import office_render
from core.workflow import TransitionRefusedError
from plans import renewing
from plans.office.listing import render_detail
from plans.office.scope import visible_plan


@require_http_methods(["GET", "HEAD", "POST"])
def renew(request: HttpRequest, pk: int) -> HttpResponse:
    """What the copy carries and what it leaves; the copy waits for a person like any proposal."""
    today = timezone.localdate()
    plan = visible_plan(request, pk, action="plans.add_plan")
    try:
        if request.method == "POST":
            copy = renewing.renew(plan, user=request.user, today=today)
            messages.success(request, f"Đã chép thành kế hoạch chờ xác nhận của năm {copy.year}.")
            return redirect(copy)
        renewal = renewing.look(plan, today=today)
    except TransitionRefusedError as error:
        return render_detail(request, plan, refused=str(error), status=422)
    context = {"plan": plan, "renewal": renewal}
    return office_render(request, "plans/renew.html", context)
