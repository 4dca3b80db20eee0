"""The way of any form of a content: draft, a second person, an hour, out, and back.

For all that is a :class:`outreach.content.models.Piece`, the loudspeaker's bulletins too.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db import transaction
from django.utils import timezone

from core.text import format_date
from core.workflow import Transition, TransitionRefusedError, perform
from outreach.content import rules
from outreach.content.models import OPEN, Piece, Status
from plans.models import LegalInstrument
from products.models import touch

SUBMIT = Transition(
    name="submit",
    label="Trình duyệt",
    sources=frozenset(OPEN),
    target=Status.SUBMITTED,
    allowed=rules.may_write,
)
RETURN = Transition(
    name="return",
    label="Trả lại để sửa",
    sources=frozenset({Status.SUBMITTED, Status.APPROVED, Status.SCHEDULED}),
    target=Status.RETURNED,
    allowed=rules.may_return,
    needs_reason=True,
)
APPROVE = Transition(
    name="approve",
    label="Duyệt",
    sources=frozenset({Status.SUBMITTED}),
    target=Status.APPROVED,
    allowed=rules.may_approve,
)
SCHEDULE = Transition(
    name="schedule",
    label="Hẹn giờ phát hành",
    sources=frozenset({Status.APPROVED, Status.SCHEDULED}),
    target=Status.SCHEDULED,
    allowed=rules.may_write,
)
UNSCHEDULE = Transition(
    name="unschedule",
    label="Bỏ hẹn giờ",
    sources=frozenset({Status.SCHEDULED}),
    target=Status.APPROVED,
    allowed=rules.may_write,
)
PUBLISH = Transition(
    name="publish",
    label="Phát hành ngay",
    sources=frozenset({Status.APPROVED, Status.SCHEDULED}),
    target=Status.PUBLISHED,
    allowed=rules.may_write,
)
FORCE = Transition(
    name=rules.FORCE,
    label="Phát hành gấp, kiểm tra sau",
    sources=frozenset({*OPEN, Status.SUBMITTED}),
    target=Status.PUBLISHED,
    allowed=rules.may_force,
    needs_reason=True,
)
CHECK = Transition(
    name="check",
    label="Đã kiểm tra bản phát hành gấp",
    sources=frozenset({Status.PUBLISHED}),
    target=Status.PUBLISHED,
    allowed=rules.may_check,
)
RENEW = Transition(
    name="renew",
    label="Vẫn đúng theo văn bản mới",
    sources=frozenset({Status.PUBLISHED}),
    target=Status.PUBLISHED,
    allowed=rules.may_return,
    needs_reason=True,
)
WITHDRAW = Transition(
    name="withdraw",
    label="Rút xuống",
    sources=frozenset({Status.PUBLISHED}),
    target=Status.WITHDRAWN,
    allowed=rules.may_return,
    needs_reason=True,
)
REOPEN = Transition(
    name="reopen",
    label="Mở lại để sửa",
    sources=frozenset({Status.WITHDRAWN}),
    target=Status.DRAFT,
    allowed=rules.may_write,
)
STEPS = {
    step.name: step
    for step in (
        SUBMIT,
        APPROVE,
        SCHEDULE,
        UNSCHEDULE,
        PUBLISH,
        CHECK,
        RENEW,
        REOPEN,
        RETURN,
        WITHDRAW,
        FORCE,
    )
}


def _by_the_clock(actor: Any, piece: Piece) -> bool:
    """Steps of the command: a person decided them before, so nobody is asked again."""
    return True


DUE = Transition(
    name="due",
    label="Phát hành theo giờ hẹn",
    sources=frozenset({Status.SCHEDULED}),
    target=Status.PUBLISHED,
    allowed=_by_the_clock,
)
HELD_BACK = Transition(
    name="held_back",
    label="Đến giờ hẹn nhưng không phát hành",
    sources=frozenset({Status.SCHEDULED}),
    target=Status.RETURNED,
    allowed=_by_the_clock,
    needs_reason=True,
)
EXPIRE = Transition(
    name="expire",
    label="Tự rút vì hết hạn",
    sources=frozenset({Status.PUBLISHED}),
    target=Status.WITHDRAWN,
    allowed=_by_the_clock,
    needs_reason=True,
)
LABELS = {step.name: step.label for step in (*STEPS.values(), DUE, HELD_BACK, EXPIRE)}
WENT_OUT = (PUBLISH.name, FORCE.name, DUE.name)  # what counts in the coverage

NEEDS_SOUND = (SUBMIT, APPROVE, SCHEDULE, PUBLISH, FORCE)


def open_steps(piece: Piece, user: Any) -> list[Transition]:
    """The buttons to show. Runs queries: call it for one piece, never per row."""
    return [
        step
        for step in STEPS.values()
        if step.is_open_to(user, piece) and _has_a_use(step, piece, user)
    ]


def _has_a_use(step: Transition, piece: Piece, user: Any) -> bool:
    """No button for what would change nothing, nor for force where the ordinary way is open."""
    if step is CHECK:
        return piece.is_forced
    if step is RENEW:
        return bool(piece.lapsed_bases())
    if step is FORCE:
        return not (piece.status == Status.SUBMITTED and rules.may_approve(user, piece))
    return True


def why_not_approve(piece: Piece, user: Any) -> str:
    """The sentence for who could approve, were the piece not the person's own work; "" else."""
    may = user.has_perm(rules.action("approve", piece), piece)
    if piece.status != Status.SUBMITTED or not may or rules.may_approve(user, piece):
        return ""
    return (
        "Đồng chí đã soạn hoặc sửa nội dung này nên không tự duyệt được; người thứ hai duyệt, "
        "người ấy thấy việc này ở trang Hôm nay."
    )


