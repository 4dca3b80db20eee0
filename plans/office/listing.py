"""Plans as a list, as text to read, and as the file they came from."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from core.admin import office_render
from core.files import FileRefusedError, open_stored
from plans import due, tracking, workflow
from plans.models import Plan, Revision, Status, Task
from plans.models.plan import HELD
from plans.office.asked import AskedPlans
from plans.office.margin import margin
from plans.office.scope import visible_plan
from plans.tracking import Standing

PAGE_SIZE = 30


@require_safe
def plans(request: HttpRequest) -> HttpResponse:
    """The plans of the ward, newest first."""
    asked = AskedPlans.of(request)
    page = Paginator(asked.rows(request.user), PAGE_SIZE).get_page(request.GET.get("trang"))
    today = timezone.localdate()
    shown = [(plan, plan.is_in_force_on(today)) for plan in page]
    context = {
        "page": page,
        "rows": shown,
        "today": today,
        "asked": asked,
        "statuses": Status.choices,
        "has_any": bool(shown or asked.words),
        "may_add": request.user.has_perm("plans.add_plan"),
    }
    return office_render(request, "plans/list.html", context)


@require_safe
def detail(request: HttpRequest, pk: int) -> HttpResponse:
    """The plan's text as a document, and beside it what each place became."""
    plan = visible_plan(request, pk)
    return render_detail(request, plan)


def render_detail(
    request: HttpRequest, plan: Plan, *, refused: str = "", status: int = 200
) -> HttpResponse:
    today = timezone.localdate()
    bases, tasks = list(_bases(plan)), _tasks(plan)
    stands = tracking.standings(plan.owner, tasks, today)
    contents = list(plan.content_items.filter(is_left_out=False))
    context = {
        "plan": plan,
        "nodes": margin(plan, bases, contents, tasks, stands, today),
        "by_unit": _by_unit(plan, tasks, stands),
        "bases": bases,
        "outdated": [basis for basis in bases if basis.instrument and not basis.instrument.holds],
        "contents": contents,
        "recipients": plan.recipients.select_related("unit", "group"),
        "history": [
            (entry, workflow.LABELS[entry.name]) for entry in plan.steps.select_related("actor")
        ],
        "steps": {step.name for step in workflow.open_steps(plan, request.user)},
        "is_proposed": plan.status == Status.PROPOSED,
        "may_change": request.user.has_perm("plans.change_plan", plan),
        "revision": plan.revisions.filter(state=Revision.State.WAITING).first(),
        "may_renew": plan.status in HELD and request.user.has_perm("plans.add_plan", plan),
        "is_in_force": plan.is_in_force_on(today),
        "is_ahead": bool(plan.valid_from and plan.valid_from > today),
        "errors": [refused] if refused else [],
    }
    return office_render(request, "plans/detail.html", context, status=status)


def _bases(plan: Plan) -> Any:
    bases = plan.legal_bases.filter(is_left_out=False)
    return bases.select_related("instrument__successor")


def _tasks(plan: Plan) -> list[Task]:
    tasks = plan.tasks.filter(is_left_out=False).select_related("lead")
    return list(tasks.prefetch_related("cooperating"))


def _by_unit(plan: Plan, tasks: list[Task], stands: dict[int, Standing]) -> list[dict[str, Any]]:
    """Tasks below the unit that leads them, in the order of the plan."""
    names = list(plan.named_units.select_related("unit", "group"))
    groups: dict[int | None, list[dict[str, Any]]] = defaultdict(list)
    for task in tasks:
        light = stands[task.pk].light
        words = due.list_in_words(task.due)
        groups[task.lead_id].append({"task": task, "due": words, "light": light})
    result = [{"name": name, "tasks": groups[name.pk]} for name in names if groups.get(name.pk)]
    if groups.get(None):
        result.append({"name": None, "tasks": groups[None]})
    return result


@require_safe
def source(request: HttpRequest, pk: int) -> HttpResponse:
    """The file as it was handed in, to download; at most 20 MB, so it is read at once."""
    plan = visible_plan(request, pk)
    try:
        with open_stored(plan.source) as file:
            response = HttpResponse(file.read(), content_type=plan.source.content_type)
    except (FileRefusedError, OSError) as error:
        raise Http404 from error
    name = plan.source.original_name
    response["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
    response["Cache-Control"] = "private, no-store"
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "sandbox; default-src 'none'; frame-ancestors 'none'"
    return response
