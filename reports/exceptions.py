"""More time for some units in one month, or no report at all: granted, told, taken back."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from django.db import transaction

from core.text import format_date, format_month
from reports.days_off import DaysOff, weekday
from reports.models import Extension, MonthlyReport
from reports.periods import Period
from units.models import Unit

Kind = Extension.Kind


@transaction.atomic
def grant(
    units: Iterable[Unit], *, month: dt.date, kind: str, due_on: dt.date | None, reason: str
) -> list[Extension]:
    """Give each of ``units`` the same exception for ``month``, in place of one that it has.

    The due day that a report already carries stays; what the ward excuses is written beside it.
    """
    granted = [
        Extension.objects.update_or_create(
            unit=unit,
            month=month,
            defaults={"kind": kind, "due_on": due_on, "reason": reason},
        )[0]
        for unit in units
    ]
    _reports([one.unit_id for one in granted], month).update(
        excused_until=due_on if kind == Kind.EXCUSED else None
    )
    return granted


@transaction.atomic
def withdraw(extension: Extension) -> bool:
    """Take it back: the unit owes ``month`` by the common days again; the history keeps it.

    False where somebody else has just taken it back.
    """
    standing = Extension.objects.select_for_update().filter(pk=extension.pk).first()
    if standing is None:
        return False
    _reports([standing.unit_id], standing.month).update(excused_until=None)
    standing.delete()
    return True


def _reports(unit_ids: list[int], month: dt.date) -> Iterable[MonthlyReport]:
    return MonthlyReport.objects.filter(
        unit__in=unit_ids, month=month, first_submitted_at__isnull=False
    )


def sentence(kind: str, usual: Period, due_on: dt.date | None, off: DaysOff) -> str:
    """What is granted for the month of ``usual``, the ward's own days of it."""
    name = format_month(usual.month)
    if due_on is None:
        return f"Không phải nộp báo cáo {name}, đứng ngoài mọi tỷ lệ của tháng."
    rest = off.reason(due_on)
    day = weekday(due_on)
    if rest:
        day += ", là ngày nghỉ" if rest == day else f", là ngày nghỉ: {rest}"
    who = "phường cho lùi" if kind == Kind.EXCUSED else "lùi theo đề nghị của đơn vị"
    words = (
        f"Hạn báo cáo {name} {who} từ {format_date(usual.due_on)} "
        f"sang {format_date(due_on)} ({day})."
    )
    if usual.closes_on and due_on > usual.closes_on:
        words += " Tháng đã đặt khóa thì mở lại đến hết ngày đó."
    if kind == Kind.EXCUSED:
        words += " Nộp đến hết ngày đó không tính muộn, kể cả báo cáo đã nộp."
    return words
