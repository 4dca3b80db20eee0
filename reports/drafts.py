"""What is being typed, kept at the ward as typed, the same on every phone."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from core.workflow import StaleError, TransitionRefusedError
from reports import rules, workflow
from reports.answers import Paper
from reports.forms import BESIDE, as_typed
from reports.models import Draft, MonthlyReport, Status
from reports.stored import answers_of

# Parts that stand on another's screen: absent from the draft while nothing is typed there.
SMALL = frozenset(part for parts in BESIDE.values() for part in parts)
CLOSED = (
    "Phường đã tiếp nhận báo cáo này nên không sửa được nữa. "
    "Đồng chí gọi văn phòng để mở lại báo cáo."
)
CLOSED_FOR_OFFICE = (
    "Báo cáo này đã được tiếp nhận nên không nhập thêm được. "
    "Đồng chí mở lại báo cáo trước, rồi nhập."
)


@dataclass(frozen=True)
class Typed:
    """The text to show in the boxes, and whether it waits to be handed in."""

    content: dict[str, Any] = field(default_factory=dict)
    version: int = 0
    is_unsent: bool = False
    saved_at: dt.datetime | None = None
    saved_by: Any = None


class DraftConflictError(Exception):
    """Someone changed the same screen meanwhile. ``theirs`` is kept, ``mine`` is not."""

    def __init__(self, part: str, *, mine: Mapping[str, Any], theirs: Typed) -> None:
        super().__init__("Có người vừa sửa phần này.")
        self.part = part
        self.mine = dict(mine)
        self.theirs = theirs


def typed_for(report: MonthlyReport | None, paper: Paper) -> Typed:
    """What the boxes show: the draft, or what was handed in, or nothing."""
    if report is None:
        return Typed()
    draft = Draft.objects.select_related("saved_by").filter(report=report).first()
    if draft is None:
        return Typed(content=_live(report, paper))
    if not draft.content:
        return Typed(content=_live(report, paper), version=draft.version)
    return Typed(draft.content, draft.version, True, draft.saved_at, draft.saved_by)


@transaction.atomic
def save_part(
    paper: Paper,
    part: str,
    typed: Mapping[str, Any],
    *,
    actor: Any,
    seen_version: int,
    beside: Mapping[str, Mapping[str, Any]] | None = None,
    now: dt.datetime | None = None,
) -> Draft:
    """Keep what was typed on one screen, right or wrong. The first call makes the report.

    ``beside`` are the small parts that stand on the same screen, see :data:`reports.forms.BESIDE`.

    Screens that others changed meanwhile are left alone; raises :class:`DraftConflictError`
    when it was this one and the text differs, ``PermissionDenied`` for anyone but the unit's
    secretary, and :class:`core.workflow.TransitionRefusedError` after the report was accepted.
    """
    report = workflow.report_for(paper)
    report = MonthlyReport.objects.select_for_update(of=("self",)).get(pk=report.pk)
    if not rules.may_submit(actor, report):
        raise PermissionDenied
    if report.status == Status.ACCEPTED:
        raise TransitionRefusedError(CLOSED)
    current = typed_for(report, paper)
    draft, _ = Draft.objects.get_or_create(report=report)
    screen = {part: typed, **(beside or {})}
    for name, text in screen.items():
        changed_since = draft.part_versions.get(name, 0) > seen_version
        if changed_since and current.content.get(name, {}) != text:
            raise DraftConflictError(part, mine=typed, theirs=current)
    changed = [name for name, text in screen.items() if current.content.get(name, {}) != text]
    return _keep(draft, _with(current.content, screen), changed, paper, actor, now)


@transaction.atomic
def keep_sent(
    paper: Paper,
    content: Mapping[str, Mapping[str, Any]],
    *,
    actor: Any,
    seen_version: int,
    now: dt.datetime | None = None,
) -> Draft:
    """Keep a whole draft that came to be handed in and could not be, whatever the report's status.

    A part that someone else typed after ``seen_version``, and that waits, stays theirs. Nothing
    is refused for its status. Raises ``PermissionDenied`` for anyone but the unit's
    secretary.
    """
    report = workflow.report_for(paper)
    report = MonthlyReport.objects.select_for_update(of=("self",)).get(pk=report.pk)
    if not rules.may_submit(actor, report):
        raise PermissionDenied
    current = typed_for(report, paper)
    draft, _ = Draft.objects.get_or_create(report=report)
    taken = {
        part: typed
        for part, typed in content.items()
        if not (current.is_unsent and draft.part_versions.get(part, 0) > seen_version)
    }
    changed = [name for name, typed in taken.items() if current.content.get(name, {}) != typed]
    return _keep(draft, _with(current.content, taken), changed, paper, actor, now)


@transaction.atomic
def receive(
    paper: Paper,
    content: Mapping[str, Any],
    *,
    actor: Any,
    seen_version: int,
    now: dt.datetime | None = None,
) -> Draft:
    """Make ``content``, a whole draft that came to the office by another way, the unit's draft.

    It is never handed in by this: the secretary reads it and does. Raises ``PermissionDenied``
    for anyone but a reviewer of the unit, :class:`core.workflow.StaleError` when the draft changed
    after ``seen_version``, :class:`core.workflow.TransitionRefusedError` after the report was accepted.
    """
    report = workflow.report_for(paper)
    report = MonthlyReport.objects.select_for_update(of=("self",)).get(pk=report.pk)
    if not rules.may_key_in(actor, report):
        raise PermissionDenied
    if report.status == Status.ACCEPTED:
        raise TransitionRefusedError(CLOSED_FOR_OFFICE)
    current = typed_for(report, paper)
    if current.version != seen_version:
        raise StaleError(report)
    draft, _ = Draft.objects.get_or_create(report=report)
    changed = [
        part
        for part in {**current.content, **content}
        if current.content.get(part, {}) != content.get(part, {})
    ]
    return _keep(draft, dict(content), changed, paper, actor, now)


@transaction.atomic
def discard(report: MonthlyReport, *, actor: Any, seen_version: int) -> None:
    """Throw away what waits; what was handed in stays.

    Raises :class:`core.workflow.StaleError` when the draft changed after ``seen_version``.
    """
    if not rules.may_submit(actor, report):
        raise PermissionDenied
    draft = Draft.objects.select_for_update().filter(report=report).first()
    if draft is not None and draft.content:
        if draft.version != seen_version:
            raise StaleError(report)
        draft.version += 1
        draft.part_versions = dict.fromkeys(draft.content, draft.version)
        draft.content, draft.saved_at, draft.saved_by = {}, timezone.now(), actor
        draft.save()


def _with(content: Mapping[str, Any], screen: Mapping[str, Mapping[str, Any]]) -> dict[str, Any]:
    """``content`` with ``screen`` in it; a small part with nothing typed is left out."""
    new = {**content, **{part: dict(typed) for part, typed in screen.items()}}
    return {part: typed for part, typed in new.items() if typed or part not in SMALL}


def _keep(
    draft: Draft,
    content: dict[str, Any],
    changed: list[str],
    paper: Paper,
    actor: Any,
    now: dt.datetime | None,
) -> Draft:
    if draft.report.first_submitted_at and content == _live(draft.report, paper):
        content = {}  # looked through without a change: nothing waits
    if content == draft.content:
        return draft
    draft.version += 1
    draft.part_versions = {**draft.part_versions, **dict.fromkeys(changed, draft.version)}
    draft.content, draft.saved_at, draft.saved_by = content, now or timezone.now(), actor
    draft.save()
    return draft


def _live(report: MonthlyReport, paper: Paper) -> dict[str, Any]:
    if report.first_submitted_at is None:
        return {}
    return as_typed(paper, answers_of(report))
