"""Half a year of reports of the demonstration's cells, through the real workflow.

Nothing here is random: what a cell did in a month follows from their numbers, so two loads are
equal. Some months are late, without activity, missing or returned, and a few wait for review.
"""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils import timezone

from core.text import Count
from reports import drafts, periods, workflow
from reports.answers import Answers, Happening, Paper, paper_for
from reports.models import MonthlyReport, ZeroReason
from units.models import Membership, ReportingDuty, Role, Unit

MONTHS = 6
QUIET, QUIET_MONTHS = 3, 3  # nobody told of the third content in these last months
NAMESPACE = uuid.UUID("5f7a3f0e-4a51-4f0c-9b3d-8a4f0b7a2c11")

RESULTS = (
    "Lồng ghép tuyên truyền Cuộc vận động vào buổi sinh hoạt chi bộ thường kỳ.",
    "Giới thiệu sản phẩm OCOP tại nhà văn hóa, người dân hỏi nhiều về nơi bán và cách xem nguồn gốc.",
    "Nhóm Zalo của tổ dân phố đăng tin hằng tuần về cách nhận biết hàng thật.",
    "Phối hợp với chi hội phụ nữ vận động các hộ kinh doanh ký cam kết không bán hàng giả.",
    "Phát tờ rơi đến từng hộ, treo băng rôn ở cổng vào khu dân cư.",
)
DIFFICULTIES = (
    "",
    "",
    "Một số hộ kinh doanh nhỏ chưa niêm yết giá.",
    "",
    "Tài liệu tuyên truyền bản giấy còn thiếu.",
)
RECOMMENDATIONS = ("", "Đề nghị phường cấp thêm tờ rơi về truy xuất nguồn gốc.", "", "", "")
RETURN_REASONS = (
    ("counts:session_attendees", "Số lượt người dự chưa khớp với số buổi, đồng chí xem lại."),
    ("result", "Đồng chí ghi rõ buổi tuyên truyền tổ chức ở đâu."),
)
TOGETHER = {12: "12 và 13", 13: "12 và 13", 17: "17 và 18", 18: "17 và 18"}
ZERO_REASONS = (ZeroReason.NOT_PLANNED, ZeroReason.TOGETHER, ZeroReason.OTHER_DUTY)


@dataclass(frozen=True)
class Case:
    """One cell in one month: its place in the list, how many months ago, and the day of sending."""

    unit: Unit
    secretary: Any
    index: int
    months_ago: int
    period: periods.Period

    @property
    def turn(self) -> int:
        """A number that differs from cell to cell and month to month."""
        return self.index * 7 + self.months_ago * 5

    @property
    def is_missing(self) -> bool:
        if self.months_ago == 0:
            return self.turn % 9 > 3
        return self.turn % 41 == 0

    @property
    def is_late(self) -> bool:
        return self.months_ago > 0 and self.turn % 8 == 3

    @property
    def is_zero(self) -> bool:
        return self.turn % 13 == 4 or self.index == 38

    @property
    def key(self) -> uuid.UUID:
        return uuid.uuid5(NAMESPACE, f"{self.unit.pk}/{self.period.month}")

    def handed_in_at(self, today: dt.date) -> dt.datetime:
        day = self.period.due_on - dt.timedelta(days=self.turn % 5)
        if self.is_late:
            day = self.period.grace_until + dt.timedelta(days=1 + self.turn % 6)
        if self.months_ago == 0:
            day = min(day, today - dt.timedelta(days=1 + self.turn % 3))
        return _at(max(day, self.period.opens_on), 8 + self.turn % 12, self.turn * 7 % 60)


