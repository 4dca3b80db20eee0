"""A newer file of a plan beside the plan: what changed, and what of it is taken."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from core.admin import office_render
from core.files import FileRefusedError
from core.workflow import StaleError, TransitionRefusedError
from plans import revising
from plans.comparing import compare
from plans.forms import RevisionForm
from plans.models import Plan, Revision, Status
from plans.office.listing import render_detail
from plans.office.scope import version_in, visible_plan
from plans.reader import NotAPlanError, Reading, UnreadableFileError


@require_http_methods(["GET", "HEAD", "POST"])
def revision(request: HttpRequest, pk: int) -> HttpResponse:
    """Compare, then “Lấy bản mới” or “Giữ bản cũ”."""
    plan = visible_plan(request, pk, action="plans.change_plan")
    waiting = plan.revisions.filter(state=Revision.State.WAITING).select_related("source").first()
    if waiting is None:
        if request.method == "POST":
            return render_detail(request, plan, refused=revising.NOT_WAITING, status=422)
        messages.info(request, "Kế hoạch này không có bản mới nào chờ xem.")
        return redirect("admin:plan_detail", pk=plan.pk)
    if request.method == "POST" and request.POST.get("seen_revision") != str(waiting.pk):
        return render_detail(request, plan, refused=revising.NOT_WAITING, status=409)
    if request.method == "POST" and "drop" in request.POST:
        return _drop(request, plan, waiting)
    try:
        reading = revising.read_again(waiting, ward_name=plan.owner.name)
    except (FileRefusedError, NotAPlanError, OSError, UnreadableFileError) as error:
        return render_detail(request, plan, refused=str(error), status=422)
    return _answer(request, plan, waiting, reading)


def _drop(request: HttpRequest, plan: Plan, waiting: Revision) -> HttpResponse:
    try:
        revising.drop(waiting)
    except TransitionRefusedError as error:
        return render_detail(request, plan, refused=str(error), status=422)
    messages.success(request, "Đã giữ bản cũ; tệp mới vẫn được lưu.")
    return redirect(plan)


def _answer(request: HttpRequest, plan: Plan, waiting: Revision, reading: Reading) -> HttpResponse:
    form = _form(plan, reading, request.POST if request.method == "POST" else None)
    is_stale, status = False, 200
    if request.method == "POST":
        status = 422
        if version_in(request) != plan.version:
            is_stale, status = True, 409
        elif form.is_valid():
            try:
                _take(request, waiting, reading, form)
            except StaleError as error:
                plan, is_stale, status = error.fresh, True, 409
                form = _form(plan, reading, request.POST)
            except TransitionRefusedError as error:
                form.add_error(None, str(error))
            else:
                messages.success(request, "Đã lấy bản mới của kế hoạch.")
                return redirect(plan)
    context = {
        "plan": plan,
        "revision": waiting,
        "form": form,
        "is_stale": is_stale,
        "is_held": plan.status != Status.PROPOSED,
    }
    return office_render(request, "plans/revision.html", context, status=status)


def _form(plan: Plan, reading: Reading, data: Any) -> RevisionForm:
    changes = compare(plan, revising.as_stored(reading)).changes
    return RevisionForm(changes, data, initial={"since": revising.month_now()})


def _take(request: HttpRequest, waiting: Revision, reading: Reading, form: RevisionForm) -> None:
    revising.take(
        waiting,
        reading,
        chosen=form.chosen(),
        since=form.cleaned_data["since"],
        actor=request.user,
        seen_version=version_in(request),
    )
