"""What people write on a task: how it stands, how it is counted, its parts, its evidence."""

from __future__ import annotations

from typing import Any

from django.core.files.base import File
from django.db import transaction
from django.db.models import F, Max
from django.utils import timezone

from core.files import Kind, store_upload
from core.workflow import StaleError, TransitionRefusedError
from plans.models import Plan, Status, Task, TaskFile
from plans.tracking import DONE, Measure

MOST_FILES = 20


@transaction.atomic
def write(task: Task, *, seen_version: int, measure: Measure | None = None, **changes: Any) -> Task:
    """Write ``changes`` on ``task`` if nobody wrote after ``seen_version``; its history keeps who.

    ``measure`` is what a rule counts: another ``state`` than that needs ``override_reason``, and
    the same one takes the reason away. The version of the plan counts on too, for the page on
    which all its tasks are written at once.

    Raises :class:`~core.workflow.StaleError` and :class:`~core.workflow.TransitionRefusedError`.
    """
    plan = Plan.objects.select_for_update(of=("self",)).get(pk=task.plan_id)
    fresh = Task.objects.select_for_update(of=("self",)).get(pk=task.pk)
    if fresh.version != seen_version:
        raise StaleError(fresh)
    if plan.status == Status.PROPOSED:
        raise TransitionRefusedError("Kế hoạch chưa xác nhận nên chưa ghi tiến độ được.")
    if "state" in changes:
        changes = _consistent(changes, measure)
    for name, value in changes.items():
        setattr(fresh, name, value)
    fresh.version += 1
    fresh.save(update_fields=[*changes, "version"])
    Plan.objects.filter(pk=plan.pk).update(version=F("version") + 1)
    return fresh


def _consistent(changes: dict[str, Any], measure: Measure | None) -> dict[str, Any]:
    """State, percent and reason that do not contradict each other, nor what was counted."""
    state, reason = changes["state"], changes.get("override_reason", "")
    percent = {Task.State.TODO: 0, DONE: 100}.get(state, min(changes.get("percent") or 0, 99))
    if state == DONE and not changes.get("evidence"):
        raise TransitionRefusedError("Việc đã xong thì ghi kết quả, ví dụ: Báo cáo số 15-BC/ĐU.")
    if measure is None or measure.state == state:
        return changes | {"percent": percent, "override_reason": ""}
    if not reason:
        raise TransitionRefusedError(
            f"Cổng tính được: {measure.words}. Muốn ghi khác thì ghi rõ lý do."
        )
    return changes | {"percent": percent}


@transaction.atomic
def add_part(task: Task, *, seen_version: int, text: str, person: str, due: list[str]) -> Task:
    """Split a part off ``task``. Raises what :func:`write` raises; a part has no parts."""
    if task.parent_id is not None:
        raise TransitionRefusedError("Việc con không chia nhỏ thêm được nữa.")
    fresh = write(task, seen_version=seen_version)
    last = Task.objects.filter(plan=task.plan_id).aggregate(last=Max("position"))["last"] or 0
    return Task.objects.create(
        plan_id=task.plan_id,
        node_id=fresh.node_id,
        lead_id=fresh.lead_id,
        parent=fresh,
        position=last + 1,
        text=text,
        person=person,
        due=due,
    )


def add_file(task: Task, upload: File, *, actor: Any) -> TaskFile:
    """Keep ``upload`` as evidence. Raises :class:`core.files.FileRefusedError` with the sentence."""
    if task.files.shown().count() >= MOST_FILES:
        raise TransitionRefusedError(
            f"Một việc có nhiều nhất {MOST_FILES} tệp, đồng chí bỏ bớt trước."
        )
    stored = store_upload(upload, kinds=[Kind.DOCUMENT, Kind.PICTURE], user=actor)
    return TaskFile.objects.create(task=task, file=stored, by=actor)


def remove_file(row: TaskFile, *, actor: Any) -> None:
    TaskFile.objects.shown().filter(pk=row.pk).update(removed_by=actor, removed_at=timezone.now())
