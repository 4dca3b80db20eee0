"""Links for leaders: made, found, taken back; the line for a draft in Word."""

from __future__ import annotations

import datetime as dt
import hashlib
import secrets
from typing import Any

from django.contrib.auth.hashers import make_password
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from accounts.models import User
from approvals import kinds, rules
from approvals.models import ApprovalRequest, ApprovalRequestQuerySet, ApprovalRest, Status
from approvals.workflow import REVOKE
from core.text import format_date
from core.workflow import StaleError, TransitionRefusedError, perform
from units import links
from units.links.cards import fresh_pin
from units.models import Unit

BYTES = 24  # 32 characters in the address
DEFAULT_HOURS = 72


def make(
    kind: kinds.Kind,
    row: Any,
    *,
    leader: User,
    actor: Any,
    seen_version: int,
    hours: int = DEFAULT_HOURS,
) -> tuple[ApprovalRequest, str, str]:
    """A link for ``leader`` on ``row`` as it was seen: the request, its token, its PIN.

    Nobody can read the token or the PIN again later. A link that is still open for the same
    leader and document is revoked. Raises ``PermissionDenied``,
    :class:`~core.workflow.StaleError` when the document changed since, and
    :class:`~core.workflow.TransitionRefusedError` when it cannot be approved now.
    """
    token, pin = secrets.token_urlsafe(BYTES), fresh_pin()
    hashed = make_password(pin)  # slow, so before the lock
    with transaction.atomic():
        owner = Unit.objects.select_for_update().get(pk=row.scope_unit.ward.pk)
        if not rules.may_ask(actor, kind, row):
            raise PermissionDenied
        fresh = kind.find(row.pk)
        if fresh is None or fresh.version != seen_version:
            raise StaleError(fresh)
        if sentence := kind.refusal(fresh):
            raise TransitionRefusedError(sentence)
        if not rules.leaders_of(owner).filter(pk=leader.pk).exists():
            raise TransitionRefusedError("Đồng chí này hôm nay không còn là lãnh đạo của phường.")
        if sentence := kind.refusal_for(fresh, leader):
            raise TransitionRefusedError(sentence)
        _revoke_older(kind, row, leader, actor)
        now = timezone.now()
        made = ApprovalRequest.objects.create(
            owner=owner,
            kind=kind.key,
            target=row.pk,
            title=kind.title(fresh)[:300],
            target_version=fresh.version,
            leader=leader,
            made_by=actor,
            made_at=now,
            expires_at=now + dt.timedelta(hours=hours),
            token_hash=hash_of(token),
            pin=hashed,
        )
    return made, token, pin


def find(token: str) -> ApprovalRequest | None:
    """The request of ``token``, in whatever state."""
    rows = ApprovalRequest.objects.select_related("leader", "made_by", "owner")
    return rows.filter(token_hash=hash_of(token)).first()


def hash_of(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def try_pin(request: ApprovalRequest, typed: str) -> None:
    """Return when ``typed`` is the PIN; raise a :class:`units.links.PinError` when not."""
    links.try_pin(ApprovalRequest.objects.usable(), request.pk, typed, tell=_tell)


def _tell(request: ApprovalRequest, now: dt.datetime) -> ApprovalRest:
    return ApprovalRest.objects.create(request=request, at=now)


def revoke(request: ApprovalRequest, *, actor: Any, seen_version: int) -> ApprovalRequest:
    """The link opens nothing any more. Raises what :func:`core.workflow.perform` raises."""
    return perform(REVOKE, request, actor=actor, seen_version=seen_version)


def what_changed(request: ApprovalRequest, kind: kinds.Kind, row: Any) -> str:
    """When and to what ``row`` changed since the link was made, a sentence; empty if it did not."""
    if row is None:
        return "Văn bản không còn trên cổng."
    if row.version == request.target_version:
        return ""
    at = timezone.localtime(row.updated_at)
    title = kind.title(row)[:300]
    renamed = f" Tên văn bản nay là: {title}." if title != request.title else ""
    return (
        f"Sửa lần cuối lúc {at:%H:%M} ngày {format_date(at.date())}; "
        f"văn bản nay ở trạng thái “{row.get_status_display()}”.{renamed}"
    )


def stalled(rows: ApprovalRequestQuerySet) -> list[int]:
    """The keys of those of ``rows`` that nobody decided and nobody can decide any more: expired,
    or the document changed. A document that has got a newer link, or that a leader has decided
    meanwhile, waits for nothing. One query, however many kinds of documents there are.
    """
    others = ApprovalRequest.objects.filter(kind=OuterRef("kind"), target=OuterRef("target"))
    settled = others.filter(
        Q(pk__gt=OuterRef("pk"), status=Status.OPEN) | Q(decided_at__gt=OuterRef("made_at"))
    )
    unchanged = Q()
    for kind in kinds.every():
        same = kind.rows().filter(pk=OuterRef("target"), version=OuterRef("target_version"))
        unchanged |= Q(Exists(same.order_by()), kind=kind.key)
    found = rows.filter(~Exists(settled), status=Status.OPEN).order_by()
    late = found.exclude(Q(unchanged, expires_at__gt=timezone.now()))
    return list(late.values_list("pk", flat=True))


def _revoke_older(kind: kinds.Kind, row: Any, leader: User, actor: Any) -> None:
    older = ApprovalRequest.objects.filter(
        kind=kind.key, target=row.pk, leader=leader, status=Status.OPEN
    )
    for request in older.select_for_update():
        perform(
            REVOKE,
            request,
            actor=actor,
            seen_version=request.version,
            reason="Đã tạo đường dẫn mới.",
        )


@transaction.atomic
def note(request: ApprovalRequest, *, actor: Any) -> None:
    """The office has seen what was returned, and that wrong PINs were tried."""
    now = timezone.now()
    request.rests.filter(noted_at__isnull=True).update(noted_at=now, noted_by=actor)
    told = ApprovalRequest.objects.to_tell().filter(pk=request.pk)
    told.update(noted_at=now, noted_by=actor)


def of_row(kind_key: str, pk: int) -> list[ApprovalRequest]:
    """Every request on one document, newest first; one query."""
    rows = ApprovalRequest.objects.filter(kind=kind_key, target=pk)
    return list(rows.select_related("leader", "made_by"))


def stamp_of(kind_key: str, pk: int) -> str:
    """ "Đồng chí Nguyễn Văn A đã duyệt lúc 9:41 ngày 21/4/2027, qua đường dẫn."; empty before."""
    rows = ApprovalRequest.objects.filter(kind=kind_key, target=pk, status=Status.APPROVED)
    found = rows.select_related("leader").order_by("-decided_at").first()
    if found is None or found.decided_at is None:
        return ""
    at = timezone.localtime(found.decided_at)
    return (
        f"Đồng chí {found.leader} đã duyệt lúc {at:%H:%M} ngày {format_date(at.date())}, "
        "qua đường dẫn."
    )