@transaction.atomic
def load(ward: Unit, *, today: dt.date) -> None:
    """Write the reports of the last half year of ``ward`` up to ``today``.

    Needs the cells with their secretaries and duties, the indicators, the plan, and somebody
    who reviews. Months before a duty began stay empty.
    """
    _begin_duties(ward, today)
    reviewer = _reviewer(ward)
    papers: dict[dt.date, Paper] = {}
    for case in _cases(ward, today):
        if case.is_missing or _is_ahead(case.handed_in_at(today), today):
            continue
        month = case.period.month
        if month not in papers:
            papers[month] = paper_for(case.unit, month, ward=ward)
        blank = papers[month]
        paper = Paper(case.unit, ward, month, blank.items, blank.indicators)
        report = _hand_in(case, paper, today)
        if reviewer is not None:
            _review(case, paper, report, reviewer, today)
    _leave_a_draft(ward, today)


def _begin_duties(ward: Unit, today: dt.date) -> None:
    """Reporting through the portal began with the first month shown; before it nothing is owed."""
    first = periods.last_months(periods.current_month(ward, today), MONTHS)[0]
    ReportingDuty.objects.filter(unit__path__startswith=ward.path, starts_on__lt=first).update(
        starts_on=first
    )


def _cases(ward: Unit, today: dt.date) -> Iterator[Case]:
    months = periods.last_months(periods.current_month(ward, today), MONTHS)
    calendar = periods.Calendar(ward, months)
    secretaries = {
        membership.unit_id: membership.user
        for membership in Membership.objects.active(today)
        .filter(role=Role.SECRETARY, unit__path__startswith=ward.path)
        .select_related("user")
        .order_by("-pk")
    }
    duties = list(
        ReportingDuty.objects.filter(unit__path__startswith=ward.path)
        .select_related("unit")
        .order_by("unit__position", "unit__sort_key", "unit")
    )
    for back, month in enumerate(reversed(months)):
        for index, duty in enumerate(duties, 1):
            is_owed = duty.starts_on <= month and (duty.ends_on is None or duty.ends_on > month)
            if is_owed and duty.unit_id in secretaries:
                yield Case(
                    duty.unit,
                    secretaries[duty.unit_id],
                    index,
                    back,
                    calendar.period(month, duty.unit_id),
                )


def _reviewer(ward: Unit) -> Any:
    membership = (
        Membership.objects.active()
        .filter(unit=ward, role__in=(Role.PROPAGANDA, Role.OFFICE))
        .select_related("user")
        .order_by("-role", "pk")
        .first()
    )
    return membership.user if membership else None


def _hand_in(case: Case, paper: Paper, today: dt.date) -> MonthlyReport:
    report = workflow.report_for(paper)
    workflow.hand_in(
        report,
        _answers(case, paper),
        paper,
        key=case.key,
        actor=case.secretary,
        seen_version=report.version,
        now=case.handed_in_at(today),
    )
    report.refresh_from_db()
    return report


def _review(case: Case, paper: Paper, report: MonthlyReport, reviewer: Any, today: dt.date) -> None:
    """Older months are accepted, some after a return; a few of the newest wait or went back."""
    is_returned = case.turn % 11 == 6 and not case.is_zero
    if case.months_ago == 0 and not is_returned and case.turn % 4:
        return
    looked = case.handed_in_at(today) + dt.timedelta(hours=11)
    if is_returned and not _is_ahead(looked, today):
        question, reason = RETURN_REASONS[case.turn % len(RETURN_REASONS)]
        report = workflow.review(
            workflow.RETURN,
            report,
            actor=reviewer,
            seen_version=report.version,
            reason=reason,
            question=question,
            now=looked,
        )
        again = looked + dt.timedelta(hours=5)
        stays = case.months_ago == 0 or (case.months_ago == 1 and case.turn % 2 == 1)
        if stays or _is_ahead(again, today):
            return
        report = _send_again(case, paper, report, again)
        looked += dt.timedelta(days=1)
    if not _is_ahead(looked, today):
        workflow.review(
            workflow.ACCEPT, report, actor=reviewer, seen_version=report.version, now=looked
        )


def _is_ahead(moment: dt.datetime, today: dt.date) -> bool:
    """Not before the morning of ``today``: such a thing has not happened yet."""
    return moment >= _at(today, 0, 0)


