"""One task: its “6 rõ”, how it stands and by what that is known, parts, files, history."""

from __future__ import annotations

from collections.abc import Callable
from http import HTTPStatus
from itertools import pairwise
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from core.admin import office_render
from core.files import FileRefusedError, FilesBusyError, open_stored
from core.workflow import StaleError, TransitionRefusedError
from plans import due, progress, tracking
from plans.forms.tasks import TaskFileForm, TaskPartForm, TaskRuleForm, TaskStateForm, TaskWordsForm
from plans.models import Task, TaskFile
from plans.office.scope import version_in
from plans.tracking import Standing

CHANGE = "plans.change_plan"
WORDS = {
    "state": "tiến độ",
    "percent": "phần trăm",
    "evidence": "kết quả, minh chứng",
    "override_reason": "lý do ghi khác số tính",
    "rule": "cách tính",
    "rule_target": "mức cần đạt",
    "person": "rõ người",
    "due": "rõ thời gian",
    "responsibility": "rõ trách nhiệm",
    "deliverable": "rõ sản phẩm",
    "authority": "rõ thẩm quyền",
}
LABELS = {
    "state": dict(Task.State.choices),
    "rule": dict(Task.Rule.choices),
}


def _task(request: HttpRequest, pk: int, *, action: str = "plans.view_plan") -> Task:
    tasks = Task.objects.visible_to(request.user).given().for_list()
    task = get_object_or_404(tasks, pk=pk)
    if not request.user.has_perm(action, task.plan):
        raise PermissionDenied
    return task


@require_safe
def task_page(request: HttpRequest, pk: int) -> HttpResponse:
    return _render(request, _task(request, pk))


@require_http_methods(["POST"])
def task_write(request: HttpRequest, pk: int) -> HttpResponse:
    """One of the forms of the page, by the button that was pressed."""
    task = _task(request, pk, action=CHANGE)
    act = ACTS.get(request.POST.get("viec", ""))
    if act is None:
        return redirect("admin:task", pk=task.pk)
    return act(request, task)


def _write_state(request: HttpRequest, task: Task) -> HttpResponse:
    form = TaskStateForm(request.POST)
    return _keep_state(request, task, form, "Đã ghi tiến độ.")


def _keep_state(request: HttpRequest, task: Task, form: TaskStateForm, done: str) -> HttpResponse:
    def write() -> None:
        changes = form.changes()
        measure = _standing(task).measure
        progress.write(task, seen_version=version_in(request), measure=measure, **changes)

    return _try(request, task, form, "state_form", write, done)


def _write_rule(request: HttpRequest, task: Task) -> HttpResponse:
    form = TaskRuleForm(task, tracking.count_choices(task.plan.owner), request.POST)
    return _try(
        request,
        task,
        form,
        "rule_form",
        lambda: progress.write(task, seen_version=version_in(request), **form.changes()),
        "Đã đặt cách tính.",
    )


def _write_words(request: HttpRequest, task: Task) -> HttpResponse:
    form = TaskWordsForm(request.POST)
    return _try(
        request,
        task,
        form,
        "words_form",
        lambda: progress.write(
            task, seen_version=version_in(request), **form.changes(task.plan.year)
        ),
        "Đã ghi.",
    )


def _add_part(request: HttpRequest, task: Task) -> HttpResponse:
    form = TaskPartForm(request.POST)

    def add() -> None:
        data = form.cleaned_data
        codes = due.parse_list(data["due"], task.plan.year)
        progress.add_part(
            task,
            seen_version=version_in(request),
            text=data["text"],
            person=data["person"],
            due=codes,
        )

    return _try(request, task, form, "part_form", add, "Đã thêm việc con.")


def _add_file(request: HttpRequest, task: Task) -> HttpResponse:
    form = TaskFileForm(request.POST, request.FILES)
    return _try(
        request,
        task,
        form,
        "file_form",
        lambda: progress.add_file(task, form.cleaned_data["file"], actor=request.user),
        "Đã gửi tệp minh chứng.",
    )


ACTS = {
    "tien-do": _write_state,
    "cach-tinh": _write_rule,
    "sau-ro": _write_words,
    "viec-con": _add_part,
    "tep": _add_file,
}


def _try(
    request: HttpRequest, task: Task, form: Any, name: str, write: Callable[[], Any], done: str
) -> HttpResponse:
    """Write what ``form`` says; a refusal stands on it, with everything that was typed."""
    status = HTTPStatus.UNPROCESSABLE_ENTITY
    if form.is_valid():
        try:
            write()
        except StaleError:
            fresh = _task(request, task.pk)
            return _render(
                request, fresh, status=HTTPStatus.CONFLICT, is_stale=True, **{name: form}
            )
        except (TransitionRefusedError, FileRefusedError, FilesBusyError) as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, done)
            return redirect("admin:task", pk=task.pk)
    return _render(request, task, status=status, **{name: form})


