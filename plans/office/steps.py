"""Steps on a plan: extend, close, discard a wrong file, and the short titles of its contents."""

from __future__ import annotations

import datetime as dt

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from core.admin import office_render
from core.workflow import StaleError, Transition, TransitionRefusedError, save_seen
from plans import proposals, workflow
from plans.forms import EndForm, TitlesForm
from plans.models import Plan
from plans.office.listing import render_detail
from plans.office.scope import version_in, visible_plan

CHANGE = "plans.change_plan"


@require_http_methods(["GET", "HEAD", "POST"])
def extend(request: HttpRequest, pk: int) -> HttpResponse:
    """Until when the plan goes on, and on what ground."""
    return _end(request, pk, workflow.EXTEND)


@require_http_methods(["GET", "HEAD", "POST"])
def close(request: HttpRequest, pk: int) -> HttpResponse:
    """The last day of a plan that ends."""
    return _end(request, pk, workflow.CLOSE)


def _end(request: HttpRequest, pk: int, step: Transition) -> HttpResponse:
    plan = visible_plan(request, pk, action=CHANGE)
    if plan.status not in step.sources:
        sentence = (
            f"Không “{step.label}” được nữa: hiện đã là “{plan.get_status_display()}”, "
            "có thể người khác vừa xử lý."
        )
        return render_detail(request, plan, refused=sentence, status=422)
    today = timezone.localdate()
    last_day = dt.date(today.year, 12, 31) if step is workflow.EXTEND else today
    initial = {"last_day": last_day, "seen_version": plan.version}
    form = EndForm(request.POST if request.method == "POST" else None, initial=initial)
    stored, status = None, 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                workflow.change_end(step, plan, actor=request.user, **form.cleaned_data)
            except StaleError as error:
                stored, status = error.fresh, 409
                form = EndForm(_again(request, error.fresh))
            except TransitionRefusedError as error:
                form.add_error(None, str(error))
            else:
                messages.success(request, f"Đã ghi: {step.label.lower()} kế hoạch.")
                return redirect("admin:plan_detail", pk=plan.pk)
    context = {"plan": plan, "form": form, "step": step, "stored": stored}
    return office_render(request, "plans/end.html", context, status=status)


def _again(request: HttpRequest, fresh: Plan) -> QueryDict:
    """What was typed, now against the version that is stored."""
    data = request.POST.copy()
    data["seen_version"] = str(fresh.version)
    return data


@require_POST
def discard(request: HttpRequest, pk: int) -> HttpResponse:
    """Drop a proposal that came from a wrong file; confirmed plans are never dropped."""
    plan = visible_plan(request, pk, action=CHANGE)
    try:
        proposals.discard(plan, seen_version=version_in(request))
    except StaleError as error:
        return render_detail(request, error.fresh, refused=str(error), status=409)
    except TransitionRefusedError as error:
        return render_detail(request, plan, refused=str(error), status=422)
    messages.success(request, "Đã bỏ bản nạp chưa xác nhận.")
    return redirect("admin:plan_list")


@require_http_methods(["GET", "HEAD", "POST"])
def titles(request: HttpRequest, pk: int) -> HttpResponse:
    """The short titles of the contents, as the secretaries' tick boxes show them."""
    plan = visible_plan(request, pk, action=CHANGE)
    form = TitlesForm(plan, request.POST if request.method == "POST" else None)
    stored, status = None, 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                _save_titles(plan, form, version_in(request))
            except StaleError as error:
                stored, status = error.fresh, 409
                plan = error.fresh
            else:
                messages.success(request, "Đã lưu tên gọn.")
                return redirect("admin:plan_detail", pk=plan.pk)
    context = {"plan": plan, "form": form, "stored": stored}
    return office_render(request, "plans/titles.html", context, status=status)


@transaction.atomic
def _save_titles(plan: Plan, form: TitlesForm, seen_version: int) -> None:
    save_seen(plan, seen_version=seen_version)
    for row, changes in form.values():
        if row.short_title != changes["short_title"]:
            row.short_title = changes["short_title"]
            row.save(update_fields=["short_title"])
