"""The reminder for the Zalo group: who still owes, each with the unit's own link, in three tones.

The portal sends nothing to secretaries by itself: an officer copies the text, and the copy is
entered in a log. Whoever has reported since is not in the next text.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction

from core.text import format_month, format_phone
from reports import periods, rules, statistics
from reports.models import MonthlyReport, Reminder, Status, Tone
from reports.sentences import CAMPAIGN
from units.models import Unit, WardProfile

AddressOf = Callable[[Unit], str]


@dataclass(frozen=True)
class Missing:
    """A unit that still owes the month, and what is known of it."""

    unit: Unit
    period: periods.Period
    status: str  # draft (begun or not) or returned
    is_begun: bool = False

    @property
    def note(self) -> str:
        """What stands in brackets behind the name: "" where there is nothing to say."""
        if self.status == Status.RETURNED:
            return "phường đã trả lại, đề nghị sửa và nộp lại"
        if self.period.is_extended:
            until = periods.short_day(self.period.due_on, self.period.month)
            return f"hạn riêng {until}"
        return "đang viết dở" if self.is_begun else ""


def missing(ward: Unit, month: dt.date, units: Collection[int] | None = None) -> list[Missing]:
    """Who owes ``month`` (its first day) and has nothing handed in now, in official order.

    ``units`` narrows to those keys. Five queries however many units there are.
    """
    owing = statistics.missing(ward, month)
    if units is not None:
        owing = owing.filter(pk__in=units)
    calendar = periods.Calendar(ward, [month])
    begun = dict(MonthlyReport.objects.filter(ward=ward, month=month).values_list("unit", "status"))
    return [
        Missing(
            unit=unit,
            period=calendar.period(month, unit),
            status=begun.get(unit.pk, Status.DRAFT),
            is_begun=unit.pk in begun,
        )
        for unit in owing
    ]


def tone_for(period: periods.Period, today: dt.date) -> Tone:
    """The tone that the calendar asks for."""
    if today < period.due_on:
        return Tone.BEFORE
    return Tone.AFTER if period.is_overdue(today) else Tone.ON_DAY


def due_now(lines: list[Missing], tone: Tone, today: dt.date) -> list[Missing]:
    """Whom a text of ``tone`` names: after the due day not those who were given longer."""
    if tone != Tone.AFTER:
        return lines
    return [one for one in lines if one.status == Status.RETURNED or one.period.is_overdue(today)]


def compose(
    ward_card: WardProfile | None,
    period: periods.Period,
    tone: Tone,
    lines: list[Missing],
    received: statistics.Share,
    *,
    today: dt.date,
    address_of: AddressOf,
) -> str:
    """The text for the group; one line a unit with its link. Plain text, no formatting of Zalo's."""
    if not lines:
        return _nobody_to_remind(period, received)
    greeting = (
        "Kính gửi các đồng chí bí thư!" if len(lines) > 1 else f"Kính gửi {lines[0].unit.name}!"
    )
    return "\n".join(
        [
            greeting,
            "",
            _opening(period, tone, today),
            *_standing(received, lines, tone),
            "",
            *_names(lines, address_of),
            "",
            _request(tone),
            *_help(ward_card),
            "Trân trọng cảm ơn!",
        ]
    )


@transaction.atomic
def enter_copy(
    ward: Unit, month: dt.date, tone: Tone, text: str, units: Collection[Unit], *, actor: Any
) -> Reminder:
    """Enter in the log that ``actor`` took ``text`` out of the portal.

    Raises ``PermissionDenied`` for whoever may not review the units below the ward.
    """
    if not any(actor.has_perm(rules.REVIEW, unit) for unit in units):
        raise PermissionDenied
    reminder = Reminder.objects.create(ward=ward, month=month, tone=tone, text=text, by=actor)
    reminder.units.set(units)
    return reminder


def _opening(period: periods.Period, tone: Tone, today: dt.date) -> str:
    month = format_month(period.month)
    due = periods.short_day(period.due_on, period.month)
    days = abs((period.due_on - today).days)
    if tone == Tone.BEFORE:
        left = f", còn {days} ngày" if today < period.due_on else ""
        return f"Báo cáo {month} về {CAMPAIGN} đến hạn ngày {due}{left}."
    if tone == Tone.ON_DAY:
        day = f"Hôm nay, {due}," if today == period.due_on else f"Ngày {due}"
        return f"{day} là hạn nộp báo cáo {month} về {CAMPAIGN}."
    late = f" {days} ngày" if today > period.due_on else ""
    return f"Báo cáo {month} về {CAMPAIGN} đã quá hạn{late} (hạn {due})."


def _standing(received: statistics.Share, lines: list[Missing], tone: Tone) -> list[str]:
    if len(lines) == 1:
        return []
    # After the due day those who were given longer are missing too, and not in the list.
    is_part = tone == Tone.AFTER and len(lines) < received.rest
    what = "quá hạn chưa nộp" if is_part else "chưa nộp"
    return [
        f"Phường đã nhận {received.count}/{received.of} báo cáo. Còn {len(lines)} đơn vị {what}:"
    ]


def _names(lines: list[Missing], address_of: AddressOf) -> list[str]:
    """A line a unit. An address that several share is told once, below those that have no own."""
    addresses = [address_of(one.unit) for one in lines]
    shared = {address for address, count in Counter(addresses).items() if count > 1}
    told = []
    for number, (one, address) in enumerate(zip(lines, addresses, strict=True), start=1):
        note = f" ({one.note})" if one.note else ""
        head = f"{number}. {one.unit.name}{note}" if len(lines) > 1 else f"Đường vào{note}"
        told.append(head if address in shared else f"{head}: {address}")
    whose = "Đường vào" if len(shared) == len(set(addresses)) else "Đơn vị chưa có đường dẫn riêng"
    return told + [f"{whose}: {address}" for address in sorted(shared)]


def _request(tone: Tone) -> str:
    way = (
        "Đồng chí bấm vào đường dẫn của đơn vị mình, làm trong khoảng 3 phút; "
        "tháng không có hoạt động thì bấm một nút là xong."
    )
    if tone == Tone.AFTER:
        return f"Đề nghị các đồng chí nộp ngay trong hôm nay. {way}"
    return way


def _help(ward_card: WardProfile | None) -> list[str]:
    if ward_card is None or not ward_card.office_phone:
        return []
    who = ward_card.office_phone_name or "văn phòng"
    return [f"Cần giúp, đồng chí gọi {who}: {format_phone(ward_card.office_phone)}."]


def _nobody_to_remind(period: periods.Period, received: statistics.Share) -> str:
    """The thanks of a complete month; of any other why there is no text."""
    month = format_month(period.month)
    if not received.of:
        return f"{month.capitalize()} không có đơn vị nào phải báo cáo."
    so_many = f"{received.count}/{received.of} báo cáo {month}"
    if received.rest:
        return f"Phường đã nhận {so_many}. Lúc này không có đơn vị nào cần nhắc."
    return f"Phường đã nhận đủ {so_many} về {CAMPAIGN}. Cảm ơn các đồng chí bí thư!"
