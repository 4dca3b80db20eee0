"""What a person decided on the review page, written in one transaction."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.db import models, transaction
from django.utils import timezone

from core.workflow import Transition, TransitionRefusedError, perform, save_seen
from plans import register, rules
from plans.models import Assignment, NamedUnit, Plan, Status, Task
from plans.naming import NamedUnits
from plans.workflow import CONFIRM
from units.models import Unit, UnitGroup, UnitName

Choice = NamedUnit.Choice


@dataclass(frozen=True)
class Edits:
    """New values: of the plan's own fields, and of rows that grew from it.

    ``pieces`` are further changes (:mod:`plans.pieces`) that follow in their order, in the same
    transaction.
    """

    head: dict[str, Any] = field(default_factory=dict)
    rows: list[tuple[models.Model, dict[str, Any]]] = field(default_factory=list)
    pieces: list[Callable[[Plan, NamedUnits], None]] = field(default_factory=list)


@transaction.atomic
def save_draft(plan: Plan, edits: Edits, *, seen_version: int) -> Plan:
    """Keep ``edits`` on a plan that is still proposed.

    Raises :class:`~core.workflow.StaleError` when someone wrote since, and
    :class:`~core.workflow.TransitionRefusedError` once the plan is confirmed.
    """
    now = Plan.objects.only("status").get(pk=plan.pk)
    if now.status != Status.PROPOSED:
        raise TransitionRefusedError("Kế hoạch đã được xác nhận nên không sửa ở trang này được.")
    fresh = save_seen(plan, seen_version=seen_version, **edits.head)
    _write_rows(fresh, edits)
    return fresh


@transaction.atomic
def confirm(
    plan: Plan,
    edits: Edits,
    *,
    actor: Any,
    seen_version: int,
    step: Transition = CONFIRM,
    reason: str = "",
) -> Plan:
    """Confirm ``plan`` as edited; new units and groups come into being with it.

    Raises what :func:`core.workflow.perform` raises, and
    :class:`~core.workflow.TransitionRefusedError` when the plan has no first day in force, when
    a unit's name was typed that nobody has looked at, or when it names new units and ``actor``
    may not make them.
    """
    start = edits.head.get("valid_from", plan.valid_from)
    if start is None:
        raise TransitionRefusedError("Chưa có ngày bắt đầu hiệu lực của kế hoạch.")
    fresh = perform(step, plan, actor=actor, seen_version=seen_version, reason=reason, **edits.head)
    new = _write_rows(fresh, edits)
    if new:
        raise TransitionRefusedError(
            f"“{new[0]}” là tên đơn vị mới gõ; mời đồng chí lưu bản nháp, xem tên đó là đơn vị"
            " nào rồi xác nhận."
        )
    _open_new_units(fresh, actor)
    assign(fresh)
    register.fill(fresh)
    return fresh


def _write_rows(plan: Plan, edits: Edits) -> list[NamedUnit]:
    """Write ``edits``; the names of units that came with them."""
    names = NamedUnits(plan, {})
    for row, changes in edits.rows:
        if row.plan_id != plan.pk:  # type: ignore[attr-defined]
            raise ValueError("A row of another plan.")
        changes = dict(changes)
        if "cooperating" in changes:
            row.cooperating.set(map(names.get, changes.pop("cooperating")))  # type: ignore[attr-defined]
        if "lead" in changes:
            changes["lead"] = names.get(changes["lead"]) if changes["lead"] else None
        changed = {name: value for name, value in changes.items() if getattr(row, name) != value}
        if changed:
            for name, value in changed.items():
                setattr(row, name, value)
            row.save(update_fields=list(changed))
    for change in edits.pieces:
        change(plan, names)
    assign(plan)
    return names.new


def assign(plan: Plan) -> None:
    """Write anew who every task of ``plan`` is given to, as its named units were matched."""
    Assignment.objects.filter(task__plan=plan).delete()
    rows = []
    tasks = Task.objects.filter(plan=plan, is_left_out=False)
    for task in tasks.select_related("lead").prefetch_related("cooperating"):
        taken: set[tuple[int | None, int | None]] = set()
        named = [(Assignment.Role.LEAD, task.lead)] if task.lead else []
        named += [(Assignment.Role.COOPERATING, name) for name in task.cooperating.all()]
        for role, name in named:
            slot = (name.unit_id, name.group_id)
            if slot != (None, None) and slot not in taken:
                taken.add(slot)
                rows.append(Assignment(task=task, unit_id=slot[0], group_id=slot[1], role=role))
    Assignment.objects.bulk_create(rows)


def _open_new_units(plan: Plan, actor: Any) -> None:
    """Make the units and groups that the plan names and the tree lacks.

    A name that is left without any task makes nothing.
    """
    named = plan.named_units.filter(choice__in=[Choice.NEW_UNIT, Choice.NEW_GROUP])
    needed = models.Q(led_tasks__is_left_out=False) | models.Q(cooperating_tasks__is_left_out=False)
    wanted = list(named.filter(needed).distinct())
    if wanted and not rules.may_open_units(actor, plan):
        raise TransitionRefusedError(
            "Tài khoản này không được tạo đơn vị mới; chọn đơn vị có sẵn hoặc “không giao”."
        )
    for name in wanted:
        if name.choice == Choice.NEW_GROUP:
            kinds = list(Unit.CELL_KINDS) if "chi bộ" in name.new_name.lower() else []
            group, _ = UnitGroup.objects.get_or_create(
                owner=plan.owner, name=name.new_name, defaults={"kinds": kinds}
            )
            name.choice, name.group, name.new_name = Choice.GROUP, group, ""
        else:
            name.choice, name.unit = Choice.UNIT, _open_unit(plan, name)
            name.new_name = ""
        name.save(update_fields=["choice", "unit", "group", "new_name"])


def _open_unit(plan: Plan, name: NamedUnit) -> Unit:
    same = Unit.objects.under(plan.owner).filter(name=name.new_name, closed_on__isnull=True)
    known = same.first()
    if known is not None:
        return known
    opened_on = plan.valid_from or timezone.localdate()
    ward = Unit.objects.get(pk=plan.owner_id)
    unit = Unit.objects.add_child(
        ward,
        {
            "kind": name.new_kind or Unit.Kind.OTHER,
            "name": name.new_name,
            "opened_on": opened_on,
        },
    )
    UnitName.objects.create(
        unit=unit, kind=UnitName.Kind.OFFICIAL, name=unit.name, valid_from=opened_on
    )
    return unit
