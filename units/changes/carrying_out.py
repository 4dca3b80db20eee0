"""A step is taken: locked, looked at again, written and recorded, in one transaction."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from core.workflow import StaleError, TransitionRefusedError
from units import links
from units.changes.asked import Change, Kind, Part
from units.changes.previews import preview
from units.changes.refusals import current_name
from units.changes.words import groups_of, joined
from units.models import (
    Membership,
    ReportingDuty,
    Unit,
    UnitChange,
    UnitLink,
    UnitName,
    UnitSuccession,
)

MAX_HISTORY_REASON = 100


class ChangeRefusedError(TransitionRefusedError):
    """Something speaks against the step; ``reasons`` are its sentences."""

    def __init__(self, reasons: list[str]) -> None:
        super().__init__(" ".join(reasons))
        self.reasons = reasons


@transaction.atomic
def carry_out(change: Change, *, actor: Any, seen: str, today: dt.date | None = None) -> UnitChange:
    """Do what the preview with the version ``seen`` had said; the record of it.

    The ward's row is the lock: two steps in one ward never run side by side. Raises
    :class:`ChangeRefusedError`, and :class:`core.workflow.StaleError` with the fresh preview
    when anything that it said has changed.
    """
    today = today or timezone.localdate()
    change = _fresh(change)
    shown = preview(change, today=today)
    if shown.refusals:
        raise ChangeRefusedError(shown.refusals)
    if shown.seen != seen:
        raise StaleError(shown)
    groups = list(groups_of(change))
    begun = [_begin(change, part) for part in change.parts] if change.kind != Kind.RENAME else []
    if change.kind == Kind.RENAME:
        _rename(change)
    heirs = [change.into] if change.into else begun
    for unit in change.closing:
        _end(change, unit, heirs, actor, today)
    for group in groups:
        group.members.add(*heirs)
    record = UnitChange.objects.create(
        ward=change.ward,
        kind=change.kind,
        on=change.on,
        reports_from=None if change.kind == Kind.RENAME else change.reports_from,
        decision=change.decision,
        reason=change.reason,
        sentences=[*shown.sentences, *shown.warnings],
        by=actor,
    )
    record.units.add(*change.old, *heirs)
    return record


def _fresh(change: Change) -> Change:
    """``change`` with its units locked and read again."""
    pks = {change.ward.pk, *(unit.pk for unit in change.touched)}
    rows = Unit.objects.select_for_update().filter(pk__in=pks).order_by("pk")
    by_pk = {unit.pk: unit for unit in rows}
    return replace(
        change,
        ward=by_pk[change.ward.pk],
        old=tuple(by_pk[unit.pk] for unit in change.old),
        into=by_pk[change.into.pk] if change.into else None,
    )


def _begin(change: Change, part: Part) -> Unit:
    """A new unit beside the old ones, with its name and its duty."""
    model = change.old[0] if change.old else None
    place = model.path[: -Unit.steplen] if model else change.ward.path
    parent = Unit.objects.get(path=place)
    groups = {unit.residential_group_id for unit in change.old}
    unit = Unit(
        kind=part.kind or (model.kind if model else Unit.Kind.OTHER),
        name=part.name,
        short_name=part.short_name,
        code=part.code,
        position=model.position if model else 500,
        opened_on=change.on,
        residential_group_id=groups.pop() if len(groups) == 1 else None,
    )
    unit._change_reason = _reason(change)
    unit = Unit.objects.add_child(parent, instance=unit)
    UnitName.objects.create(
        unit=unit, kind=UnitName.Kind.OFFICIAL, name=unit.name, valid_from=change.on
    )
    if part.owes:
        ReportingDuty.objects.create(unit=unit, starts_on=change.reports_from)
    return unit


def _end(change: Change, unit: Unit, heirs: list[Any], actor: Any, today: dt.date) -> None:
    """``unit`` is no more from the day on: its duty, people and ways in end with it."""
    unit.closed_on = change.on
    unit._change_reason = _reason(change)
    unit.save(update_fields=["closed_on"])
    _end_duties(unit, change.reports_from)
    Membership.objects.filter(unit=unit).active(change.on).update(ends_on=change.on)
    link = UnitLink.objects.in_use().filter(unit=unit).first()
    if link is not None and change.on <= today:  # before that day the date itself shuts it
        links.revoke(link, actor)
    UnitSuccession.objects.bulk_create(
        UnitSuccession(from_unit=unit, to_unit=heir, on=change.on) for heir in heirs
    )
    if len(heirs) == 1:
        for cell in Unit.objects.filter(residential_group=unit, closed_on__isnull=True):
            cell.residential_group = heirs[0]
            cell._change_reason = _reason(change)
            cell.save(update_fields=["residential_group"])


def _end_duties(unit: Unit, month: dt.date) -> None:
    """No month from ``month`` on is owed; those before are not touched."""
    later = ReportingDuty.objects.filter(Q(ends_on__isnull=True) | Q(ends_on__gt=month), unit=unit)
    later.filter(starts_on__gte=month).delete()  # nothing was ever owed by it
    later.filter(starts_on__lt=month).update(ends_on=month)


def _rename(change: Change) -> None:
    unit, part = change.old[0], change.parts[0]
    if part.name != unit.name:
        current = current_name(unit)
        if current is None:
            current = UnitName(
                unit=unit,
                kind=UnitName.Kind.OFFICIAL,
                name=unit.name,
                valid_from=unit.opened_on,
            )
        if change.on == current.valid_from:
            current.name = part.name
            current.save()
        else:
            current.valid_to = change.on
            current.save()
            UnitName.objects.create(
                unit=unit, kind=UnitName.Kind.OFFICIAL, name=part.name, valid_from=change.on
            )
    unit.name, unit.short_name, unit.code = part.name, part.short_name, part.code
    unit._change_reason = _reason(change)
    unit.save(update_fields=["name", "short_name", "code", "sort_key", "search"])


def _reason(change: Change) -> str:
    """The line in the unit's own history."""
    names = joined([*(unit.name for unit in change.old), *change.heirs])
    decision = f" ({change.decision})" if change.decision else ""
    return f"{change.kind.label}: {names}{decision}"[:MAX_HISTORY_REASON]
