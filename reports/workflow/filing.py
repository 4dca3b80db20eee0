""" "Văn phòng nộp hộ": an officer hands in what the secretary dictated by telephone."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import Any

from django.db import transaction
from django.utils import timezone

from core.workflow import TransitionRefusedError
from reports.answers import Answers, Paper
from reports.models import HelperConfirmation, MonthlyReport, Status, Submission
from reports.workflow.hand_in import hand_in

HELPER = "{name}, văn phòng nộp hộ theo lời bí thư"
ALREADY_FILED = "Đơn vị đã nộp báo cáo này. Muốn sửa, đồng chí trả lại báo cáo trước."


@transaction.atomic
def file_for(
    report: MonthlyReport | None,
    answers: Answers,
    paper: Paper,
    *,
    key: uuid.UUID,
    actor: Any,
    seen_version: int,
    draft_version: int | None = None,
    now: dt.datetime | None = None,
) -> Submission:
    """Hand in ``answers`` by the office, with the secretary's word given by telephone beside it.

    Arguments and errors are those of :func:`hand_in`; what the unit handed in itself is refused,
    so that nobody's own words are written over. ``actor`` can never review the report.
    """
    is_known = Submission.objects.filter(key=key).exists()
    if not is_known and report is not None and report.status == Status.SUBMITTED:
        raise TransitionRefusedError(ALREADY_FILED)
    submission = hand_in(
        report,
        answers,
        paper,
        key=key,
        actor=actor,
        seen_version=seen_version,
        draft_version=draft_version,
        helper=helper_words(str(actor)),
        is_filed=True,
        now=now,
    )
    HelperConfirmation.objects.get_or_create(
        submission=submission,
        defaults={"by": actor, "at": now or timezone.now(), "is_by_phone": True},
    )
    return submission


def helper_words(name: str) -> str:
    """Who filed, as it stands in the submission: a long name gives way, the words stay."""
    field = Submission._meta.get_field("helper")
    room = (field.max_length or 0) - len(HELPER.format(name=""))
    return HELPER.format(name=name[:room])
