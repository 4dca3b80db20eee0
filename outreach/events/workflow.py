"""Inviting units, telling them of a new day, counting who came."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from core.text import format_date
from core.workflow import TransitionRefusedError, save_seen
from outreach.events.models import Invitation
from outreach.models import Event
from units.models import Unit

CHANGE = "outreach.change_event"
MOST_PEOPLE = 100_000


def when(event: Event) -> str:
    """ "08:00 ngày 15/3/2027, Nhà văn hóa"."""
    hour = f"{event.starts_at:%H:%M} " if event.starts_at else ""
    days = f"ngày {format_date(event.held_on)}"
    if event.ends_on and event.ends_on != event.held_on:
        days = f"từ {days} đến ngày {format_date(event.ends_on)}"
    return f"{hour}{days}{f', {event.place}' if event.place else ''}"


def letter(event: Event) -> str:
    """The text to send to the units that are invited, or have to be told of the new day."""
    if event.moved_because:
        return (
            f"Kính gửi các đơn vị. {event.title} đã đổi lịch, nay tổ chức {when(event)}. "
            f"Lý do: {event.moved_because}. Đề nghị các đơn vị báo lại cho người dự."
        )
    return f"Kính mời đơn vị dự {event.title}, {when(event)}. Đề nghị cử người dự đúng giờ."


def must_give_reason(event: Event, *, held_on: dt.date, starts_at: Any, place: str) -> bool:
    """Moved after units were invited: they planned by the old day, so they are told why."""
    is_same = (held_on, starts_at, place) == (event.held_on, event.starts_at, event.place)
    return not is_same and event.invitations.filter(invited_at__isnull=False).exists()


def mark_moved(event: Event) -> int:
    """Every unit that was invited has to be told; the number of them."""
    return event.invitations.filter(invited_at__isnull=False).update(must_tell=True)


@transaction.atomic
def invite(event: Event, units: list[Unit], *, actor: Any, seen_version: int) -> Event:
    """Add ``units`` of the ward; those already invited stay as they are."""
    _check(event, actor)
    if event.held_on < timezone.localdate():
        raise TransitionRefusedError(
            f"Hoạt động đã qua ngày {format_date(event.held_on)}, không mời thêm được. "
            "Đơn vị đã dự thì ghi số người dự."
        )
    fresh: Event = save_seen(event, seen_version=seen_version)
    known = set(event.invitations.values_list("unit", flat=True))
    now = timezone.now()
    Invitation.objects.bulk_create(
        Invitation(event=event, unit=unit, invited_at=now) for unit in units if unit.pk not in known
    )
    return fresh


@transaction.atomic
def told(event: Event, *, actor: Any, seen_version: int) -> Event:
    """The units know the new day."""
    _check(event, actor)
    fresh: Event = save_seen(event, seen_version=seen_version)
    event.invitations.filter(must_tell=True).update(must_tell=False)
    return fresh


@transaction.atomic
def count(event: Event, numbers: dict[int, int | None], *, actor: Any, seen_version: int) -> Event:
    """Write how many people of each unit (its key) came; None where nobody has said."""
    _check(event, actor)
    if event.held_on > timezone.localdate():
        raise TransitionRefusedError(
            f"Hoạt động tổ chức ngày {format_date(event.held_on)}, chưa ghi số người dự được."
        )
    fresh: Event = save_seen(event, seen_version=seen_version)
    for row in event.invitations.all():
        if row.unit_id in numbers and numbers[row.unit_id] != row.attendance:
            row.attendance = numbers[row.unit_id]
            row.save(update_fields=["attendance"])
    return fresh


def _check(event: Event, actor: Any) -> None:
    if not actor.has_perm(CHANGE, event):
        raise PermissionDenied
