"""What the history pages say about the forms of a content: versions, compared two by two."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from core.history import Entry, Kind
from outreach.content import kinds, workflow
from outreach.content.models import Piece
from units.history import OWNER_STAYS, page_of

CLOSED = "Bản đã trình duyệt thì không sửa; nhờ trả lại trước."
# The status has its one writer; its changes are told by the steps.
HIDDEN = frozenset({"status", "slug", "author", "due_at", "published_at", "is_forced"})


def _steps(piece: Piece) -> Iterable[Entry]:
    return [
        Entry(step.created_at, str(step.actor), workflow.LABELS[step.name], reason=step.reason)
        for step in piece.steps.select_related("actor")  # type: ignore[attr-defined]
    ]


def _refuse(piece: Piece, wanted: Mapping[str, Any]) -> Mapping[str, str]:
    return {} if piece.is_open else dict.fromkeys(wanted, CLOSED)


def history_of(kind: kinds.Kind) -> Kind:
    fixed = OWNER_STAYS | {"picture": "Ảnh thay ở trang sửa."}
    return Kind(
        slug=kind.slug,
        model=kind.model,
        section="outreach",
        url=page_of,
        hidden=HIDDEN,
        fixed=fixed,
        steps=_steps,
        refuse=_refuse,
    )
