"""Planning a bulletin into a slot, moving it, and saying whether it was aired."""

from __future__ import annotations

import datetime as dt
from contextlib import suppress
from math import ceil
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.db.models import Sum
from django.utils import timezone

from core.text import format_date
from core.workflow import Transition, TransitionRefusedError, perform
from outreach.content import workflow as ways
from outreach.loudspeaker.length import USUAL, Length
from outreach.loudspeaker.models import Airing, Bulletin, Slot
from outreach.loudspeaker.scripts import voice_of
from units.models import Unit

CHANGE = "outreach.change_bulletin"
READY = (Bulletin.Status.APPROVED, Bulletin.Status.SCHEDULED, Bulletin.Status.PUBLISHED)
PLANNED, AIRED = Airing.Status.PLANNED, Airing.Status.AIRED
MISSED, CANCELLED = Airing.Status.MISSED, Airing.Status.CANCELLED


def may_change(user: Any, airing: Airing) -> bool:
    return user.has_perm(CHANGE, airing)


def _step(
    name: str, label: str, sources: set[str], target: str, *, reason: bool = False
) -> Transition:
    return Transition(
        name=name,
        label=label,
        sources=frozenset(sources),
        target=target,
        allowed=may_change,
        needs_reason=reason,
    )


AIR = _step("air", "Ghi đã phát", {PLANNED, MISSED}, AIRED)
MISS = _step("miss", "Ghi không phát được", {PLANNED, AIRED}, MISSED, reason=True)
MOVE = _step("move", "Dời lịch", {PLANNED}, PLANNED)
CANCEL = _step("cancel", "Bỏ xếp", {PLANNED}, CANCELLED)
LABELS = {step.name: step.label for step in (AIR, MISS, MOVE, CANCEL)}


@transaction.atomic
def plan(bulletin: Bulletin, slot: Slot, day: dt.date, *, actor: Any) -> Airing:
    """Put ``bulletin`` into ``slot`` on ``day``.

    Raises ``PermissionDenied``, and a refusal with its sentence where it does not fit.
    """
    if not actor.has_perm(CHANGE, bulletin) or slot.owner_id != bulletin.owner_id:
        raise PermissionDenied
    slot = Slot.objects.select_for_update().get(pk=slot.pk)  # two at once would both fit
    if refusal := refusal_of(bulletin, slot, day):
        raise TransitionRefusedError(refusal)
    try:
        with transaction.atomic():
            return Airing.objects.create(
                owner=bulletin.owner, bulletin=bulletin, slot=slot, day=day
            )
    except IntegrityError:
        raise TransitionRefusedError(
            f"“{bulletin}” đã xếp vào khung {slot.name} ngày {format_date(day)}."
        ) from None


@transaction.atomic
def move(airing: Airing, slot: Slot, day: dt.date, *, actor: Any, seen_version: int) -> Airing:
    """To another slot or day; refused like a new one."""
    if slot.owner_id != airing.owner_id:
        raise PermissionDenied
    slot = Slot.objects.select_for_update().get(pk=slot.pk)
    if refusal := refusal_of(airing.bulletin, slot, day, but=airing):
        raise TransitionRefusedError(refusal)
    note = f"{airing.slot.name} {format_date(airing.day)} → {slot.name} {format_date(day)}"
    try:
        with transaction.atomic():
            return perform(
                MOVE,
                airing,
                actor=actor,
                seen_version=seen_version,
                reason=note,
                slot=slot,
                day=day,
            )
    except IntegrityError:
        raise TransitionRefusedError(
            f"“{airing.bulletin}” đã xếp vào khung {slot.name} ngày {format_date(day)}."
        ) from None


