"""A newer file of the same plan: kept beside it, compared, taken by a person or dropped."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from core.files import open_stored
from core.models import StoredFile
from core.workflow import TransitionRefusedError, save_seen
from plans import register, rules
from plans.comparing import Change, Comparison, compare
from plans.models import Plan, PlanNode, Revision, Status
from plans.naming import NamedUnits, recipient_target
from plans.pieces import KINDS
from plans.proposals import as_stored, write_nodes
from plans.reader import Reading, read_plan
from plans.review import assign
from plans.titles import short_title
from plans.workflow import REVISED

State = Revision.State
NOT_WAITING = "Bản mới này đã được lấy hoặc đã bỏ; mời đồng chí xem lại kế hoạch."


@transaction.atomic
def start(plan: Plan, stored_file: StoredFile, *, user: Any) -> Revision:
    """Keep ``stored_file`` as the newer file of ``plan``; one that waited before is dropped."""
    plan = Plan.objects.select_for_update(of=("self",)).get(pk=plan.pk)
    waiting = plan.revisions.filter(state=State.WAITING).select_related("source")
    for before in waiting:
        if before.source.sha256 == stored_file.sha256:
            return before
    waiting.update(state=State.DROPPED)
    return Revision.objects.create(plan=plan, source=stored_file, created_by=user)


def read_again(revision: Revision, *, ward_name: str) -> Reading:
    """What the kept file says. Raises what :func:`plans.reader.read_plan` raises."""
    with open_stored(revision.source) as file:
        return read_plan(file.read(), revision.source.original_name, ward_name=ward_name)


@transaction.atomic
def take(
    revision: Revision,
    reading: Reading,
    *,
    chosen: set[str],
    since: dt.date,
    actor: Any,
    seen_version: int,
) -> Plan:
    """Write the ``chosen`` changes (keys) and make the newer file the plan's source.

    Rows that stay keep their keys, so reports keep what they covered. In a plan that was
    confirmed, a content that the newer text lacks counts until the month ``since``, a new one
    from it; other rows are left out. In a proposed plan they go.

    Raises :class:`~core.workflow.StaleError` and
    :class:`~core.workflow.TransitionRefusedError`.
    """
    plan = Plan.objects.select_related("owner").get(pk=revision.plan_id)
    if not rules.may_change(actor, plan):
        raise TransitionRefusedError("Tài khoản này không sửa được kế hoạch.")
    now = Revision.objects.select_for_update(of=("self",)).get(pk=revision.pk)
    if now.state != State.WAITING:
        raise TransitionRefusedError(NOT_WAITING)
    found = compare(plan, as_stored(reading))
    changes = [change for change in found.changes if change.key in chosen]
    old_source = plan.source
    head = {name: value for c in changes if c.kind == "plan" for name, value in c.values.items()}
    _check_known(plan, head)
    _check_file(plan, now.source)
    source = {"source": now.source, "source_sha256": now.source.sha256}
    plan = save_seen(plan, seen_version=seen_version, **head, **source, reading=as_stored(reading))
    nodes = _new_text(plan, reading, found)
    names = NamedUnits(plan, nodes)
    for change in changes:
        _write(plan, change, names, nodes, since)
    assign(plan)
    if plan.status != Status.PROPOSED:
        register.fill(plan)
    _record(plan, now, old_source, actor)
    return plan


def _check_known(plan: Plan, head: dict[str, Any]) -> None:
    """Number, day and issuer may not become those of another plan."""
    key = {name: head.get(name, getattr(plan, name)) for name in ("code", "issuer", "issued_on")}
    if not key["code"]:
        return
    if Plan.objects.filter(owner=plan.owner, **key).exclude(pk=plan.pk).exists():
        raise TransitionRefusedError(
            "Đã có kế hoạch khác cùng số, ký hiệu, ngày và cơ quan ban hành."
        )


def _check_file(plan: Plan, source: StoredFile) -> None:
    """The file may have made a plan of its own while it waited here."""
    if Plan.objects.filter(owner=plan.owner, source_sha256=source.sha256).exclude(pk=plan.pk):
        raise TransitionRefusedError("Tệp này đã được nạp thành một kế hoạch khác.")


def _new_text(plan: Plan, reading: Reading, found: Comparison) -> dict[int, PlanNode]:
    """Replace the full text; rows that stay point to their place in the newer one."""
    plan.nodes.all().delete()
    nodes = write_nodes(plan, reading)
    for row, paragraph in found.places:
        row.node = nodes.get(paragraph) if paragraph is not None else None
        row.last_paragraph = None
    for model in KINDS.values():
        rows = [row for row, _ in found.places if isinstance(row, model)]
        model.objects.bulk_update(rows, ["node", "last_paragraph"])
    return nodes


def _write(
    plan: Plan, change: Change, names: NamedUnits, nodes: dict[int, PlanNode], since: dt.date
) -> None:
    if change.what == "removed":
        _remove(plan, change.row, since)
    elif change.kind != "plan":
        _put(plan, change, names, nodes, since)


def _remove(plan: Plan, row: Any, since: dt.date) -> None:
    if plan.status == Status.PROPOSED:
        row.delete()
    elif hasattr(row, "left_out_from"):
        row.left_out_from = since
        row.save(update_fields=["left_out_from"])
    else:
        row.is_left_out = True
        row.save(update_fields=["is_left_out"])


def _put(
    plan: Plan, change: Change, names: NamedUnits, nodes: dict[int, PlanNode], since: dt.date
) -> None:
    """Write the new values of a row, or the row itself."""
    model, values = KINDS[change.kind], dict(change.values)
    row = change.row
    if row is None:
        last = model.objects.filter(plan=plan).aggregate(last=Max("position"))["last"]
        node = nodes.get(change.paragraph) if change.paragraph is not None else None
        row = model(plan=plan, position=(last or 0) + 1, node=node)
        if change.kind == "contentitem" and plan.status != Status.PROPOSED:
            row.counts_from = since
    cooperating = values.pop("cooperating", None)
    if "lead" in values:
        values["lead"] = names.get(values["lead"])
    if change.kind == "contentitem" and row.short_title in ("", short_title(row.text)):
        row.short_title = short_title(values["text"])
    if change.kind == "recipient":
        values |= recipient_target(plan, values["text"])
    for name, value in values.items():
        setattr(row, name, value)
    row.save()
    if cooperating is not None:
        row.cooperating.set(names.get(name) for name in cooperating)


def _record(plan: Plan, revision: Revision, old_source: StoredFile, actor: Any) -> None:
    """The step, and both files by which the plan is known from now on."""
    taken = Revision.objects.filter(plan=plan, state=State.TAKEN)
    if not taken.filter(source=old_source).exists():
        Revision.objects.create(plan=plan, source=old_source, state=State.TAKEN)
    revision.state = State.TAKEN
    revision.save(update_fields=["state"])
    plan.steps.create(
        name=REVISED,
        from_status=plan.status,
        to_status=plan.status,
        actor=actor,
        reason=f"Tệp “{revision.source.original_name}”",
    )


@transaction.atomic
def drop(revision: Revision) -> None:
    """Leave the plan as it is; the file is kept. Refused once the revision was taken."""
    dropped = Revision.objects.filter(pk=revision.pk, state=State.WAITING)
    if not dropped.update(state=State.DROPPED):
        raise TransitionRefusedError(NOT_WAITING)


def month_now() -> dt.date:
    """The first day of this month: what has been reported before stays as it was."""
    return timezone.localdate().replace(day=1)
