"""The public catalogue: kinds of goods, makers, goods and the steps of their publication."""

from products.models.catalogue import Category, Producer
from products.models.product import Product, ProductStep

__all__ = ["Category", "Producer", "Product", "ProductStep"]
