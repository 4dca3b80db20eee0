"""The steps of a monthly report, and those of the reviewer."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db import transaction
from django.db.models import Max

from core.workflow import Transition, perform
from reports import notifications, rules
from reports.answers import Paper
from reports.models import EDITABLE, MonthlyReport, Status, Submission

SUBMIT = Transition(
    name="submit",
    label="Nộp",
    sources=frozenset(EDITABLE),
    target=Status.SUBMITTED,
    allowed=rules.may_submit,
)
AMEND = Transition(
    name="amend",
    label="Nộp lại bản sửa",
    sources=frozenset({Status.SUBMITTED}),
    target=Status.SUBMITTED,
    allowed=rules.may_submit,
)
FILE = Transition(
    name="file",
    label="Nộp hộ theo lời bí thư",
    sources=frozenset(EDITABLE),
    target=Status.SUBMITTED,
    allowed=rules.may_file_for,
)
RETURN = Transition(
    name="return",
    label="Trả lại để sửa",
    sources=frozenset({Status.SUBMITTED}),
    target=Status.RETURNED,
    allowed=rules.may_review,
    needs_reason=True,
)
ACCEPT = Transition(
    name="accept",
    label="Tiếp nhận",
    sources=frozenset({Status.SUBMITTED}),
    target=Status.ACCEPTED,
    allowed=rules.may_review,
)
REOPEN = Transition(
    name="reopen",
    label="Mở lại để sửa",
    sources=frozenset({Status.ACCEPTED}),
    target=Status.RETURNED,
    allowed=rules.may_review,
    needs_reason=True,
)
STEPS = {step.name: step for step in (SUBMIT, AMEND, FILE, RETURN, ACCEPT, REOPEN)}
REVIEW_STEPS = (ACCEPT, RETURN, REOPEN)


def open_steps(
    report: MonthlyReport, user: Any, submissions: list[Submission] | None = None
) -> list[Transition]:
    """The buttons of the reviewer; no query where all ``submissions`` of the report are given."""
    if not rules.may_review(user, report, submissions):
        return []
    return [step for step in REVIEW_STEPS if report.status in step.sources]


def report_for(paper: Paper) -> MonthlyReport:
    """The row of this unit and month, made on first use: there is never a second one."""
    report, _ = MonthlyReport.objects.get_or_create(
        unit=paper.unit, month=paper.month, defaults={"ward": paper.ward}
    )
    return report


def not_begun(paper: Paper) -> MonthlyReport:
    """The row of this unit and month before there is one, for what begins it only when taken."""
    return MonthlyReport(unit=paper.unit, month=paper.month, ward=paper.ward)


@transaction.atomic
def review(
    step: Transition,
    report: MonthlyReport,
    *,
    actor: Any,
    seen_version: int,
    reason: str = "",
    question: str = "",
    now: dt.datetime | None = None,
) -> MonthlyReport:
    """Accept, return or reopen ``report``; a return may point at a question.

    The secretary is told through the outbox in the same transaction. Raises what
    :func:`core.workflow.perform` raises.
    """
    changes: dict[str, Any] = {
        "returned_question": question if step.target == Status.RETURNED else ""
    }
    report = perform(step, report, actor=actor, seen_version=seen_version, reason=reason, **changes)
    date_last_step(report, now)
    if step.target == Status.RETURNED:
        notifications.report_returned(report, reason=reason.strip())
    return report


def date_last_step(report: MonthlyReport, now: dt.datetime | None) -> None:
    """Give the step just taken the time that the caller names; the record keeps its own else."""
    if now is not None:
        report.steps.filter(pk=report.steps.aggregate(last=Max("pk"))["last"]).update(
            created_at=now
        )
