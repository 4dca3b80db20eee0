"""The step engine: lock, check, write, record. ``status`` has no other writer."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import models, transaction
from django.utils import timezone

from core.chained import Chained
from core.statements import Writes


class TransitionRefusedError(Exception):
    """The step cannot be taken now. ``str(error)`` is fit to show to the user."""


class StaleError(TransitionRefusedError):
    """Someone wrote since the caller looked. ``fresh`` is the row as it is stored now."""

    def __init__(self, fresh: Any) -> None:
        super().__init__("Nội dung này vừa có người khác sửa. Xem bản mới rồi làm lại.")
        self.fresh = fresh


class WorkflowModel(models.Model):
    """A row with a lock counter. The subclass declares ``status`` and a step model."""

    version = models.PositiveIntegerField("phiên bản", default=1, editable=False)
    created_at = models.DateTimeField("tạo lúc", auto_now_add=True)
    updated_at = models.DateTimeField("sửa lúc", auto_now=True)

    class Meta:
        abstract = True


class StepRecord(Chained):
    """Who took which step, when and why. The subclass adds the row, ``related_name="steps"``."""

    name = models.CharField("bước", max_length=30)
    from_status = models.CharField("từ trạng thái", max_length=20)
    to_status = models.CharField("sang trạng thái", max_length=20)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name="người thực hiện",
    )
    reason = models.TextField("lý do", blank=True)
    created_at = models.DateTimeField("lúc", auto_now_add=True)

    class Meta:
        abstract = True
        ordering = ["pk"]


@dataclass(frozen=True, slots=True)
class Transition:
    """A named step from any of ``sources`` to ``target``.

    ``allowed(actor, obj)`` decides who may take it; it must not write.
    """

    name: str
    label: str
    sources: frozenset[str]
    target: str
    allowed: Callable[[Any, Any], bool]
    needs_reason: bool = False

    def is_open_to(self, actor: Any, obj: Any) -> bool:
        return obj.status in self.sources and self.allowed(actor, obj)


def perform(
    step: Transition,
    obj: Any,
    *,
    actor: Any,
    seen_version: int,
    reason: str = "",
    record: Mapping[str, Any] | None = None,
    into: Writes | None = None,
    **changes: Any,
) -> Any:
    """Take ``step`` on ``obj``, write ``changes`` with it, and record it.

    ``record`` fills the columns that the step model of ``obj`` has beside those of
    :class:`StepRecord`.

    The row is locked and read again first, so the checks hold for what is
    stored and not for what the caller loaded. Returns that fresh instance;
    ``obj`` itself is left as it was. Only who has locked and read ``obj`` in a transaction of
    its own may give ``into``: then the writes join that caller's, and ``obj`` is returned.

    Raises ``PermissionDenied`` when ``actor`` may not take the step,
    :class:`StaleError` when someone wrote after ``seen_version``, and
    :class:`TransitionRefusedError` when the status does not allow the step or
    a needed reason is blank.
    """
    words: dict[str, Any] = {"seen_version": seen_version, "reason": reason.strip()}
    if into is not None:
        return _take(into, step, obj, actor, record or {}, changes, **words)
    with transaction.atomic():
        writes = Writes()
        fresh = _take(writes, step, _locked(obj), actor, record or {}, changes, **words)
        writes.execute()
    return fresh


def _take(
    writes: Writes,
    step: Transition,
    fresh: Any,
    actor: Any,
    record: Mapping[str, Any],
    changes: Mapping[str, Any],
    *,
    seen_version: int,
    reason: str,
) -> Any:
    if not step.allowed(actor, fresh):
        raise PermissionDenied
    if fresh.status not in step.sources:
        raise TransitionRefusedError(
            f"Không “{step.label}” được nữa: hiện đã là “{fresh.get_status_display()}”, "
            "có thể người khác vừa xử lý."
        )
    if fresh.version != seen_version:
        raise StaleError(fresh)
    if step.needs_reason and not reason:
        raise TransitionRefusedError("Cần ghi lý do.")

    steps = type(fresh).steps.field
    writes.insert_all(
        steps.model,
        [
            {
                steps.attname: fresh.pk,
                "name": step.name,
                "from_status": str(fresh.status),
                "to_status": str(step.target),
                "actor_id": actor.pk,
                "reason": reason,
                "created_at": timezone.now(),
                **record,
            }
        ],
    )
    writes.update(fresh, _changed(fresh, status=step.target, **changes))
    return fresh


@transaction.atomic
def save_seen(obj: Any, *, seen_version: int, **changes: Any) -> Any:
    """Write ``changes`` on a versioned row if nobody wrote after ``seen_version``.

    Returns the fresh instance; raises :class:`StaleError` otherwise.
    """
    fresh = _locked(obj)
    if fresh.version != seen_version:
        raise StaleError(fresh)
    fresh.save(update_fields=_changed(fresh, **changes))
    return fresh


def _locked(obj: Any) -> Any:
    # On SQLite the lock is the IMMEDIATE transaction itself.
    rows = type(obj)._default_manager.select_for_update(of=("self",))
    fresh = rows.filter(pk=obj.pk).first()
    if fresh is None:
        raise TransitionRefusedError("Mục này vừa có người bỏ đi, không còn nữa.")
    return fresh


def _changed(fresh: Any, **changes: Any) -> list[str]:
    """Give ``fresh`` its new values; the names of the fields to write."""
    for field, value in changes.items():
        setattr(fresh, field, value)
    fresh.version += 1
    return ["version", "updated_at", *changes]
