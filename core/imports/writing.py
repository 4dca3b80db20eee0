"""A dry run is written in one transaction, and taken back whole or not at all."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db import transaction
from django.db.models import ProtectedError
from django.utils import timezone

from core.imports.plans import Plan
from core.imports.records import ImportRecord
from core.workflow import StaleError, TransitionRefusedError

Entry = dict[str, Any]


class ImportStaleError(StaleError):
    """Something changed since the dry run was shown; ``fresh`` is the plan as it is now."""


@transaction.atomic
def write(
    one: ImportRecord,
    fresh: Callable[[], Plan],
    writer: Callable[[Any, Entry], Entry],
    *,
    seen: str,
    actor: Any,
) -> Any:
    """Write what the dry run with the version ``seen`` had shown.

    ``fresh`` makes the plan again, now under the lock of the ward; ``writer`` writes one entry and
    gives what must be known to take it back. Raises :class:`ImportStaleError`, and
    :class:`core.workflow.TransitionRefusedError` where it was written before.
    """
    one = _locked(one)
    if one.applied_at is not None:
        raise TransitionRefusedError("Tệp này vừa được ghi rồi, đồng chí xem kết quả bên dưới.")
    shown = fresh()
    if shown.seen != seen:
        raise ImportStaleError(shown)
    if not shown.entries:
        raise TransitionRefusedError("Không có gì để ghi: mọi dòng đều đã như trong cổng.")
    one.entries = [entry | writer(one, entry) for entry in shown.entries]
    one.applied_at, one.applied_by = timezone.now(), actor
    one.save(update_fields=["entries", "applied_at", "applied_by"])
    return one


@transaction.atomic
def take_back(one: ImportRecord, undoer: Callable[[Any, Entry], str], *, actor: Any) -> list[str]:
    """Take back all that ``one`` wrote; the sentences of the rows that refuse, if any do.

    Then nothing is taken back at all. ``undoer`` takes back one entry, the last first, and gives
    "" or why it cannot; what others point to refuses by itself.
    """
    fresh = _locked(one)
    if not fresh.is_applied:
        return ["Lần nhập này chưa ghi, hoặc đã bỏ rồi."]
    refused: list[tuple[int, str]] = []
    for entry in reversed(fresh.entries):
        try:
            with transaction.atomic():
                sentence = undoer(fresh, entry)
        except ProtectedError as error:
            sentence = depends(error)
        if sentence:
            refused.append(
                (entry["row"], f"{entry.get('place', 'Dòng')} {entry['row']}: {sentence}")
            )
    if refused:
        transaction.set_rollback(True)
        return [sentence for _, sentence in sorted(refused)]
    fresh.undone_at, fresh.undone_by = timezone.now(), actor
    fresh.save(update_fields=["undone_at", "undone_by"])
    return []


def depends(error: ProtectedError) -> str:
    kinds = sorted({str(row._meta.verbose_name) for row in error.protected_objects})
    return f"đã có việc khác dựa vào ({', '.join(kinds[:4])}), không bỏ được."


def _locked(one: Any) -> Any:
    """The ward first, so that two imports of one ward wait for each other."""
    wards = type(one)._meta.get_field("ward").related_model._default_manager
    wards.select_for_update().get(pk=one.ward_id)
    return type(one)._default_manager.select_for_update(of=("self",)).get(pk=one.pk)
