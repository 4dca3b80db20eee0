"""The steps of a plan: confirmed by a person or approved by a leader, extended, closed."""

from __future__ import annotations

import datetime as dt
from typing import Any

from core.workflow import Transition, TransitionRefusedError, perform
from plans import rules
from plans.models import Plan, Status

CONFIRM = Transition(
    name="confirm",
    label="Xác nhận kế hoạch",
    sources=frozenset({Status.PROPOSED}),
    target=Status.CONFIRMED,
    allowed=rules.may_change,
)
EXTEND = Transition(
    name="extend",
    label="Gia hạn",
    sources=frozenset({Status.CONFIRMED, Status.CLOSED}),
    target=Status.CONFIRMED,
    allowed=rules.may_change,
    needs_reason=True,
)
CLOSE = Transition(
    name="close",
    label="Kết thúc",
    sources=frozenset({Status.CONFIRMED}),
    target=Status.CLOSED,
    allowed=rules.may_change,
    needs_reason=True,
)
APPROVE = Transition(
    name="approve",
    label="Duyệt kế hoạch",
    sources=frozenset({Status.PROPOSED}),
    target=Status.CONFIRMED,
    allowed=rules.may_approve,
)
SEND_BACK = Transition(
    name="send_back",
    label="Trả lại kế hoạch",
    sources=frozenset({Status.PROPOSED}),
    target=Status.PROPOSED,
    allowed=rules.may_approve,
    needs_reason=True,
)
REVISED = "revise"  # a newer file was taken: the status stays
STEPS = {step.name: step for step in (CONFIRM, EXTEND, CLOSE, APPROVE, SEND_BACK)}

LABELS = {name: step.label for name, step in STEPS.items()} | {REVISED: "Lấy bản mới"}


def open_steps(plan: Plan, user: Any) -> list[Transition]:
    """The steps that ``user`` may take on ``plan`` now."""
    return [step for step in STEPS.values() if step.is_open_to(user, plan)]


def change_end(
    step: Transition, plan: Plan, *, actor: Any, seen_version: int, last_day: dt.date, reason: str
) -> Plan:
    """Extend or close ``plan`` so that ``last_day`` is its last day in force.

    Raises what :func:`core.workflow.perform` raises, and
    :class:`~core.workflow.TransitionRefusedError` when the day lies before its beginning.
    """
    if plan.valid_from and last_day < plan.valid_from:
        raise TransitionRefusedError("Ngày cuối còn hiệu lực không được trước ngày bắt đầu.")
    return perform(
        step,
        plan,
        actor=actor,
        seen_version=seen_version,
        reason=reason,
        valid_to=last_day + dt.timedelta(days=1),
        extension_note=reason.strip(),
    )
