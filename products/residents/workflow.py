"""From a message to its outcome. The sender writes once; every step after it is the office's."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from core import erasures
from core.fingerprints import fingerprint
from core.text import format_date
from core.workflow import Transition, TransitionRefusedError, perform
from products.models import Category, PageRating, Product, Suggestion, SuggestionContact
from products.models.suggestion import CONSENT, KEPT_ANSWERED, KEPT_UNANSWERED
from products.residents import codes
from products.residents.about import About
from units.models import Unit

ERASURE = "products.contact"
Kind, Status, End = Suggestion.Kind, Suggestion.Status, Suggestion.End


def may_answer(user: Any, suggestion: Suggestion) -> bool:
    return user.has_perm("products.change_suggestion", suggestion)


def _step(name: str, label: str, sources: set[str], target: str, **more: Any) -> Transition:
    return Transition(
        name=name,
        label=label,
        sources=frozenset(sources),
        target=target,
        allowed=may_answer,
        **more,
    )


TAKE = _step("take", "Nhận xem xét", {Status.RECEIVED}, Status.CHECKING)
ANSWER = _step(
    "answer", "Trả lời", {Status.RECEIVED, Status.CHECKING, Status.ANSWERED}, Status.ANSWERED
)
ACCEPT = _step(
    "accept", "Đưa vào danh sách đề xuất", {Status.RECEIVED, Status.CHECKING}, Status.ACCEPTED
)
DISMISS = _step(
    "dismiss",
    "Không xử lý",
    {Status.RECEIVED, Status.CHECKING},
    Status.DISMISSED,
    needs_reason=True,
)
REOPEN = _step("reopen", "Mở lại", {Status.DISMISSED}, Status.CHECKING, needs_reason=True)
STEPS = {step.name: step for step in (TAKE, ANSWER, ACCEPT, DISMISS, REOPEN)}
THANKS = (
    "Cảm ơn bạn. Phường đã ghi mặt hàng này vào danh sách đề xuất và sẽ kiểm tra trước khi đăng."
)


def open_steps(suggestion: Suggestion, user: Any) -> list[Transition]:
    """The buttons to show; only goods that someone suggests become a candidate."""
    return [
        step
        for step in STEPS.values()
        if step.is_open_to(user, suggestion)
        and (step is not ACCEPT or suggestion.kind == Kind.PRODUCT)
    ]


def code_for(
    seed: str, *, kind: str, text: str, product_name: str, contact: str, about: About
) -> str:
    """The code of a message: the same form with the same words has one, with other words another."""
    return codes.code_of(fingerprint(seed, kind, product_name, text, about.page, contact))


@transaction.atomic
def send(
    ward: Unit,
    *,
    code: str,
    kind: str,
    text: str,
    product_name: str,
    contact: str,
    about: About,
) -> Suggestion:
    """Keep a message; sent twice, it is one. ``contact`` is only given with :data:`CONSENT`."""
    suggestion, is_new = Suggestion.objects.get_or_create(
        code_hash=codes.hash_of(code),
        defaults={
            "owner": ward,
            "kind": kind,
            "text": text,
            "product_name": product_name,
            "page": about.page,
            "product": about.product,
        },
    )
    if is_new and contact:
        now = timezone.now()
        SuggestionContact.objects.create(
            suggestion=suggestion,
            contact=contact,
            consent=CONSENT,
            consented_at=now,
            kept_until=timezone.localdate(now) + KEPT_UNANSWERED,
        )
    return suggestion


def find(ward: Unit, code: str) -> Suggestion | None:
    """The message of ``ward`` with this code."""
    rows = Suggestion.objects.filter(owner=ward, code_hash=codes.hash_of(code))
    return rows.select_related("candidate", "owner").first()


@transaction.atomic
def take(
    step: Transition,
    suggestion: Suggestion,
    *,
    actor: Any,
    seen_version: int,
    answer: str = "",
    reason: str = "",
    category: Category | None = None,
) -> Suggestion:
    """Take ``step``. Raises what :func:`core.workflow.perform` raises."""
    changes: dict[str, Any] = {}
    if step is ANSWER and not answer:
        raise TransitionRefusedError("Chưa có lời trả lời, mời đồng chí viết rồi bấm Trả lời.")
    if step is ACCEPT:
        if suggestion.kind != Kind.PRODUCT:
            raise TransitionRefusedError("Chỉ góp ý giới thiệu mặt hàng mới thành đề xuất.")
        answer = answer or THANKS
    if answer and step in (ANSWER, ACCEPT):
        changes = {"answer": answer, "answered_at": timezone.now(), "answered_by": actor}
    if step is ACCEPT:
        changes["candidate"] = _candidate(suggestion, category, actor)
    fresh = perform(
        step, suggestion, actor=actor, seen_version=seen_version, reason=reason, **changes
    )
    if step in (ANSWER, ACCEPT, DISMISS):
        _keep_contact_shorter(fresh)
    return fresh


def _candidate(suggestion: Suggestion, category: Category | None, actor: Any) -> Product:
    """The goods of this name that another suggestion has made already, else a new proposal."""
    # Two officers at two messages on the same goods make one candidate.
    Unit.objects.select_for_update().get(pk=suggestion.owner_id)
    twins = Suggestion.objects.filter(
        owner=suggestion.owner_id, name_key=suggestion.name_key, candidate__isnull=False
    )
    twin = twins.select_related("candidate").order_by("pk").first()
    if twin is not None:
        return twin.candidate
    if category is None:
        raise TransitionRefusedError("Chưa chọn loại hàng, mời đồng chí chọn rồi bấm lại.")
    day = format_date(timezone.localdate(suggestion.created_at))
    return Product.objects.create(
        owner=suggestion.owner,
        author=actor,
        category=category,
        name=suggestion.product_name,
        summary=suggestion.product_name,
        sources=f"Bà con giới thiệu ngày {day}, góp ý số {suggestion.pk}.",
    )


def _keep_contact_shorter(suggestion: Suggestion) -> None:
    until = timezone.localdate() + KEPT_ANSWERED
    rows = SuggestionContact.objects.filter(suggestion=suggestion, kept_until__gt=until)
    rows.update(kept_until=until)


@transaction.atomic
def withdraw_contact(suggestion: Suggestion) -> bool:
    """The sender takes the way to be reached back; ``False`` when there was none any more."""
    return bool(_end(SuggestionContact.objects.filter(suggestion=suggestion), End.WITHDRAWN))


@transaction.atomic
def delete_over(day: dt.date | None = None) -> int:
    """Delete every way to be reached whose time is over; how many."""
    return _end(SuggestionContact.objects.over(day), End.EXPIRED)


def _end(rows: Any, why: str) -> int:
    """Delete ``rows`` and note it, so that a backup from before does not bring them back."""
    today = timezone.localdate()
    found = dict(rows.values_list("suggestion", "suggestion__code_hash"))
    for code_hash in found.values():
        what = {"code_hash": code_hash, "why": str(why), "on": today.isoformat()}
        _erase(what)
        erasures.note(ERASURE, what)
    return len(found)


def _erase(what: dict[str, Any]) -> None:
    """Delete the way to be reached of one message, which is named by the hash of its code."""
    contacts = SuggestionContact.objects.filter(suggestion__code_hash=what["code_hash"])
    if contacts.delete()[0]:
        Suggestion.objects.filter(code_hash=what["code_hash"]).update(
            contact_ended=what["why"], contact_ended_on=what["on"]
        )


erasures.register(ERASURE, _erase)


@transaction.atomic
def rate(ward: Unit, page: str, score: int) -> None:
    """One more of ``score`` for ``page`` in this month."""
    month = timezone.localdate().replace(day=1)
    row, _ = PageRating.objects.get_or_create(owner=ward, page=page, month=month, score=score)
    PageRating.objects.filter(pk=row.pk).update(count=F("count") + 1)
