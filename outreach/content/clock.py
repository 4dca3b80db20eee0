"""What the command does each minute: publishes what is due, withdraws what is over.

Safe to run twice and beside itself: a row is taken under its lock, and who comes second passes it
by or finds that it has moved on.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.db import connection, transaction
from django.db.models import OuterRef, Q, Subquery
from django.utils import timezone

from core.statements import Writes
from core.text import format_date
from core.workflow import Transition, perform
from outreach.content import kinds
from outreach.content.models import Piece, Status
from outreach.content.workflow import DUE, EXPIRE, HELD_BACK, lapse_of, refusal_of, said
from plans.models import LegalInstrument
from products.models import touch

CHUNK = 100  # rows of one transaction


@dataclass
class Done:
    published: int = 0
    held_back: int = 0
    withdrawn: int = 0

    @property
    def total(self) -> int:
        return self.published + self.held_back + self.withdrawn


def run(now: dt.datetime | None = None) -> Done:
    """Everything that is due at ``now``; the public pages are told once a transaction."""
    now = now or timezone.now()
    done = Done()
    for kind in kinds.every():
        if kind.model.is_automatic:
            while _chunk(kind.model, _due(kind.model, now), _go_out, now, done):
                pass
        while _chunk(kind.model, _over(kind.model, now), _go_down, now, done):
            pass
    return done


def _due(model: type[Piece], now: dt.datetime) -> Any:
    return model._default_manager.due(now)  # type: ignore[attr-defined]


def _over(model: type[Piece], now: dt.datetime) -> Any:
    """Published, and past its last day or on an instrument that expired with none in its place."""
    expired = LegalInstrument.objects.filter(status=LegalInstrument.Status.EXPIRED)
    through: Any = model.bases.through
    name = model._meta.model_name
    on_expired = through._default_manager.filter(legalinstrument__in=expired).values(name)
    rows: Any = model._default_manager.filter(status=Status.PUBLISHED)
    today = timezone.localdate(now)
    return rows.filter(Q(expires_on__lte=today) | Q(pk__in=on_expired)).order_by("pk")


def _chunk(model: type[Piece], rows: Any, act: Any, now: dt.datetime, done: Done) -> int:
    """Take the first of ``rows`` under their locks; how many there were."""
    with transaction.atomic():
        # On SQLite the lock is the IMMEDIATE transaction itself.
        skip = connection.features.has_select_for_update_skip_locked
        locked = rows.select_related("author").select_for_update(of=("self",), skip_locked=skip)
        found = list(locked[:CHUNK])
        if not found:
            return 0
        actors = _last_actors(model, found)
        lapsed = _lapsed(model, found)
        writes = Writes()
        for piece in found:
            act(piece, actors[piece.pk], lapsed.get(piece.pk), now, writes, done)
        writes.execute()
        touch()
    return len(found)


def _go_out(
    piece: Piece, actor: Any, lapsed: Any, now: dt.datetime, writes: Writes, done: Done
) -> None:
    reason = refusal_of(piece, lapsed or [])
    if reason:
        done.held_back += 1
        _step(HELD_BACK, piece, actor, writes, reason, due_at=None)
        return
    done.published += 1
    told = f"Hẹn {said(piece.due_at)}." if piece.due_at else ""
    _step(DUE, piece, actor, writes, told, published_at=now, due_at=None)


def _go_down(
    piece: Piece, actor: Any, lapsed: Any, now: dt.datetime, writes: Writes, done: Done
) -> None:
    done.withdrawn += 1
    gone = [basis for basis in lapsed or [] if basis.status == LegalInstrument.Status.EXPIRED]
    if gone:
        reason = f"Căn cứ {lapse_of(gone[0])}."
    else:
        reason = f"Hết hạn từ {format_date(piece.expires_on or timezone.localdate(now))}."
    _step(EXPIRE, piece, actor, writes, reason, is_forced=False)


def _step(
    step: Transition, piece: Piece, actor: Any, writes: Writes, reason: str, **changes: Any
) -> None:
    perform(
        step,
        piece,
        actor=actor,
        seen_version=piece.version,
        reason=reason,
        into=writes,
        **changes,
    )


def _last_actors(model: type[Piece], pieces: list[Any]) -> dict[int, Any]:
    """Whose decision the clock carries out: who took the last step with each; one query."""
    steps: Any = model.steps.field.model  # type: ignore[attr-defined]
    name = model.steps.field.name  # type: ignore[attr-defined]
    newest = steps._default_manager.filter(**{name: OuterRef(name)}).order_by("-pk").values("pk")
    rows = steps._default_manager.filter(
        **{f"{name}__in": [piece.pk for piece in pieces]}, pk=Subquery(newest[:1])
    ).select_related("actor")
    found = {getattr(row, f"{name}_id"): row.actor for row in rows}
    return {piece.pk: found.get(piece.pk) or piece.author for piece in pieces}


def _lapsed(model: type[Piece], pieces: list[Any]) -> dict[int, list[LegalInstrument]]:
    """The instruments below each of ``pieces`` that hold no more; one query."""
    name = model._meta.model_name
    through: Any = model.bases.through
    rows = (
        through._default_manager.filter(**{f"{name}__in": [piece.pk for piece in pieces]})
        .exclude(legalinstrument__status=LegalInstrument.Status.IN_FORCE)
        .select_related("legalinstrument__successor")
        .order_by("pk")
    )
    found: dict[int, list[LegalInstrument]] = {}
    for row in rows:
        found.setdefault(getattr(row, f"{name}_id"), []).append(row.legalinstrument)
    return found
