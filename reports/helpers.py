""" "Nộp hộ": someone else typed the report; the secretary says whether it is right."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone

from core.workflow import TransitionRefusedError
from reports import rules
from reports.models import HelperConfirmation, Submission
from units.models import Unit

CHANGED = "Báo cáo đã được nộp lại sau đó. Đồng chí xem bản mới rồi xác nhận."


def unconfirmed(units: Iterable[Unit]) -> QuerySet[Submission]:
    """The newest hand-ins of ``units`` that a helper made and nobody confirmed, oldest month first."""
    newer = Submission.objects.filter(report=OuterRef("report"), number__gt=OuterRef("number"))
    return (
        Submission.objects.filter(
            ~Exists(newer), report__unit__in=list(units), confirmation__isnull=True
        )
        .exclude(helper="")
        .select_related("report", "by")
        .order_by("report__month")
    )


@transaction.atomic
def confirm(submission: Submission, *, actor: Any, is_by_phone: bool = False) -> HelperConfirmation:
    """The secretary stands by what the helper handed in, or the office heard so by telephone.

    Safe to repeat. Raises ``PermissionDenied``, and
    :class:`core.workflow.TransitionRefusedError` when there is nothing, or a newer hand-in,
    to confirm.
    """
    report = submission.report
    may = rules.may_review if is_by_phone else rules.may_submit
    if not may(actor, report):
        raise PermissionDenied
    if not submission.helper or report.submissions.filter(number__gt=submission.number).exists():
        raise TransitionRefusedError(CHANGED)
    confirmation, _ = HelperConfirmation.objects.get_or_create(
        submission=submission,
        defaults={"by": actor, "at": timezone.now(), "is_by_phone": is_by_phone},
    )
    return confirmation
