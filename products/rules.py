"""Who may do what with goods."""

from typing import Any

from products.models import Product


def may_publish(user: Any, product: Product) -> bool:
    return user.has_perm("products.change_product", product)
