"""How the tasks of a confirmed plan stand, written by hand."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from core.admin import office_render
from core.workflow import StaleError
from plans import standing
from plans.forms import ProgressForm
from plans.models import Plan, Status, Task
from plans.office.listing import render_detail
from plans.office.scope import version_in, visible_plan


@require_http_methods(["GET", "HEAD", "POST"])
def progress(request: HttpRequest, pk: int) -> HttpResponse:
    """Chưa làm, đang làm, đã xong, each with what shows it."""
    plan = visible_plan(request, pk, action="plans.change_plan")
    if plan.status == Status.PROPOSED:
        sentence = "Kế hoạch chưa xác nhận nên chưa ghi tiến độ được."
        return render_detail(request, plan, refused=sentence, status=422)
    form = ProgressForm(plan, request.POST if request.method == "POST" else None)
    status, stored = 200, None
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                standing.write(plan, form.values(), seen_version=version_in(request))
            except StaleError as error:
                plan, stored, status = error.fresh, _stored(error.fresh), 409
            else:
                messages.success(request, "Đã ghi tiến độ.")
                return redirect("admin:plan_detail", pk=plan.pk)
    context = {"plan": plan, "form": form, "stored": stored}
    return office_render(request, "plans/progress.html", context, status=status)


def _stored(plan: Plan) -> list[str]:
    """How each task stands now, in words."""
    tasks = plan.tasks.filter(is_left_out=False, rule=Task.Rule.BY_HAND, parts=None)
    return [
        f"{task.get_state_display().capitalize()}{f': {task.evidence}' if task.evidence else ''}"
        for task in tasks
    ]