def _send_again(
    case: Case, paper: Paper, report: MonthlyReport, moment: dt.datetime
) -> MonthlyReport:
    workflow.hand_in(
        report,
        _answers(case, paper, is_second=True),
        paper,
        key=uuid.uuid5(case.key, "2"),
        actor=case.secretary,
        seen_version=report.version,
        now=moment,
    )
    report.refresh_from_db()
    return report


def _answers(case: Case, paper: Paper, *, is_second: bool = False) -> Answers:
    turn = case.turn
    if case.is_zero:
        return Answers(zero_reason=ZERO_REASONS[turn % len(ZERO_REASONS)])
    told = [
        item
        for item in paper.items
        if item.position != QUIET or case.months_ago >= QUIET_MONTHS or len(paper.items) == 1
    ]
    covered = [item for place, item in enumerate(told) if (place + turn) % 3 == 0]
    return Answers(
        contents=tuple(covered),
        counts={code: count for code, count in _counts(case) if count is not None},
        happenings=_together(case),
        result=RESULTS[turn % len(RESULTS)]
        + (" Tổ chức tại nhà văn hóa tổ dân phố." if is_second else ""),
        difficulties=DIFFICULTIES[turn % len(DIFFICULTIES)],
        recommendations=RECOMMENDATIONS[turn % len(RECOMMENDATIONS)],
    )


def _together(case: Case) -> tuple[Happening, ...]:
    """A session that two neighbouring cells held and both tell of: what may be counted twice."""
    if case.months_ago > 1 or case.index not in TOGETHER:
        return ()
    place = f"Nhà văn hóa liên tổ {TOGETHER[case.index]} (minh họa)"
    held_on = case.period.month + dt.timedelta(days=4)
    return (Happening("sessions", held_on, "Giới thiệu hàng Việt (minh họa)", place, 20),)


def _counts(case: Case) -> Iterator[tuple[str, Count | None]]:
    """Within the usual ranges of a cell; one cell of the newest month has a strange number."""
    turn = case.turn
    sessions, told = 1 + turn % 3, len(_together(case))
    people = sessions * (28 + turn % 27) - 20 * told
    yield "sessions", Count(sessions - told) if sessions > told else None
    yield "session_attendees", Count(people, is_approximate=turn % 10 == 2)
    yield "posts_social", Count(turn % 9)
    yield "banners", Count(turn % 4) if turn % 2 else None
    leaflets = 40 + turn * 13 % 180
    strange = case.months_ago == 0 and case.index % 12 == 5
    yield "leaflets", Count(leaflets * 20 if strange else leaflets)
    yield "products_introduced", Count(turn % 6) if turn % 3 else None
    yield "commitments", Count(turn * 3 % 12) if case.unit.residential_group_id else None
    yield "models", Count(1 if case.index % 4 == 0 else 0)
    households = 180 + case.index * 7
    yield (
        "household_share",
        Count(households * (70 + turn % 25) // 100, of=households)
        if (case.unit.residential_group_id and turn % 4 == 1)
        else None,
    )
    yield "broadcasts", Count(2 + turn % 8) if case.unit.residential_group_id else None


def _leave_a_draft(ward: Unit, today: dt.date) -> None:
    """One missing cell of the newest month is half-way through its form."""
    for case in _cases(ward, today):
        if case.months_ago == 0 and case.is_missing:
            paper = paper_for(case.unit, case.period.month, ward=ward)
            items = [str(item.pk) for item in paper.items[:2]]
            for part, typed in (
                ("contents", {"items": items}),
                ("counts", {"sessions": "2", "session_attendees": "khoảng 60"}),
            ):
                drafts.save_part(
                    paper, part, typed, actor=case.secretary, seen_version=0, now=_at(today, 8, 15)
                )
            return


def _at(day: dt.date, hour: int, minute: int) -> dt.datetime:
    return timezone.make_aware(dt.datetime.combine(day, dt.time(hour, minute)))
