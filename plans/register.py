"""The register of legal bases: filled from confirmed plans, kept by the office."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db import transaction

from core.text import fold
from core.workflow import TransitionRefusedError, save_seen
from plans.models import LegalBasis, LegalInstrument, Plan
from plans.pieces import basis_fields, parts_of
from units.models import Unit

FIELDS = ("document_type", "code", "issued_on", "issuer", "subject")
Status = LegalInstrument.Status


@transaction.atomic
def fill(plan: Plan) -> None:
    """Point every basis of ``plan`` that counts to its instrument; new ones are entered."""
    rows = LegalBasis.objects.filter(plan=plan, is_left_out=False).order_by("position")
    known = list(LegalInstrument.objects.filter(owner=plan.owner))
    for row in rows:
        found = _same({name: getattr(row, name) for name in FIELDS}, known)
        if found is None:
            found = _enter(plan.owner, {name: getattr(row, name) for name in FIELDS})
            known.append(found)
        if row.instrument_id != found.pk:
            LegalBasis.objects.filter(pk=row.pk).update(instrument=found)


def _enter(owner: Unit, values: dict[str, Any]) -> LegalInstrument:
    return LegalInstrument.objects.create(owner=owner, **values)


def _same(values: dict[str, Any], known: Iterable[LegalInstrument]) -> LegalInstrument | None:
    """The instrument that a citation means.

    Numbers come again in every term of office, so the day counts where both have one; without a
    number the subject does.
    """
    for instrument in known:
        if fold(instrument.document_type) != fold(values["document_type"]):
            continue
        if fold(instrument.code) != fold(values["code"]):
            continue
        days = {instrument.issued_on, values["issued_on"]} - {None}
        if len(days) > 1:
            continue
        if values["code"] or fold(instrument.subject) == fold(values["subject"]):
            return instrument
    return None


@transaction.atomic
def change(
    instrument: LegalInstrument,
    *,
    status: str,
    successor: LegalInstrument | None,
    successor_text: str,
    note: str,
    seen_version: int,
) -> LegalInstrument:
    """Write whether ``instrument`` holds and what follows it.

    ``successor_text`` cites one that the register may not have yet. Raises
    :class:`~core.workflow.StaleError`, and :class:`~core.workflow.TransitionRefusedError` when
    the row would follow itself, directly or through others.
    """
    if successor_text:
        successor = cited(instrument.owner, successor_text)
    if status != Status.REPLACED:
        successor = None
    _check_line(instrument, successor)
    fresh: LegalInstrument = save_seen(
        instrument, seen_version=seen_version, status=status, successor=successor, note=note
    )
    return fresh


def cited(owner: Unit, text: str) -> LegalInstrument:
    """The instrument that ``text`` cites, entered where the register lacks it."""
    values = basis_fields(parts_of(text)[0])
    found = _same(values, LegalInstrument.objects.filter(owner=owner))
    return found or _enter(owner, values)


def _check_line(instrument: LegalInstrument, successor: LegalInstrument | None) -> None:
    rows = LegalInstrument.objects.filter(owner=instrument.owner)
    following = dict(rows.values_list("pk", "successor_id"))
    at = successor.pk if successor else None
    while at is not None:
        if at == instrument.pk:
            raise TransitionRefusedError(
                "Văn bản này đã thay thế văn bản kia; mời đồng chí xem lại thứ tự thay thế."
            )
        at = following.get(at)
