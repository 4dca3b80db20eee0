"""The addresses of the office's pages on goods, with the action that each asks for."""

from __future__ import annotations

from core.admin import OfficePage
from products import office

VIEW, CHANGE = "products.view_product", "products.change_product"
PAGES: tuple[OfficePage, ...] = tuple(
    OfficePage(route=route, name=name, view=view, policy=action, section="products")
    for route, name, view, action in (
        ("san-pham/<int:pk>/dang/", "product_step", office.step_page, VIEW),
    )
)
