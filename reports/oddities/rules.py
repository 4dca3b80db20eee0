"""One rule after the other, on what was read for the whole list."""

from __future__ import annotations

from collections.abc import Iterator

from core.text import format_date, format_month
from reports.models import Indicator, MonthlyReport
from reports.odd_numbers import LOOK_BACK, Numbers, odd_numbers
from reports.oddities.evidence import Evidence
from reports.oddities.remarks import Remark, Weight
from reports.periods import last_months
from units.models import Unit

# Fewer equal numbers than this are chance.
MIN_COPIED = 3
# From this month in a row on, no activity is asked about.
ZERO_ASKED = 3
# Of the others that tell or show the same; the reviewer rings one of them.
MOST_NAMED = 3


def remarks_on(report: MonthlyReport, evidence: Evidence) -> list[Remark]:
    """The remarks on one of the reports that ``evidence`` was read for, the weightiest first."""
    numbers = evidence.numbers(report)
    found = [
        *_odd(report, numbers, evidence),
        *_zero_again(report, evidence),
        *_copied(numbers),
        *_photos(report, evidence),
        *_shared(report, evidence),
        *_late(report),
        *_helped(report, evidence),
    ]
    return sorted(found, key=lambda remark: remark.weight)


def _late(report: MonthlyReport) -> Iterator[Remark]:
    if report.is_late:
        yield Remark(f"Nộp muộn {report.days_late} ngày.", Weight.NOTE)


def _zero_again(report: MonthlyReport, evidence: Evidence) -> Iterator[Remark]:
    if not report.is_zero:
        return
    run = 1
    for month in reversed(last_months(report.month, LOOK_BACK + 1)[:-1]):
        if month not in evidence.zero_months[report.unit_id]:
            break
        run += 1
    if run > 1:
        weight = Weight.ASK if run >= ZERO_ASKED else Weight.NOTE
        yield Remark(f"Tháng thứ {run} liền không phát sinh.", weight)


def _odd(report: MonthlyReport, numbers: Numbers, evidence: Evidence) -> Iterator[Remark]:
    """The odd numbers, each with whether the secretary was asked and stood by it."""
    we = "chi bộ" if report.unit.kind in Unit.CELL_KINDS else "đơn vị"
    for one in odd_numbers(numbers):
        if evidence.values[report.pk][one.indicator.pk].confirmed:
            yield Remark(f"{one.remark} Đã hỏi lại, {we} xác nhận đúng.", Weight.NOTE)
        else:
            yield Remark(one.remark)


def _copied(numbers: Numbers) -> Iterator[Remark]:
    """Everything that happens anew each month is the same as the month before."""
    counted = {
        pk: value
        for pk, value in numbers.values.items()
        if value and numbers.indicators[pk].roll_up == Indicator.RollUp.SUM
    }
    is_same = all(numbers.before(pk) == value for pk, value in counted.items())
    if len(counted) >= MIN_COPIED and is_same:
        yield Remark(f"Cả {len(counted)} số liệu giống hệt tháng trước.")


def _photos(report: MonthlyReport, evidence: Evidence) -> Iterator[Remark]:
    for match in evidence.matches[report.pk][:MOST_NAMED]:
        how = "trùng với" if match.is_same else "gần giống"
        where = f"{match.unit}, {format_month(match.month)}"
        yield Remark(f"Ảnh {match.number} {how} ảnh trong báo cáo của {where}.")


def _shared(report: MonthlyReport, evidence: Evidence) -> Iterator[Remark]:
    for event in evidence.shared[report.pk]:
        names = ", ".join(event.units[:MOST_NAMED])
        more = len(event.units) - MOST_NAMED
        rest = f" và {more} đơn vị khác" if more > 0 else ""
        yield Remark(
            f"Hoạt động ngày {format_date(event.held_on)} “{event.title}” có cả ở báo cáo của "
            f"{names}{rest}."
        )


def _helped(report: MonthlyReport, evidence: Evidence) -> Iterator[Remark]:
    if report.pk in evidence.unconfirmed:
        yield Remark("Người khác nộp hộ, bí thư chưa xác nhận.", Weight.NOTE)
