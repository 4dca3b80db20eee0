"""When goods go onto the public pages and off them."""

from __future__ import annotations

from typing import Any

from django.db import transaction

from core.workflow import Transition, TransitionRefusedError, perform
from products import rules
from products.models import Product

Status = Product.Status

PUBLISH = Transition(
    name="publish",
    label="Đăng lên trang công khai",
    sources=frozenset({Status.DRAFT, Status.WITHDRAWN}),
    target=Status.PUBLISHED,
    allowed=rules.may_publish,
)
WITHDRAW = Transition(
    name="withdraw",
    label="Rút xuống",
    sources=frozenset({Status.PUBLISHED}),
    target=Status.WITHDRAWN,
    allowed=rules.may_publish,
    needs_reason=True,
)
STEPS = {step.name: step for step in (PUBLISH, WITHDRAW)}


def open_steps(product: Product, user: Any) -> list[Transition]:
    """The buttons to show for one product."""
    return [step for step in STEPS.values() if step.is_open_to(user, product)]


@transaction.atomic
def take(
    step: Transition, product: Product, *, actor: Any, seen_version: int, reason: str = ""
) -> Product:
    """Take ``step``. Raises what :func:`core.workflow.perform` raises."""
    if step is PUBLISH and not product.why_recommended.strip():
        raise TransitionRefusedError(
            "Chưa đăng được: hãy viết “Vì sao được giới thiệu” cho mặt hàng này rồi đăng."
        )
    return perform(step, product, actor=actor, seen_version=seen_version, reason=reason)