@transaction.atomic
def air(airing: Airing, *, minutes: int, announcer: str, actor: Any, seen_version: int) -> Airing:
    """It was heard. The first airing of an approved bulletin publishes it."""
    if not airing.is_begun:
        raise TransitionRefusedError(
            f"Chưa đến giờ phát ({ways.said(airing.begins)}), nên chưa ghi “đã phát” được."
        )
    bulletin = airing.bulletin
    if bulletin.status not in READY and bulletin.status != Bulletin.Status.WITHDRAWN:
        raise TransitionRefusedError(
            f"“{bulletin}” còn là “{bulletin.get_status_display()}”: bản tin chưa duyệt thì không "
            "phát. Nếu đã phát, nhờ người thứ hai duyệt trước rồi ghi."
        )
    if not 1 <= minutes <= airing.slot.minutes:
        raise TransitionRefusedError(
            f"Khung {airing.slot.name} có {airing.slot.minutes} phút; ghi số phút từ 1 đến "
            f"{airing.slot.minutes}."
        )
    fresh = perform(
        AIR,
        airing,
        actor=actor,
        seen_version=seen_version,
        minutes=minutes,
        announcer=announcer or str(actor),
    )
    if bulletin.status in (Bulletin.Status.APPROVED, Bulletin.Status.SCHEDULED):
        # What was heard was heard, also where a basis was replaced since: its page tells of that.
        with suppress(TransitionRefusedError):
            ways.take(ways.PUBLISH, bulletin, actor=actor, seen_version=bulletin.version)
    return fresh


def miss(airing: Airing, *, reason: str, actor: Any, seen_version: int) -> Airing:
    """It was not heard, and why. Only once its time has come; before, it is taken out."""
    if not airing.is_begun:
        raise TransitionRefusedError(
            f"Chưa đến giờ phát ({ways.said(airing.begins)}). Không phát nữa thì bỏ xếp, hoặc dời lịch."
        )
    return perform(
        MISS, airing, actor=actor, seen_version=seen_version, reason=reason, minutes=None
    )


def cancel(airing: Airing, *, actor: Any, seen_version: int) -> Airing:
    """Take it out before its time; what was due stays in the log as missed."""
    if airing.is_begun:
        raise TransitionRefusedError(
            "Đã quá giờ phát nên không bỏ xếp được. Ghi “không phát được” kèm lý do."
        )
    return perform(CANCEL, airing, actor=actor, seen_version=seen_version)


def refusal_of(bulletin: Bulletin, slot: Slot, day: dt.date, but: Airing | None = None) -> str:
    """Why ``bulletin`` cannot be planned there, a sentence; "" when it can."""
    if bulletin.status == Bulletin.Status.WITHDRAWN:
        return f"“{bulletin}” đã rút, không xếp lịch được."
    if not slot.is_on(day):
        return f"Khung {slot.name} không phát vào ngày {format_date(day)}. Chọn ngày khác."
    if slot.begins(day) <= timezone.now():
        return f"Giờ phát {ways.said(slot.begins(day))} đã qua. Chọn một khung giờ sau bây giờ."
    if bulletin.expires_on and day >= bulletin.expires_on:
        return f"Bản tin hết hạn từ {format_date(bulletin.expires_on)}, không xếp vào ngày ấy được."
    return _room_in(slot, day, bulletin, but)


def _room_in(slot: Slot, day: dt.date, bulletin: Bulletin, but: Airing | None) -> str:
    length = Length(bulletin.syllables, bulletin.seconds)
    if bulletin.seconds > slot.seconds:
        return over_run(bulletin, slot, slot.seconds, voice_of(slot.owner).speed)
    others = Airing.objects.filter(slot=slot, day=day).exclude(status=CANCELLED)
    others = others.exclude(pk=but.pk) if but else others
    taken = others.aggregate(sum=Sum("bulletin__seconds"))["sum"] or 0
    if taken + bulletin.seconds <= slot.seconds:
        return ""
    left = Length(0, max(0, slot.seconds - taken))
    return (
        f"Khung {slot.name} ngày {format_date(day)} chỉ còn {left}, bản tin dài {length}. "
        "Chọn khung khác, hoặc dời bản tin đã xếp."
    )


def over_run(bulletin: Bulletin, slot: Slot, seconds: int, speed: int) -> str:
    """How much too long, and how many syllables less would do."""
    over = bulletin.seconds - seconds
    syllables = ceil(over / 60 * speed * USUAL / 10) * 10
    return (
        f"Bản tin dài {Length(0, bulletin.seconds)}, khung {slot.name} có {slot.minutes} phút: "
        f"dài hơn {Length(0, over)}. Bớt khoảng {syllables} âm tiết, hoặc chọn khung dài hơn."
    )


def fits(bulletin: Bulletin, slots: list[Slot], ward: Unit) -> list[tuple[Slot, str]]:
    """Each slot with "" where the bulletin fits, else with how much it is too long."""
    speed = voice_of(ward).speed
    return [
        (
            slot,
            over_run(bulletin, slot, slot.seconds, speed)
            if bulletin.seconds > slot.seconds
            else "",
        )
        for slot in slots
    ]
