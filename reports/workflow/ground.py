"""What a hand-in stands on: the report under its lock, its draft, its duty and its extension."""

from __future__ import annotations

import datetime as dt
import uuid
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.db.models import DateField, Exists, OuterRef, Subquery, UUIDField

from core.statements import Given, Question, Writes, columns, relate, row_of, width
from reports import periods
from reports.answers import Paper
from reports.models import Draft, Extension, MonthlyReport, Submission
from units.models import ReportingDuty


@dataclass(frozen=True, slots=True)
class Ground:
    """What the hand-in stands on, read under the lock of the report."""

    report: MonthlyReport
    draft: Draft | None
    is_known: bool  # the key of the submission
    is_owed: bool
    extended_to: dt.date | None


# No key is changed: rows that point at the report may be written meanwhile.
_LOCK = Question(
    lambda: (
        MonthlyReport.objects.filter(unit=Given("unit"), month=Given("month", DateField()))
        .select_for_update(no_key=True)
        .order_by()
        .values_list("pk")
    )
)


@lru_cache(maxsize=256)
def _question(month: dt.date) -> Question:
    """The row of a unit and ``month``, three answers beside it, its draft."""
    submissions = Submission.objects.filter(key=Given("key", UUIDField()))
    duties = ReportingDuty.objects.in_month(month).filter(unit=OuterRef("unit"))
    extensions = Extension.objects.filter(unit=OuterRef("unit"), month=month)
    return Question(
        lambda: (
            MonthlyReport.objects.filter(unit=Given("unit"), month=month)
            .order_by()
            .values_list(
                *columns(MonthlyReport),
                Exists(submissions),
                Exists(duties),
                Subquery(extensions.values("due_on")[:1]),
                *columns(Draft, "draft__"),
            )
        )
    )


def stand_on(paper: Paper, key: uuid.UUID, moment: dt.datetime, *, is_begun: bool) -> Ground:
    """Lock, then read: in one statement the draft could be older than the lock.

    ``is_begun`` is a guess that the report is there already.
    """
    unit, month = paper.unit, paper.month
    writes = Writes()
    if not is_begun:
        writes.insert_all(MonthlyReport, [_new_row(paper, moment)], keep_older=True)
    writes.ask_first(_LOCK, unit=unit.pk, month=month)
    found = writes.ask(_question(month), unit=unit.pk, key=key)
    if not found:
        return stand_on(paper, key, moment, is_begun=False)
    row, own = found[0], width(MonthlyReport)
    known, owed, extended, draft_pk = row[own : own + 4]
    report = row_of(MonthlyReport, row[:own])
    relate(report, MonthlyReport.unit, unit)
    relate(report, MonthlyReport.ward, paper.ward)
    draft = None if draft_pk is None else row_of(Draft, row[own + 3 :])
    return Ground(report, draft, bool(known), bool(owed), extended)


def _new_row(paper: Paper, moment: dt.datetime) -> dict[str, Any]:
    return {
        "unit_id": paper.unit.pk,
        "ward_id": paper.ward.pk,
        "month": paper.month,
        "created_at": moment,
        "updated_at": moment,
    }


def period_of(ground: Ground, paper: Paper) -> periods.Period:
    period = paper.period
    if period is None:
        return periods.Calendar(paper.ward, [paper.month]).period(paper.month, paper.unit)
    return period.extended_to(ground.extended_to) if ground.extended_to else period
