"""Which happenings are one event: an officer's word, kept, and taken back."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from itertools import combinations
from typing import Any

from django.db import transaction
from django.utils import timezone

from core.workflow import StaleError, TransitionRefusedError
from outreach.models import Event
from reports.models import HANDED_IN, Activity, MonthlyReport, ToldApart
from reports.same_events import pair_of
from reports.telling import key_of
from units.models import Unit

GONE = "Có báo cáo trong nhóm này vừa được sửa hoặc vừa có người ghép. Đồng chí xem lại nhóm."


@transaction.atomic
def link(ward: Unit, seen: Collection[str], *, actor: Any) -> Event:
    """Say that the mentions in ``seen`` ("row-event", as the page showed them) are one event.

    Raises :class:`~core.workflow.StaleError` where one of them has changed since, and
    :class:`~core.workflow.TransitionRefusedError` where they cannot be one.
    """
    rows = _locked(ward, seen)
    events = {row.event_id for row in rows if row.event_id is not None}
    if len(events) > 1:
        raise TransitionRefusedError(
            "Các việc đã chọn đang thuộc hai hoạt động chung khác nhau. Đồng chí tách một bên trước."
        )
    event = _event_of(ward, rows, events, actor)
    Activity.objects.filter(pk__in=[row.pk for row in rows]).update(event=event)
    return event


def _event_of(ward: Unit, rows: list[Activity], events: set[int], actor: Any) -> Event:
    """The event that one of ``rows`` has, told once more; else a new one, in the words that count."""
    if events:
        event = Event.objects.select_for_update(of=("self",)).get(pk=events.pop(), owner=ward)
        event.version += 1
        event.save(update_fields=["version", "updated_at"])
        return event
    first = max(rows, key=lambda row: (row.attendance or 0, -row.pk))
    place = first.place or next((row.place for row in rows if row.place), "")
    return Event.objects.create(
        owner=ward, title=first.title, held_on=first.held_on, place=place, created_by=actor
    )


@transaction.atomic
def tell_apart(ward: Unit, seen: Collection[str], *, actor: Any) -> int:
    """Remember that the mentions in ``seen`` are all different; how many pairs were new.

    Raises what :func:`link` raises.
    """
    rows = _locked(ward, seen)
    pairs = {
        pair_of(key_of(one, one.report.unit_id), key_of(other, other.report.unit_id))
        for one, other in combinations(rows, 2)
        if one.report.unit_id != other.report.unit_id
        and (one.event_id is None or one.event_id != other.event_id)
    }
    known = set(ToldApart.objects.standing().filter(owner=ward).values_list("one", "other"))
    new = [
        ToldApart(owner=ward, one=one, other=other, held_on=rows[0].held_on, by=actor)
        for one, other in sorted(pairs - known)
    ]
    ToldApart.objects.bulk_create(new, ignore_conflicts=True)
    return len(new)


@transaction.atomic
def unlink(event: Event, *, seen_version: int) -> None:
    """Take an event apart: every unit's mention counts again. Its history says who did.

    Raises :class:`~core.workflow.StaleError` where somebody linked meanwhile.
    """
    reports = Activity.objects.filter(event=event).values_list("report", flat=True)
    _lock(reports)
    fresh = Event.objects.select_for_update(of=("self",)).filter(pk=event.pk).first()
    if fresh is None or fresh.version != seen_version:
        raise StaleError(fresh)
    fresh.activities.update(event=None)
    fresh.delete()


def ask_again(apart: Iterable[ToldApart], *, actor: Any) -> int:
    """Take back that these are different; they are proposed anew."""
    pks = [one.pk for one in apart]
    rows = ToldApart.objects.standing().filter(pk__in=pks)
    return rows.update(withdrawn_by=actor, withdrawn_at=timezone.now())


def _locked(ward: Unit, seen: Collection[str]) -> list[Activity]:
    """The rows as the page showed them, their reports locked, so that no amendment comes between."""
    pks = {int(pk) for pk, _, _ in (one.partition("-") for one in seen)}
    if len(pks) < 2:
        raise TransitionRefusedError("Đồng chí chọn ít nhất hai việc.")
    here = Activity.objects.filter(pk__in=pks, report__ward=ward)
    _lock(here.values_list("report", flat=True))
    rows = list(
        here.filter(report__status__in=HANDED_IN)
        .select_related("report")
        .select_for_update(of=("self",))
        .order_by("pk")
    )
    if {f"{row.pk}-{row.event_id or 0}" for row in rows} != set(seen):
        raise StaleError(None)
    if len({(row.held_on, row.indicator_id) for row in rows}) > 1:
        raise TransitionRefusedError("Chỉ ghép những việc cùng ngày, cùng chỉ tiêu.")
    if len({row.report.unit_id for row in rows}) < 2:
        raise TransitionRefusedError("Đồng chí chọn việc của ít nhất hai đơn vị.")
    return rows


def _lock(reports: Iterable[int]) -> None:
    """As a hand-in does, in one order, so that two officers never wait for each other."""
    rows = MonthlyReport.objects.filter(pk__in=set(reports)).order_by("pk")
    list(rows.select_for_update(no_key=True).values_list("pk"))
