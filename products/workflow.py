"""From a proposal to the public pages and off them: checked by one person, approved by another."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils import timezone

from core.workflow import Transition, TransitionRefusedError, perform
from products import rules
from products.models import Product, touch

Status = Product.Status

CHECK = Transition(
    name="check",
    label="Đã kiểm tra, trình duyệt",
    sources=frozenset({Status.DRAFT}),
    target=Status.CHECKED,
    allowed=rules.may_write,
)
PUBLISH = Transition(
    name="publish",
    label="Duyệt và đăng",
    sources=frozenset({Status.CHECKED}),
    target=Status.PUBLISHED,
    allowed=rules.may_approve,
)
RETURN = Transition(
    name="return",
    label="Trả lại để sửa",
    sources=frozenset({Status.CHECKED}),
    target=Status.DRAFT,
    allowed=rules.may_return,
    needs_reason=True,
)
FEATURE = Transition(
    name="feature",
    label=rules.FEATURED,
    sources=frozenset({Status.PUBLISHED}),
    target=Status.PUBLISHED,
    allowed=rules.may_write,
)
UNFEATURE = Transition(
    name="unfeature",
    label=rules.UNFEATURED,
    sources=frozenset({Status.PUBLISHED}),
    target=Status.PUBLISHED,
    allowed=rules.may_write,
)
CONFIRM = Transition(
    name="confirm",
    label="Đồng ý bản đã sửa",
    sources=frozenset({Status.PUBLISHED}),
    target=Status.PUBLISHED,
    allowed=rules.may_confirm,
)
RECHECK = Transition(
    name="recheck",
    label="Đã đối chiếu lại hôm nay",
    sources=frozenset({Status.PUBLISHED}),
    target=Status.PUBLISHED,
    allowed=rules.may_write,
)
LAPSE = Transition(
    name="lapse",
    label="Ngừng vì hết hiệu lực",
    sources=frozenset({Status.PUBLISHED}),
    target=Status.LAPSED,
    allowed=rules.may_write,
    needs_reason=True,
)
WITHDRAW = Transition(
    name="withdraw",
    label="Rút xuống",
    sources=frozenset({Status.PUBLISHED}),
    target=Status.WITHDRAWN,
    allowed=rules.may_write,
    needs_reason=True,
)
REOPEN = Transition(
    name="reopen",
    label="Đưa lại vào đề xuất",
    sources=frozenset({Status.WITHDRAWN, Status.LAPSED}),
    target=Status.DRAFT,
    allowed=rules.may_write,
)
STEPS = {
    step.name: step
    for step in (
        CHECK,
        PUBLISH,
        CONFIRM,
        RECHECK,
        FEATURE,
        UNFEATURE,
        RETURN,
        LAPSE,
        WITHDRAW,
        REOPEN,
    )
}


@dataclass(frozen=True)
class Dates:
    """From which day on the goods stand on the home page, and the first day on which not."""

    first: dt.date | None = None
    over: dt.date | None = None


def open_steps(product: Product, user: Any) -> list[Transition]:
    """The buttons to show. Runs queries: call it for one product, never per row."""
    return [
        step
        for step in STEPS.values()
        if step.is_open_to(user, product) and _has_a_use(step, product)
    ]


def _has_a_use(step: Transition, product: Product) -> bool:
    """No button for what would change nothing. Who sends it all the same is no wrongdoer."""
    if step is UNFEATURE:
        return product.is_featured
    if step is CONFIRM:
        return bool(rules.editors_since(product))
    if step is LAPSE:
        claims: Any = product.recognitions
        return claims.exists() and not claims.holding_on().exists()
    return True


def why_not_approve(product: Product, user: Any) -> str:
    """The sentence for who could approve, were the goods not the person's own work; "" else."""
    may = user.has_perm("products.approve_product", product)
    if product.status != Status.CHECKED or not may or rules.may_approve(user, product):
        return ""
    return (
        "Đồng chí đã đề xuất, kiểm tra hoặc sửa mặt hàng này, nên người khác phải duyệt; người "
        "duyệt thấy mặt hàng này ở trang Hôm nay."
    )


@transaction.atomic
def take(
    step: Transition,
    product: Product,
    *,
    actor: Any,
    seen_version: int,
    reason: str = "",
    dates: Dates | None = None,
) -> Product:
    """Take ``step``; ``dates`` go with FEATURE. Raises what :func:`core.workflow.perform` raises."""
    changes: dict[str, Any] = {}
    if step is CHECK:
        _is_complete(product)
    if step in (CHECK, RECHECK):
        changes = {"checked_on": timezone.localdate(), "checked_by": actor}
    fresh = perform(step, product, actor=actor, seen_version=seen_version, reason=reason, **changes)
    if step in (FEATURE, UNFEATURE):
        _feature(fresh, step, dates or Dates(), actor)
    touch()  # the step engine writes past the model
    return fresh


def _is_complete(product: Product) -> None:
    if not product.why_recommended.strip():
        raise TransitionRefusedError(
            "Chưa trình duyệt được: hãy viết “Vì sao được giới thiệu” cho mặt hàng này trước."
        )


def _feature(product: Product, step: Transition, dates: Dates, actor: Any) -> None:
    """By ``save``, so that the dates have their states in the history and can come back."""
    if dates.first and dates.over and dates.over <= dates.first:
        raise TransitionRefusedError("Ngày thôi đưa lên trang đầu phải sau ngày bắt đầu.")
    product.is_featured = step is FEATURE
    product.featured_from, product.featured_to = dates.first, dates.over
    product._change_reason, product._history_user = step.label, actor
    product.save(update_fields=["is_featured", "featured_from", "featured_to"])
