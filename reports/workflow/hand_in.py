"""The hand-in: one transaction, which alone changes the live rows of a report."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Exists, Max, OuterRef, Subquery
from django.utils import timezone

from core.statements import Given, Question, Writes, columns, row_of
from core.text import format_date, format_month
from core.workflow import StaleError, Transition, TransitionRefusedError, perform
from reports import periods, receipts, rules
from reports.answers import Answers, Paper, digest_of, same_content
from reports.models import Draft, Extension, MonthlyReport, Status, Submission
from reports.workflow import rows
from reports.workflow.steps import AMEND, FILE, SUBMIT, date_last_step
from units.models import ReportingDuty

Typed = Mapping[str, Mapping[str, Any]]


class KeyConflictError(TransitionRefusedError):
    """A known submission key came with other content. ``known`` is what was handed in with it."""

    def __init__(self, known: Submission) -> None:
        super().__init__(
            "Bản này đã được nộp rồi, nhưng nội dung vừa gửi lại khác. "
            "Đồng chí xem bản đã nộp, rồi sửa nếu cần."
        )
        self.known = known


@dataclass(frozen=True, slots=True)
class Ground:
    """What the hand-in stands on, read under the lock of the report."""

    report: MonthlyReport
    is_owed: bool
    extended_to: dt.date | None


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
) -> Submission:
    """Hand in ``answers``, for the first time or as an amendment, and give the receipt.

    ``report`` is the row of the unit and month of ``paper``, None where there may be none yet.
    ``key`` makes it safe to repeat: the same key with the same answers gives the same receipt.
    ``draft_version`` is the version of the draft that was read, if there was one; ``typed`` what
    was typed, if it came with the hand-in; ``helper`` the name of whoever typed it in the
    secretary's place; ``device_id`` the phone of the unit. ``is_filed``: the office hands in what
    the secretary dictated (:mod:`reports.workflow.filing`), which is another right and step.

    Raises :class:`KeyConflictError` for a known key with other answers, ``PermissionDenied``,
    :class:`core.workflow.StaleError`, or :class:`core.workflow.TransitionRefusedError` when the
    answers or the calendar do not allow it (:func:`obstacle`).
    """
    moment = now or timezone.now()
    with transaction.atomic():
        ground = _ground(paper)
        fresh = ground.report
        may = rules.may_file_for if is_filed else rules.may_submit
        if not may(actor, fresh):
            raise PermissionDenied
        content = answers.as_content()
        if typed is not None:
            content["typed"] = digest_of(typed)
        known = Submission.objects.filter(key=key).first() if _is_known(key) else None
        if known is not None:
            if known.report_id != fresh.pk or not same_content(known.content, content):
                raise KeyConflictError(known)
            return known

        period = None
        if fresh.first_submitted_at is None:
            period = _period(ground, paper)
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
        _empty_draft(writes, fresh, draft_version, typed, actor, moment)
        if period is None:
            rows.clear(fresh, answers, paper)
        rows.write(writes, fresh, answers, paper)
        submission = _record(fresh, content, is_first=period is not None)
        submission.key, submission.by, submission.helper, submission.at = key, actor, helper, moment
        writes.insert(submission, learn_key=True)
        writes.execute()
        date_last_step(fresh, now)
    return submission


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
    return _calendar_obstacle(period, timezone.localdate(moment), is_owed) if period else None


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


# -- What is read -------------------------------------------------------------


@lru_cache(maxsize=256)
def _question(month: dt.date) -> Question:
    """The row of a unit and ``month``, locked, with what the calendar says of the unit."""
    duties = ReportingDuty.objects.in_month(month).filter(unit=OuterRef("unit"))
    extensions = Extension.objects.filter(unit=OuterRef("unit"), month=month)
    return Question(
        lambda: (
            MonthlyReport.objects.select_for_update()
            .filter(unit=Given("unit"), month=month)
            .order_by()
            .values_list(
                *columns(MonthlyReport), Exists(duties), Subquery(extensions.values("due_on")[:1])
            )
        )
    )


_KNOWN = Question(
    lambda: (
        Submission.objects.filter(key=Given("key", Submission.key.field))
        .order_by()
        .values_list("pk")
    )
)
_DRAFT = Question(lambda: Draft.objects.filter(report=Given("report")).values_list(*columns(Draft)))


def _ground(paper: Paper) -> Ground:
    found = _question(paper.month).ask(unit=paper.unit.pk)
    if not found:
        writes = Writes()
        new = MonthlyReport(unit=paper.unit, ward=paper.ward, month=paper.month)
        writes.insert(new, keep_older=True)
        writes.execute()
        found = _question(paper.month).ask(unit=paper.unit.pk)
    *values, is_owed, extended_to = found[0]
    report = row_of(MonthlyReport, values)
    report.unit, report.ward = paper.unit, paper.ward
    return Ground(report, bool(is_owed), extended_to)


def _is_known(key: uuid.UUID) -> bool:
    return bool(_KNOWN.ask(key=key))


def _period(ground: Ground, paper: Paper) -> periods.Period:
    period = periods.of_ward(paper.ward, paper.month)
    return period.extended_to(ground.extended_to) if ground.extended_to else period


# -- What is written beside the report ----------------------------------------


def _empty_draft(
    writes: Writes,
    report: MonthlyReport,
    version: int | None,
    typed: Typed | None,
    actor: Any,
    moment: dt.datetime,
) -> None:
    """Nothing waits any more. Refuses when someone else typed after the draft was read.

    Every part is marked as changed: a phone that still shows the older text is told.
    """
    found = _DRAFT.ask(report=report.pk)
    draft = row_of(Draft, found[0]) if found else Draft(report=report)
    waits = draft.content if typed is None else draft.content not in ({}, typed)
    if version is not None and draft.version != version and found and waits:
        raise StaleError(report)
    if not found and not typed:
        return
    parts = {**draft.content, **(typed or {})}
    draft.version += 1
    draft.part_versions = {**draft.part_versions, **dict.fromkeys(parts, draft.version)}
    draft.content, draft.saved_at, draft.saved_by = {}, moment, actor
    if found:
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
