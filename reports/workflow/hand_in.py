"""The hand-in: one transaction, which alone changes the live rows of a report."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Mapping
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from core.statements import Writes
from core.text import format_date, format_month
from core.workflow import StaleError, Transition, TransitionRefusedError, perform
from reports import periods, receipts, rules
from reports.answers import Answers, Paper, digest_of, same_content
from reports.models import Draft, MonthlyReport, Status, Submission
from reports.workflow import rows
from reports.workflow.ground import Ground, period_of, stand_on
from reports.workflow.steps import AMEND, FILE, SUBMIT, date_last_step

Typed = Mapping[str, Mapping[str, Any]]


class KeyConflictError(TransitionRefusedError):
    """A known submission key came with other content. ``known`` is what was handed in with it."""

    def __init__(self, known: Submission) -> None:
        super().__init__(
            "Bản này đã được nộp rồi, nhưng nội dung vừa gửi lại khác. "
            "Đồng chí xem bản đã nộp, rồi sửa nếu cần."
        )
        self.known = known


def hand_in(
    report: MonthlyReport | None,
    answers: Answers,
    paper: Paper,
    *,
    key: uuid.UUID,
    actor: Any,
    seen_version: int,
    draft_version: int | None = None,
    typed: Typed | None = None,
    helper: str = "",
    device_id: int | None = None,
    is_filed: bool = False,
    now: dt.datetime | None = None,
    is_last: bool = False,
) -> Submission:
    """Hand in ``answers``, for the first time or as an amendment, and give the receipt.

    ``report`` is the row of the unit and month of ``paper``, None where there may be none yet.
    ``key`` makes it safe to repeat: the same key with the same answers gives the same receipt.
    ``draft_version`` is the version of the draft that was read, if there was one; ``typed`` what
    was typed, if it came with the hand-in; ``helper`` the name of whoever typed it in the
    secretary's place; ``device_id`` the phone of the unit. ``is_filed``: the office hands in what
    the secretary dictated (:mod:`reports.workflow.filing`), which is another right and step.
    Where nothing else follows in the transaction ``is_last`` saves a round trip, and what is
    returned does not know its key.

    Raises :class:`KeyConflictError` for a known key with other answers, ``PermissionDenied``,
    :class:`core.workflow.StaleError`, or :class:`core.workflow.TransitionRefusedError` when the
    answers or the calendar do not allow it (:func:`obstacle`).
    """
    moment = now or timezone.now()
    with transaction.atomic():
        ground = stand_on(paper, key, moment, is_begun=report is not None or bool(draft_version))
        fresh = ground.report
        may = rules.may_file_for if is_filed else rules.may_submit
        if not may(actor, fresh):
            raise PermissionDenied
        content = _content(answers, typed)
        if ground.is_known:
            return _known(key, fresh, content)
        period = period_of(ground, paper) if fresh.first_submitted_at is None else None
        if sentence := _obstacle(answers, fresh, period, is_owed=ground.is_owed, moment=moment):
            raise TransitionRefusedError(sentence)
        writes = Writes()
        fresh = perform(
            _step(fresh, is_filed=is_filed),
            fresh,
            actor=actor,
            seen_version=seen_version,
            record={"device_id": device_id},
            into=writes,
            **_changes(answers, actor, moment, period),
        )
        _empty_draft(writes, ground, draft_version, typed, actor, moment)
        events = rows.clear(fresh, answers, paper) if period is None else None
        rows.write(writes, fresh, answers, paper, events)
        submission = _record(fresh, content, is_first=period is not None)
        submission.key, submission.by, submission.helper, submission.at = key, actor, helper, moment
        writes.insert(submission, learn_key=not is_last)
        if is_last:
            writes.execute_last()
        else:
            writes.execute()
            date_last_step(fresh, now)
    return submission


def _content(answers: Answers, typed: Typed | None) -> dict[str, Any]:
    """What the submission keeps."""
    content = answers.as_content()
    return content if typed is None else content | {"typed": digest_of(typed)}


def _known(key: uuid.UUID, report: MonthlyReport, content: dict[str, Any]) -> Submission:
    known = Submission.objects.get(key=key)
    if known.report_id != report.pk or not same_content(known.content, content):
        raise KeyConflictError(known)
    return known


def _step(report: MonthlyReport, *, is_filed: bool) -> Transition:
    if is_filed:
        return FILE
    return AMEND if report.status == Status.SUBMITTED else SUBMIT


def obstacle(
    answers: Answers, paper: Paper, report: MonthlyReport | None, moment: dt.datetime
) -> str | None:
    """The sentence that says why ``answers`` cannot be handed in at ``moment``; None when they can.

    What :func:`hand_in` itself goes by; asked without a lock, for the check page.
    """
    period, is_owed = None, True
    if report is None or report.first_submitted_at is None:
        period = periods.Calendar(paper.ward, [paper.month]).period(paper.month, paper.unit)
        is_owed = periods.owes(paper.unit, paper.month)
    return _obstacle(answers, report, period, is_owed=is_owed, moment=moment)


def _obstacle(
    answers: Answers,
    report: MonthlyReport | None,
    period: periods.Period | None,
    *,
    is_owed: bool,
    moment: dt.datetime,
) -> str | None:
    """``period`` is None for an amendment: the calendar asks for the first hand-in alone."""
    if report is not None and report.status == Status.ACCEPTED:
        return "Phường đã tiếp nhận báo cáo này. Muốn sửa, đồng chí gọi văn phòng để mở lại."
    if answers.is_zero and answers.has_values:
        return (
            "Báo cáo không phát sinh thì không kèm nội dung, số liệu. "
            "Bỏ phần đã nhập, hoặc nộp báo cáo đầy đủ."
        )
    if not answers.is_zero and not answers.says_something:
        return (
            "Báo cáo chưa có nội dung nào. Nếu tháng này chi bộ không có hoạt động, "
            "đồng chí chọn “Tháng này không có hoạt động”."
        )
    return (
        _calendar_obstacle(
            period, timezone.localdate(moment, timezone.get_default_timezone()), is_owed
        )
        if period
        else None
    )


def _calendar_obstacle(period: periods.Period, today: dt.date, is_owed: bool) -> str | None:
    name = format_month(period.month).capitalize()
    if not is_owed:
        return f"{name}: đơn vị không phải báo cáo."
    if today < period.opens_on:
        return f"{name}: mở nộp từ ngày {format_date(period.opens_on)}."
    if period.is_closed(today):
        return (
            f"{name}: đã khóa từ sau ngày {format_date(period.closes_on or period.due_on)}. "
            "Đồng chí gọi văn phòng để được mở lại; nội dung đã viết vẫn còn."
        )
    return None


def _changes(
    answers: Answers, actor: Any, moment: dt.datetime, period: periods.Period | None
) -> dict[str, Any]:
    """The fields of the report; two of them are written once, at the first hand-in."""
    first = {"first_submitted_at": moment, "due_on": period.grace_until} if period else {}
    return {
        "result": answers.result,
        "difficulties": answers.difficulties,
        "recommendations": answers.recommendations,
        "is_zero": answers.is_zero,
        "zero_reason": answers.zero_reason,
        "zero_reason_text": answers.zero_reason_text,
        "submitted_at": moment,
        "submitted_by": actor,
        "returned_question": "",
        **first,
    }


# -- What is written beside the report ----------------------------------------


def _empty_draft(
    writes: Writes,
    ground: Ground,
    version: int | None,
    typed: Typed | None,
    actor: Any,
    moment: dt.datetime,
) -> None:
    """Nothing waits any more. Refuses when someone else typed after the draft was read.

    Every part is marked as changed: a phone that still shows the older text is told.
    """
    draft = ground.draft or Draft(report_id=ground.report.pk)
    waits = draft.content if typed is None else draft.content not in ({}, typed)
    if version is not None and draft.version != version and ground.draft and waits:
        raise StaleError(ground.report)
    if ground.draft is None and not typed:
        return
    parts = {**draft.content, **(typed or {})}
    draft.version += 1
    draft.part_versions = {**draft.part_versions, **dict.fromkeys(parts, draft.version)}
    draft.content, draft.saved_at, draft.saved_by = {}, moment, actor
    if ground.draft:
        writes.update(draft, ["content", "part_versions", "version", "saved_at", "saved_by"])
    else:
        writes.insert(draft)


def _record(report: MonthlyReport, content: dict[str, Any], *, is_first: bool) -> Submission:
    last = 0 if is_first else report.submissions.aggregate(last=Max("number"))["last"] or 0
    number = last + 1
    return Submission(
        report=report,
        number=number,
        receipt=receipts.receipt_number(report, number),
        content=content,
    )