def refusal_of(piece: Piece, lapsed: list[LegalInstrument] | None = None) -> str:
    """Why ``piece`` cannot go out as it is; "" when it can. ``lapsed`` saves the query."""
    for basis in piece.lapsed_bases() if lapsed is None else lapsed:
        return f"Căn cứ {lapse_of(basis)}. Sửa lời và căn cứ cho đúng rồi trình lại."
    if piece.expires_on is not None and piece.is_over:
        return f"Nội dung này đã hết hạn từ {format_date(piece.expires_on)}. Sửa hạn rồi trình lại."
    return piece.fault()


def said(moment: dt.datetime) -> str:
    """ "07:30 ngày 21/4/2027", by the ward's clock."""
    here = timezone.localtime(moment)
    return f"{here:%H:%M} ngày {format_date(here.date())}"


def lapse_of(basis: LegalInstrument) -> str:
    """ "Nghị định 08/2018/NĐ-CP đã được thay thế bằng Nghị định 12/2027/NĐ-CP"."""
    words = f"{basis} {basis.get_status_display()}"
    return f"{words} bằng {basis.successor}" if basis.successor else words


@transaction.atomic
def take(
    step: Transition,
    piece: Piece,
    *,
    actor: Any,
    seen_version: int,
    reason: str = "",
    due_at: dt.datetime | None = None,
) -> Any:
    """Take ``step``; ``due_at`` goes with SCHEDULE. Raises what ``core.workflow.perform`` raises.

    An author who approves the own work is told why in a sentence, not shut out.
    """
    if step is APPROVE and (refusal := why_not_approve(piece, actor)):
        raise TransitionRefusedError(refusal)
    changes = _changes(step, due_at, timezone.now())
    fresh = perform(step, piece, actor=actor, seen_version=seen_version, reason=reason, **changes)
    if step in NEEDS_SOUND and (refusal := refusal_of(fresh)):
        raise TransitionRefusedError(refusal)
    if step is CHECK and not piece.is_forced:
        raise TransitionRefusedError("Bản này không phát hành gấp, không có gì phải kiểm tra lại.")
    if step is RENEW:
        _rest_on_the_new(fresh, actor)
    touch()  # what the public pages keep is no longer good
    return fresh


def _changes(step: Transition, due_at: dt.datetime | None, now: dt.datetime) -> dict[str, Any]:
    if step is SCHEDULE:
        if due_at is None:
            raise TransitionRefusedError("Đồng chí ghi ngày và giờ phát hành rồi bấm lại.")
        if due_at <= now:
            raise TransitionRefusedError(
                f"Giờ hẹn {said(due_at)} đã qua. Chọn giờ sau bây giờ, hoặc phát hành ngay."
            )
        return {"due_at": due_at}
    if step in (UNSCHEDULE, RETURN):
        return {"due_at": None}
    if step in (PUBLISH, FORCE):
        return {"published_at": now, "due_at": None, "is_forced": step is FORCE}
    if step in (CHECK, WITHDRAW):
        return {"is_forced": False}
    return {}


def _rest_on_the_new(piece: Piece, actor: Any) -> None:
    """Put the successor that holds in the place of each instrument that does not."""
    for old in piece.lapsed_bases():
        new, seen = old, set()
        while new is not None and not new.holds and new.pk not in seen:
            seen.add(new.pk)
            new = new.successor
        if new is None or not new.holds:
            raise TransitionRefusedError(
                f"Sổ căn cứ chưa ghi văn bản nào còn hiệu lực thay cho {old}. "
                "Ghi văn bản mới vào sổ trước, hoặc rút xuống."
            )
        piece._change_reason, piece._history_user = RENEW.label, actor  # type: ignore[attr-defined]
        piece.bases.remove(old)
        piece.bases.add(new)
