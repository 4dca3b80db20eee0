"""What the reports cost those who write them: minutes, screens, and questions for nothing."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from statistics import median

from django.db.models import Exists, F, OuterRef

from core.text import fold
from reports.models import Draft, Indicator, IndicatorValue, MonthlyReport
from reports.statistics import SITTING
from units.models import Unit

FILLING = {
    "so",
    "luong",
    "tong",
    "cong",
    "cac",
    "nhung",
    "da",
    "duoc",
    "trong",
    "thang",
    "nay",
    "cua",
    "va",
    "moi",
    "luot",
}
# What the portal counts by itself, or another book of the Party holds already.
HELD = (
    (
        {"sinh", "hoat", "chi", "bo"},
        "Số buổi sinh hoạt chi bộ và số đảng viên dự đã có ở Sổ tay đảng viên điện tử.",
    ),
    ({"bao", "cao", "nop"}, "Cổng tự tính số báo cáo đã nộp, đúng hạn, muộn; không cần hỏi."),
)


@dataclass(frozen=True, slots=True)
class Burden:
    """The medians over ``report_count`` reports, None where there is none to measure."""

    minutes: float | None
    screens: float | None
    report_count: int


def burden(ward: Unit, months: list[dt.date]) -> Burden:
    """What the reports of ``ward`` and ``months`` cost; one query."""
    rows = list(
        Draft.objects.filter(
            report__ward=ward,
            report__month__in=months,
            report__first_submitted_at__gt=F("report__created_at") + dt.timedelta(seconds=1),
        ).values_list("report__created_at", "report__first_submitted_at", "part_versions")
    )
    minutes = [min(SITTING, (end - start).total_seconds() / 60) for start, end, _ in rows]
    screens = [len(parts) + 1 for _, _, parts in rows if parts]
    return Burden(
        median(minutes) if minutes else None, median(screens) if screens else None, len(rows)
    )


def unanswered(ward: Unit, months: list[dt.date]) -> list[Indicator]:
    """What the form asks for now, and no report of ``months`` gave a number above zero for."""
    answers = IndicatorValue.objects.filter(
        indicator=OuterRef("pk"), ward=ward, month__in=months, value__gt=0
    )
    asked = Indicator.objects.in_force(ward, months[-1]).filter(starts_on__lte=months[0])
    return list(asked.filter(~Exists(answers)))


def without_output(ward: Unit, month: dt.date) -> list[Indicator]:
    """What is asked for and has no sentence in the ward's own report, nor makes up another figure."""
    people = Indicator.objects.filter(attendance_of=OuterRef("pk"))
    asked = Indicator.objects.in_force(ward, month).filter(phrase="", attendance_of=None)
    return list(asked.filter(~Exists(people)))


def has_reports(ward: Unit, months: list[dt.date]) -> bool:
    return MonthlyReport.objects.filter(ward=ward, month__in=months).handed_in().exists()


def warnings(indicator: Indicator) -> list[str]:
    """Sentences on what a question that was just written asks in vain."""
    told = [
        f"Phường đã có chỉ tiêu “{twin.name}” ({twin.unit_of_measure}). Nếu là một việc, đồng chí "
        "thôi dùng một trong hai để đơn vị khỏi phải ghi hai lần."
        for twin in twins(indicator)
    ]
    words = _words(indicator)
    told += [sentence for known, sentence in HELD if known <= words]
    if indicator.is_in_force(indicator.starts_on) and not _has_output(indicator):
        told.append(
            "Chỉ tiêu này chưa dùng vào đâu: chưa có câu trong báo cáo của phường, cũng không đi "
            "cùng chỉ tiêu khác. Đồng chí ghi “Câu trong báo cáo”, hoặc cân nhắc có cần hỏi không."
        )
    return told


def twins(indicator: Indicator) -> list[Indicator]:
    """Other indicators of the ward still in use that seem to ask the same, in the same unit."""
    others = Indicator.objects.filter(owner=indicator.owner_id, ends_on=None)
    return [one for one in others.exclude(pk=indicator.pk) if _asks_the_same(indicator, one)]


def _asks_the_same(one: Indicator, other: Indicator) -> bool:
    """One name within the other, or two thirds of their words in common; filling words left out."""
    if fold(one.unit_of_measure) != fold(other.unit_of_measure):
        return False
    mine, theirs = _words(one), _words(other)
    common, either = mine & theirs, mine | theirs
    return bool(common) and (common in (mine, theirs) or 3 * len(common) >= 2 * len(either))


def _words(indicator: Indicator) -> set[str]:
    words = set(re.findall(r"\w+", fold(indicator.name)))
    return words - FILLING or words


def _has_output(indicator: Indicator) -> bool:
    """The rule of :func:`without_output` for one indicator."""
    if indicator.phrase or indicator.attendance_of_id:
        return True
    return Indicator.objects.filter(attendance_of=indicator).exists()
