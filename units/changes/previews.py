"""What a step would do, before anything is written."""

from __future__ import annotations

import datetime as dt
from dataclasses import asdict, dataclass

from core.fingerprints import fingerprint
from units.changes import guards, refusals, words
from units.changes.asked import Change
from units.models import Membership, ReportingDuty


@dataclass(frozen=True, slots=True)
class Preview:
    """``seen`` is the version of all that the sentences rest on; the write carries it."""

    change: Change
    refusals: list[str]
    warnings: list[str]
    sentences: list[str]
    seen: str


def preview(change: Change, *, today: dt.date) -> Preview:
    """Sentences, warnings and refusals of ``change``. Reads alone."""
    refused = refusals.refusals(change, today)
    if refused:
        return Preview(change, refused, [], [], "")
    found = guards.findings(change, today)
    if refused := [one.text for one in found if one.is_refusal]:
        return Preview(change, refused, [], [], "")
    warned = [*words.warnings(change), *(one.text for one in found if not one.is_refusal)]
    told = words.sentences(change)
    return Preview(change, [], warned, told, _seen(change, told, warned))


def _seen(change: Change, told: list[str], warned: list[str]) -> str:
    units = [unit.pk for unit in change.touched]
    return fingerprint(
        change.kind,
        change.on,
        change.reports_from,
        units,
        [asdict(part) for part in change.parts],
        change.into and change.into.pk,
        change.decision,
        change.reason,
        told,
        warned,
        [[unit.name, unit.short_name, unit.code, unit.closed_on] for unit in change.touched],
        list(
            ReportingDuty.objects.filter(unit__in=units)
            .order_by("pk")
            .values_list("pk", "starts_on", "ends_on")
        ),
        list(
            Membership.objects.filter(unit__in=units)
            .order_by("pk")
            .values_list("pk", "starts_on", "ends_on")
        ),
    )
