"""What the portal tells the office by e-mail, and the week in one paragraph for the Secretary.

Messages are written to the outbox under a key of ward, person and day: a second run on the same
day writes nothing.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Count, Q

from accounts.models import User
from core import outbox
from core.text import format_date, format_month, long_date
from reports import periods, reminders, statistics
from reports.models import MonthlyReport, ReportStep
from units.models import Membership, Role, Unit

DAILY_ROLES = (Role.OFFICE, Role.PROPAGANDA)
WEEKLY_ROLES = (Role.LEADER, Role.OFFICE)
WEEK = dt.timedelta(days=7)
NAMED = 10  # units that the paragraph names before it says "và n đơn vị khác"


@dataclass(frozen=True)
class Standing:
    """How one month of one ward stands on a day."""

    ward: Unit
    period: periods.Period
    figures: statistics.Punctuality
    missing: list[Unit]
    given_longer: int  # missing too, with a later day of their own
    waiting: int
    today: dt.date


def standing(ward: Unit, today: dt.date) -> Standing:
    """The month that reports are asked for on ``today``; a fixed number of queries.

    After the due day ``missing`` are those who are late, in ``given_longer`` the others.
    """
    calendar = periods.Calendar(ward, [])
    month = calendar.month_asked(today)
    period = calendar.period(month)
    lines = reminders.missing(ward, month)
    named = reminders.due_now(lines, reminders.tone_for(period, today), today)
    return Standing(
        ward=ward,
        period=period,
        figures=statistics.punctuality(ward, month),
        missing=[one.unit for one in named],
        given_longer=len(lines) - len(named),
        waiting=MonthlyReport.objects.filter(ward=ward).awaiting_review().count(),
        today=today,
    )


@transaction.atomic
def queue_daily(ward: Unit, today: dt.date) -> int:
    """One message to each reviewer of ``ward`` with an e-mail address; how many were written.

    Nothing on a day on which nothing waits.
    """
    now = standing(ward, today)
    near = now.missing and today >= now.period.data_to
    if not now.waiting and not near:
        return 0
    lines = []
    if now.waiting:
        lines.append(f"- {now.waiting} báo cáo chờ xem.")
    if near:
        due = periods.due_words(now.period, today)
        lines.append(f"- {len(now.missing)} đơn vị chưa nộp báo cáo. {due}")
        lines += [f"  + {unit.name}" for unit in now.missing]
    month = format_month(now.period.month)
    return _queue(
        ward,
        DAILY_ROLES,
        subject=f"{ward.name}: việc hôm nay về báo cáo {month}",
        body="\n".join(lines),
        key=f"daily:{ward.pk}:{today:%Y-%m-%d}",
    )


@transaction.atomic
def queue_weekly(ward: Unit, today: dt.date) -> int:
    """The week's paragraph to leader and office; how many messages were written."""
    year, week, _ = today.isocalendar()
    return _queue(
        ward,
        WEEKLY_ROLES,
        subject=f"{ward.name}: tuần qua về Cuộc vận động, đến {format_date(today)}",
        body=weekly_paragraph(ward, today),
        key=f"weekly:{ward.pk}:{year}-{week:02}",
    )


def weekly_paragraph(ward: Unit, today: dt.date) -> str:
    """The week in one paragraph, to be read aloud: no signs, no brackets, no abbreviations."""
    now = standing(ward, today)
    month, figures = format_month(now.period.month), now.figures
    if not figures.owing:
        return f"Kính thưa đồng chí Bí thư. {month.capitalize()} chưa có đơn vị nào phải báo cáo."
    sentences = [
        "Kính thưa đồng chí Bí thư.",
        f"Đến hết {long_date(today)}, phường đã nhận {figures.received.count} "
        f"trên {figures.owing} báo cáo {month}. "
        f"Có {figures.on_time.count} đơn vị nộp lần đầu đúng hạn.",
        *_missing_sentences(now),
    ]
    if figures.zero.count:
        sentences.append(f"Có {figures.zero.count} đơn vị báo cáo không phát sinh hoạt động.")
    sentences.append(_week_sentence(ward, today))
    if now.waiting:
        sentences.append(f"Hiện còn {now.waiting} báo cáo chờ văn phòng xem.")
    return " ".join(sentences)


def _missing_sentences(now: Standing) -> list[str]:
    """Who is missing; who was given longer is not among the late."""
    if not now.missing and not now.given_longer:
        return ["Các đơn vị đã nộp đủ."]
    told = [_names_sentence(now)] if now.missing else []
    if now.figures.sent_back:
        told.append(
            f"Trong số này có {now.figures.sent_back} đơn vị đã nộp mà phường trả lại, đang sửa."
        )
    if now.given_longer:
        told.append(f"Còn {now.given_longer} đơn vị chưa nộp được gia hạn.")
    return told


def _names_sentence(now: Standing) -> str:
    names = [unit.name for unit in now.missing[:NAMED]]
    rest = len(now.missing) - len(names)
    told = ", ".join(names) + (f" và {rest} đơn vị khác" if rest else "")
    count = len(now.missing)
    if now.period.is_overdue(now.today):
        return f"Đã quá hạn mà còn {count} đơn vị chưa nộp là {told}."
    due = long_date(now.period.due_on)
    return f"Còn {count} đơn vị chưa nộp là {told}; hạn nộp là {due}."


def _week_sentence(ward: Unit, today: dt.date) -> str:
    """What came and went in the seven days before the end of ``today``."""
    steps = ReportStep.objects.filter(
        report__ward=ward,
        created_at__date__gt=today - WEEK,
        created_at__date__lte=today,
    ).aggregate(
        sent=Count("report", distinct=True, filter=Q(name__in=("submit", "amend", "file"))),
        accepted=Count("report", distinct=True, filter=Q(name="accept")),
        returned=Count("report", distinct=True, filter=Q(name="return")),
    )
    if not any(steps.values()):
        return "Trong bảy ngày qua không có báo cáo nào được gửi hoặc xem xét."
    return (
        f"Trong bảy ngày qua có {steps['sent']} báo cáo được gửi về, văn phòng đã tiếp nhận "
        f"{steps['accepted']} báo cáo và trả lại {steps['returned']} báo cáo để sửa."
    )


def _queue(ward: Unit, roles: tuple[Role, ...], *, subject: str, body: str, key: str) -> int:
    people = User.objects.filter(
        pk__in=Membership.objects.active()
        .filter(unit=ward, role__in=roles, user__is_active=True)
        .values("user")
    ).exclude(email="")
    for person in people:
        outbox.queue(
            recipient=person.email,
            subject=subject,
            body=f"Kính gửi đồng chí {person.full_name},\n\n{body}",
            dedupe_key=f"{key}:{person.pk}",
        )
    return len(people)
