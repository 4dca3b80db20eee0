"""The source beside what was understood: check, mend, keep, confirm."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from core.admin import office_render
from core.text import format_date
from core.workflow import StaleError, TransitionRefusedError
from plans import pieces, rules
from plans import review as domain
from plans.models import Plan, PlanNode, Revision, Status
from plans.office.listing import render_detail
from plans.office.scope import version_in, visible_plan
from plans.reviewing import Message, Review

# Places of the text that never become a content, a target, a task or a basis.
NO_PART = [PlanNode.Role.HEADER, PlanNode.Role.TYPE, PlanNode.Role.SUBJECT, PlanNode.Role.SIGNATURE]


@require_http_methods(["GET", "HEAD", "POST"])
def review(request: HttpRequest, pk: int) -> HttpResponse:
    """Check a proposed plan. “Lưu bản nháp” keeps, “Xác nhận kế hoạch” confirms."""
    plan = visible_plan(request, pk, action="plans.change_plan")
    if request.method in ("GET", "HEAD"):
        if plan.status != Status.PROPOSED:
            return redirect("admin:plan_detail", pk=plan.pk)
        return _page(request, plan, _review(request, plan))
    if plan.status != Status.PROPOSED:
        sentence = "Kế hoạch đã được xác nhận nên không sửa ở trang này được."
        return render_detail(request, plan, refused=sentence, status=422)
    checked = _review(request, plan, request.POST)
    if version_in(request) != plan.version:  # before the fields: rows may have come and gone
        return _stale(request, plan, checked)
    if not checked.is_valid():
        return _page(request, plan, checked, errors=checked.errors(), status=422)
    return _write(request, plan, checked)


def _write(request: HttpRequest, plan: Plan, checked: Review) -> HttpResponse:
    confirming, anchor = "confirm" in request.POST, ""
    seen = version_in(request)
    try:
        edits = checked.edits()
        if asked := request.POST.get("do"):
            change, anchor = pieces.parse(asked)
            edits.pieces.append(change)
        if confirming:
            domain.confirm(plan, edits, actor=request.user, seen_version=seen)
        else:
            domain.save_draft(plan, edits, seen_version=seen)
    except StaleError as error:
        return _stale(request, error.fresh, checked)
    except TransitionRefusedError as error:
        refusal = [Message("plan", "Kế hoạch", str(error))]
        return _page(request, plan, checked, errors=refusal, status=422)
    if confirming:
        messages.success(request, "Đã xác nhận kế hoạch.")
        _warn_when_over(request, plan)
        return redirect("admin:plan_detail", pk=plan.pk)
    messages.success(request, "Đã lưu bản nháp.")
    page = reverse("admin:plan_review", args=[plan.pk])
    return redirect(f"{page}#{anchor}" if anchor else page)


def _warn_when_over(request: HttpRequest, plan: Plan) -> None:
    """An old plan that was not extended gives the units nothing to report on."""
    last_day = Plan.objects.only("valid_to").get(pk=plan.pk).last_day
    if last_day and last_day < timezone.localdate():
        messages.warning(
            request,
            f"Kế hoạch hết hiệu lực ngày {format_date(last_day)} nên không có trong báo cáo"
            " các tháng này; mời đồng chí gia hạn nếu còn thực hiện.",
        )


def _stale(request: HttpRequest, fresh: Plan, checked: Review) -> HttpResponse:
    """Someone wrote since: both texts, and what was typed still in the form."""
    differences = checked.differences(_review(request, fresh))
    return _page(request, fresh, checked, differences=differences, is_stale=True, status=409)


def _review(request: HttpRequest, plan: Plan, data: Any = None) -> Review:
    return Review(plan, data, may_open_units=rules.may_open_units(request.user, plan))


def _page(
    request: HttpRequest, plan: Plan, checked: Review, *, status: int = 200, **extra: Any
) -> HttpResponse:
    context = {
        "plan": plan,
        "review": checked,
        "paragraphs": _paragraphs(plan, checked),
        "twin": _twin(plan),
        "revision": plan.revisions.filter(state=Revision.State.WAITING).first(),
        "list_url": reverse("admin:plan_list"),
        **extra,
    }
    return office_render(request, "plans/review.html", context, status=status)


def _twin(plan: Plan) -> Plan | None:
    """Another plan of the ward with this number and day, whatever its issuer is printed as."""
    if not plan.code or not plan.issued_on:
        return None
    others = Plan.objects.filter(owner=plan.owner, code=plan.code, issued_on=plan.issued_on)
    return others.exclude(pk=plan.pk).first()


def _paragraphs(plan: Plan, checked: Review) -> list[dict[str, Any]]:
    """The source, paragraph by paragraph, with links to what each became."""
    links: dict[int, list[tuple[str, str]]] = defaultdict(list)
    for form in checked.rows:
        for number in form.row.paragraphs:
            links[number].append((form.name.lower(), form.anchor))
    for name, place in plan.reading.get("places", {}).items():
        if place["paragraph"] is not None and name in ("code", "subject", "issued_on"):
            label = checked.head.fields[name].label.lower()
            links[place["paragraph"]].append((label, f"id_plan-{name}"))
    asked = {question["paragraph"] for question in checked.questions}
    body = {
        paragraph
        for first, last in plan.nodes.exclude(role__in=NO_PART).values_list(
            "paragraph", "last_paragraph"
        )
        for paragraph in range(first, last + 1)
    }
    return [
        {
            "number": number,
            "text": text,
            "links": links[number],
            "is_asked": number in asked,
            "can_be_taken": number in body and bool(text.strip()),
        }
        for number, text in enumerate(plan.reading.get("paragraphs", []))
    ]
