"""The steps of a request. A decision uses up the link and moves the document in one transaction."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from approvals import kinds, rules
from approvals.models import ApprovalRequest, Status
from core.workflow import StaleError, Transition, TransitionRefusedError, perform

OPEN_IT = Transition(
    name="open",
    label="Mở xem",
    sources=frozenset({Status.OPEN}),
    target=Status.OPEN,
    allowed=rules.is_the_leader,
)
APPROVE = Transition(
    name="approve",
    label="Duyệt",
    sources=frozenset({Status.OPEN}),
    target=Status.APPROVED,
    allowed=rules.is_the_leader,
)
RETURN = Transition(
    name="return",
    label="Trả lại",
    sources=frozenset({Status.OPEN}),
    target=Status.RETURNED,
    allowed=rules.is_the_leader,
    needs_reason=True,
)
REVOKE = Transition(
    name="revoke",
    label="Thu hồi",
    sources=frozenset({Status.OPEN}),
    target=Status.REVOKED,
    allowed=rules.may_revoke,
)
STEPS = {step.name: step for step in (OPEN_IT, APPROVE, RETURN, REVOKE)}
LABELS = {name: step.label for name, step in STEPS.items()}

EXPIRED = "Đường dẫn này đã hết hạn. Đồng chí gọi văn phòng để nhận đường dẫn mới."
NOT_LEADER = (
    "Đồng chí nhận đường dẫn này hôm nay không còn là lãnh đạo của phường trên cổng. "
    "Đồng chí gọi văn phòng."
)
CHANGED = (
    "Văn bản đã được sửa sau khi gửi đường dẫn này, nên không quyết định trên bản này được. "
    "Đồng chí chờ văn phòng gửi đường dẫn mới."
)


def note_opening(request: ApprovalRequest, *, device: str) -> None:
    """Record the first right PIN. Who decided meanwhile has opened it too."""
    if request.opened_at is not None or request.status != Status.OPEN:
        return
    try:
        perform(
            OPEN_IT,
            request,
            actor=request.leader,
            seen_version=request.version,
            opened_at=timezone.now(),
            opened_on=device,
        )
    except TransitionRefusedError:
        return  # two phones at once: what the other did is recorded


@transaction.atomic
def decide(
    request: ApprovalRequest, step: Transition, *, seen_version: int, reason: str, device: str
) -> ApprovalRequest:
    """Approve or return the document as the leader whom the link was made for.

    Raises ``PermissionDenied`` when that person is no leader of the ward today, and
    :class:`~core.workflow.TransitionRefusedError` when the link is used up, revoked or
    expired, when the document has changed since, or when its own workflow refuses.
    """
    fresh = perform(
        step,
        request,
        actor=request.leader,
        seen_version=seen_version,
        reason=reason,
        decided_at=timezone.now(),
        decided_on=device,
        answer=reason.strip(),
    )
    if fresh.expires_at <= fresh.decided_at:
        raise TransitionRefusedError(EXPIRED)
    kind = kinds.get(fresh.kind)
    row = kind.find(fresh.target) if kind else None
    if kind is None or row is None or row.version != fresh.target_version:
        raise TransitionRefusedError(CHANGED)
    act = kind.approve if step is APPROVE else kind.send_back
    try:
        act(
            row,
            actor=request.leader,
            seen_version=fresh.target_version,
            reason=_told(step, fresh),
        )
    except StaleError as error:
        raise TransitionRefusedError(CHANGED) from error
    return fresh


def _told(step: Transition, request: ApprovalRequest) -> str:
    """What the history of the document says beside the leader's name."""
    how = f"{step.label} qua đường dẫn do {request.made_by} gửi; máy: {request.decided_on}."
    return f"{request.answer}\n{how}" if request.answer else how
