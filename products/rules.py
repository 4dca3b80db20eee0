"""Who may do what with goods."""

from __future__ import annotations

from typing import Any

from django.db.models import Q

from products.models import Product

TOLD = ("check", "publish", "confirm")  # steps by which a person stands for the text as it is
FEATURED, UNFEATURED = "Đưa lên trang đầu", "Thôi đưa lên trang đầu"
TOGETHER = "Sửa nhiều mặt hàng cùng lúc"
ONLY_SHOPS = "Chỉ sửa nơi bán"
NO_WORD = (
    FEATURED,
    UNFEATURED,
    TOGETHER,
    ONLY_SHOPS,
)  # reasons of states in which no word was changed


def may_write(user: Any, product: Product) -> bool:
    return user.has_perm("products.change_product", product)


def may_return(user: Any, product: Product) -> bool:
    return may_write(user, product) or user.has_perm("products.approve_product", product)


def may_approve(user: Any, product: Product) -> bool:
    """Never who proposed or checked the goods, nor who has changed a word since the check."""
    return user.has_perm("products.approve_product", product) and user.pk not in hands(product)


def may_confirm(user: Any, product: Product) -> bool:
    """Never who has changed a word since the goods were approved."""
    changed = editors_since(product)
    return user.has_perm("products.approve_product", product) and user.pk not in changed


def hands(product: Product) -> set[int]:
    """Whose work the text is: who proposed it, who checked it last, who changed it since."""
    checked = product.steps.filter(name="check").order_by("-pk").values_list("actor", flat=True)
    return {
        *([product.author_id] if product.author_id else []),
        *checked[:1],
        *editors_since(product),
    }


def editors_since(product: Product) -> set[int]:
    """Who changed the goods after somebody last stood for them; nobody before that.

    Steps write no state of the history, so each state behind the step is a change of the text;
    0 stands for a change without a person.
    """
    told = product.steps.filter(name__in=TOLD).order_by("-pk").first()
    if told is None:
        return set()
    states = product.history.filter(~Q(history_type="+"), history_date__gt=told.created_at)
    states = states.exclude(history_change_reason__in=NO_WORD)
    return {pk or 0 for pk in states.values_list("history_user", flat=True)}
