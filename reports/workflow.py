"""The steps of a monthly report, and the hand-in, which alone changes its live rows."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from core.text import format_date, format_month
from core.workflow import StaleError, Transition, TransitionRefusedError, perform
from reports import notifications, periods, receipts, rules
from reports.answers import Answers, Paper, same_content
from reports.models import (
    EDITABLE,
    Activity,
    Draft,
    IndicatorValue,
    MonthlyReport,
    ReportContent,
    Status,
    Submission,
)

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
STEPS = {step.name: step for step in (SUBMIT, AMEND, RETURN, ACCEPT, REOPEN)}
REVIEW_STEPS = (ACCEPT, RETURN, REOPEN)


class KeyConflictError(TransitionRefusedError):
    """A known submission key came with other content. ``known`` is what was handed in with it."""

    def __init__(self, known: Submission) -> None:
        super().__init__(
            "Bản này đã được nộp rồi, nhưng nội dung vừa gửi lại khác. "
            "Đồng chí xem bản đã nộp, rồi sửa nếu cần."
        )
        self.known = known


def open_steps(report: MonthlyReport, user: Any) -> list[Transition]:
    """The buttons of the reviewer. Runs queries: call it for one report, never per row."""
    return [step for step in REVIEW_STEPS if step.is_open_to(user, report)]


def report_for(paper: Paper) -> MonthlyReport:
    """The row of this unit and month, made on first use: there is never a second one."""
    report, _ = MonthlyReport.objects.get_or_create(
        unit=paper.unit, month=paper.month, defaults={"ward": paper.ward}
    )
    return report


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
    changes = {"returned_question": question if step.target == Status.RETURNED else ""}
    report = perform(step, report, actor=actor, seen_version=seen_version, reason=reason, **changes)
    _date_last_step(report, now)
    if step.target == Status.RETURNED:
        notifications.report_returned(report, reason=reason.strip())
    return report


@transaction.atomic
def hand_in(
    report: MonthlyReport,
    answers: Answers,
    paper: Paper,
    *,
    key: uuid.UUID,
    actor: Any,
    seen_version: int,
    draft_version: int | None = None,
    helper: str = "",
    device_id: int | None = None,
    now: dt.datetime | None = None,
) -> Submission:
    """Hand in ``answers``, for the first time or as an amendment, and give the receipt.

    ``key`` makes it safe to repeat: the same key with the same answers gives the same receipt.
    ``draft_version`` is the version of the draft that was read, if there was one; ``helper``
    the name of whoever typed it in the secretary's place; ``device_id`` the phone of the unit.

    Raises :class:`KeyConflictError` for a known key with other answers, ``PermissionDenied``,
    :class:`core.workflow.StaleError`, or :class:`core.workflow.TransitionRefusedError` when the
    answers or the calendar do not allow it.
    """
    moment = now or timezone.now()
    fresh = _locked(report)
    if not rules.may_submit(actor, fresh):
        raise PermissionDenied
    content = answers.as_content()
    known = Submission.objects.filter(key=key).first()
    if known is not None:
        if known.report_id != fresh.pk or not same_content(known.content, content):
            raise KeyConflictError(known)
        return known

    _check_answers(answers)
    changes = _first_time(fresh, moment) if fresh.first_submitted_at is None else {}
    step = AMEND if fresh.status == Status.SUBMITTED else SUBMIT
    if fresh.status == Status.ACCEPTED:
        raise TransitionRefusedError(
            "Phường đã tiếp nhận báo cáo này. Muốn sửa, đồng chí gọi văn phòng để mở lại."
        )
    _empty_draft(fresh, draft_version, actor, moment)
    fresh = perform(
        step,
        fresh,
        actor=actor,
        seen_version=seen_version,
        record={"device_id": device_id},
        result=answers.result,
        difficulties=answers.difficulties,
        recommendations=answers.recommendations,
        is_zero=answers.is_zero,
        zero_reason=answers.zero_reason,
        zero_reason_text=answers.zero_reason_text,
        submitted_at=moment,
        submitted_by=actor,
        returned_question="",
        **changes,
    )
    _date_last_step(fresh, now)
    if not changes:
        _clear_rows(fresh, answers, paper)
    _write_rows(fresh, answers, paper)
    return _record(fresh, content, key=key, by=actor, helper=helper, at=moment)


def _locked(report: MonthlyReport) -> MonthlyReport:
    rows = MonthlyReport.objects.select_related("unit", "ward")
    return rows.select_for_update(of=("self",)).get(pk=report.pk)


def _check_answers(answers: Answers) -> None:
    if answers.is_zero and answers.has_values:
        raise TransitionRefusedError(
            "Báo cáo không phát sinh thì không kèm nội dung, số liệu. "
            "Bỏ phần đã nhập, hoặc nộp báo cáo đầy đủ."
        )
    if not answers.is_zero and not answers.says_something:
        raise TransitionRefusedError(
            "Báo cáo chưa có nội dung nào. Nếu tháng này chi bộ không có hoạt động, "
            "đồng chí chọn “Tháng này không có hoạt động”."
        )


def _first_time(report: MonthlyReport, moment: dt.datetime) -> dict[str, Any]:
    """What is written once, at the first hand-in; refuses a month that is not owed or not open."""
    today = timezone.localdate(moment)
    name = format_month(report.month).capitalize()
    if not periods.owes(report.unit, report.month):
        raise TransitionRefusedError(f"{name}: đơn vị không phải báo cáo.")
    period = periods.Calendar(report.ward, [report.month]).period(report.month, report.unit_id)
    if today < period.opens_on:
        raise TransitionRefusedError(f"{name}: mở nộp từ ngày {format_date(period.opens_on)}.")
    if period.is_closed(today):
        raise TransitionRefusedError(
            f"{name}: đã khóa từ sau ngày {format_date(period.closes_on or period.due_on)}. "
            "Đồng chí gọi văn phòng để được mở lại; nội dung đã viết vẫn còn."
        )
    return {"first_submitted_at": moment, "due_on": period.grace_until}


def _empty_draft(
    report: MonthlyReport, version: int | None, actor: Any, moment: dt.datetime
) -> None:
    """Nothing waits any more. Refuses when someone typed after the draft was read."""
    draft = Draft.objects.filter(report=report).first()
    if draft is None:
        return
    if version is not None and draft.version != version:
        raise StaleError(report)
    draft.version += 1
    draft.part_versions = dict.fromkeys(draft.content, draft.version)
    draft.content, draft.saved_at, draft.saved_by = {}, moment, actor
    draft.save()


def _clear_rows(report: MonthlyReport, answers: Answers, paper: Paper) -> None:
    """Make room for an amendment.

    Values of indicators that the paper does not ask (any more) stay as they are, except
    in a zero report, which has none.
    """
    stale = report.values.all()
    if not answers.is_zero:
        stale = stale.filter(indicator__in=paper.indicators)
    stale.delete()
    report.contents.all().delete()
    report.activities.all().delete()


def _write_rows(report: MonthlyReport, answers: Answers, paper: Paper) -> None:
    """Write the live values, contents and happenings of ``answers``."""
    totals = answers.totals(paper.indicators)
    IndicatorValue.objects.bulk_create(
        IndicatorValue(
            report=report,
            indicator=indicator,
            unit_id=report.unit_id,
            ward_id=report.ward_id,
            month=report.month,
            value=count.value,
            is_approximate=count.is_approximate,
            confirmed=indicator.code in answers.confirmed,
        )
        for indicator in paper.indicators
        if (count := totals.get(indicator.code)) is not None
    )
    ReportContent.objects.bulk_create(
        ReportContent(report=report, content_item=item) for item in answers.contents
    )
    if answers.happenings:
        _write_happenings(report, answers, paper)


def _write_happenings(report: MonthlyReport, answers: Answers, paper: Paper) -> None:
    by_code = {one.code: one for one in paper.indicators}
    Activity.objects.bulk_create(
        Activity(
            report=report,
            indicator=by_code[one.code],
            held_on=one.held_on,
            title=one.title,
            place=one.place,
            attendance=one.attendance,
        )
        for one in answers.happenings
    )


def _record(
    report: MonthlyReport,
    content: dict[str, Any],
    *,
    key: uuid.UUID,
    by: Any,
    helper: str,
    at: dt.datetime,
) -> Submission:
    number = report.submissions.count() + 1
    return Submission.objects.create(
        report=report,
        number=number,
        key=key,
        receipt=receipts.receipt_number(report, number),
        content=content,
        by=by,
        helper=helper,
        at=at,
    )


def _date_last_step(report: MonthlyReport, now: dt.datetime | None) -> None:
    """Give the step just taken the time that the caller names; the record keeps its own else."""
    if now is not None:
        report.steps.filter(pk=report.steps.aggregate(last=Max("pk"))["last"]).update(
            created_at=now
        )