def _standing(task: Task) -> Standing:
    return tracking.standings(task.plan.owner, [task], timezone.localdate())[task.pk]


def _render(
    request: HttpRequest,
    task: Task,
    *,
    status: int = HTTPStatus.OK,
    is_stale: bool = False,
    **forms: Any,
) -> HttpResponse:
    ward, today = task.plan.owner, timezone.localdate()
    stands = tracking.standings(ward, [task], today)
    parts = [
        (part, stands[part.pk])
        for part in Task.objects.filter(parent=task, is_left_out=False).select_related("plan")
    ]
    may_change = request.user.has_perm(CHANGE, task.plan)
    context = {
        "task": task,
        "plan": task.plan,
        "standing": stands[task.pk],
        "due": due.list_in_words(task.due),
        "is_due_unread": due.is_unread(task.due),
        "parts": parts,
        "files": task.files.shown().select_related("file", "by"),
        "history": _history(task),
        "rule_name": _rule_name(task, ward),
        "may_change": may_change,
        "is_stale": is_stale,
        **(_forms(task, ward) if may_change else {}),
        **forms,
    }
    context["failed"] = next(iter(forms.values()), None)
    return office_render(request, "plans/task.html", context, status=status)


def _forms(task: Task, ward: Any) -> dict[str, Any]:
    return {
        "state_form": TaskStateForm.of(task),
        "rule_form": TaskRuleForm(task, tracking.count_choices(ward)),
        "words_form": TaskWordsForm.of(task),
        "part_form": TaskPartForm(),
        "file_form": TaskFileForm(),
    }


def _rule_name(task: Task, ward: Any) -> str:
    """ "xong khi có ít nhất một báo cáo mang nội dung này: Quyền người tiêu dùng"."""
    if task.rule == Task.Rule.BY_HAND:
        return ""
    if task.rule == Task.Rule.COUNT:
        name = dict(tracking.count_choices(ward)).get(task.rule_code, task.rule_code)
        return f"{task.get_rule_display()}: {name}, từ {task.rule_target}"
    return f"{task.get_rule_display()}: {task.rule_item}"


def _history(task: Task) -> list[dict[str, Any]]:
    """Who changed what and when, the newest first; two queries."""
    states = list(task.history.select_related("history_user").order_by("-history_id"))
    lines = []
    for new, old in pairwise([*states, None]):
        if new is None:
            continue
        changes = [
            (words, _shown(name, getattr(new, name)))
            for name, words in WORDS.items()
            if old is None or getattr(new, name) != getattr(old, name)
        ]
        if old is None:
            changes = [("lập", "từ kế hoạch" if new.parent_id is None else "việc con")]
        if changes:
            lines.append({"at": new.history_date, "by": new.history_user, "changes": changes})
    return lines


def _shown(name: str, value: Any) -> str:
    if name == "due":
        return due.list_in_words(value)
    return str(LABELS.get(name, {}).get(value, value) or "để trống")


@require_POST
def task_move(request: HttpRequest, pk: int) -> HttpResponse:
    """From one column of the board to another; what is missing is asked for on its own page."""
    task = _task(request, pk, action=CHANGE)
    state = request.POST.get("sang", "")
    if state not in Task.State.values:
        return redirect("admin:task", pk=task.pk)
    form = TaskStateForm(
        {
            "state": state,
            "percent": str(task.percent or ""),
            "evidence": task.evidence,
            "override_reason": "",
        }
    )
    answer = _keep_state(request, task, form, "Đã chuyển.")
    if answer.status_code != HTTPStatus.FOUND:
        return answer
    return redirect(f"{reverse('admin:task_list')}?kieu=bang")


@require_safe
def task_file(request: HttpRequest, pk: int) -> HttpResponse:
    """The evidence as it was handed in, to download."""
    row = get_object_or_404(
        TaskFile.objects.visible_to(request.user).shown().select_related("file"), pk=pk
    )
    try:
        with open_stored(row.file) as file:
            response = HttpResponse(file.read(), content_type=row.file.content_type)
    except (FileRefusedError, OSError) as error:
        raise Http404 from error
    name = row.file.original_name
    response["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
    response["Cache-Control"] = "private, no-store"
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "sandbox; default-src 'none'; frame-ancestors 'none'"
    return response


@require_POST
def task_file_remove(request: HttpRequest, pk: int) -> HttpResponse:
    """No longer shown; who took it away and when is kept."""
    row = get_object_or_404(
        TaskFile.objects.visible_to(request.user).shown().select_related("task__plan__owner"), pk=pk
    )
    if not request.user.has_perm(CHANGE, row.task.plan):
        raise PermissionDenied
    progress.remove_file(row, actor=request.user)
    messages.success(request, "Đã bỏ tệp minh chứng.")
    return redirect("admin:task", pk=row.task_id)
