"""What the history pages say about goods, their kinds and their makers."""

from __future__ import annotations

from collections.abc import Iterable

from core.history import Entry, Kind, Part
from products.models import Category, Outlet, Producer, Product, Promotion, Recognition, Sale
from products.workflow import STEPS
from units.history import OWNER_STAYS, page_of


def _steps(product: Product) -> Iterable[Entry]:
    return [
        Entry(step.created_at, str(step.actor), STEPS[step.name].label, reason=step.reason)
        for step in product.steps.select_related("actor")
    ]


KINDS = (
    Kind(
        slug="hang",
        model=Product,
        section="products",
        url=page_of,
        # The status has its one writer; its changes are told by the steps.
        hidden=frozenset({"status", "slug", "author"}),
        fixed=OWNER_STAYS
        | {
            "picture": "Ảnh thay ở trang của mặt hàng.",
            "checked_on": "Ngày kiểm tra ghi lại ở trang “Duyệt và đăng” khi kiểm tra.",
            "checked_by": "Người kiểm tra đi cùng ngày kiểm tra.",
        },
        steps=_steps,
        parts=(Part(model=Sale, key="product", named_by="outlet", noun="nơi bán"),),
    ),
    Kind(
        slug="loai-hang",
        model=Category,
        section="products",
        url=page_of,
        fixed=OWNER_STAYS,
    ),
    Kind(
        slug="co-so",
        model=Producer,
        section="products",
        url=page_of,
        fixed=OWNER_STAYS,
    ),
    Kind(
        slug="noi-ban",
        model=Outlet,
        section="products",
        url=page_of,
        fixed=OWNER_STAYS,
        parts=(Part(model=Sale, key="outlet", named_by="product", noun="hàng"),),
    ),
    Kind(
        slug="cong-nhan",
        model=Recognition,
        section="products",
        url=page_of,
        # An older text would stand in public under the check of the newer one.
        is_reverted=False,
    ),
    Kind(
        slug="hoi-cho",
        model=Promotion,
        section="products",
        url=page_of,
        fixed=OWNER_STAYS,
    ),
)
