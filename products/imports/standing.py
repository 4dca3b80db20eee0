"""What the ward has now, read once for all rows of a file."""

from __future__ import annotations

from typing import Any

from core.text import fold
from products.models import Category, Outlet, Producer, Product, Recognition, Sale
from units.models import Unit


class Standing:
    """The rows of a ward by their folded names; seven queries."""

    def __init__(self, ward: Unit) -> None:
        self.categories = {fold(one.name): one for one in Category.objects.filter(owner=ward)}
        self.producers = _by_name(Producer.objects.filter(owner=ward))
        self.outlets = _by_name(
            Outlet.objects.filter(owner=ward).select_related("residential_group")
        )
        goods = Product.objects.filter(owner=ward)
        self.products = _by_name(
            goods.select_related("producer", "category", "picture__original", "owner")
        )
        groups = Unit.objects.under(ward).filter(kind=Unit.Kind.RESIDENTIAL_GROUP)
        self.groups = {fold(one.name): one for one in groups}
        self.groups |= {fold(one.short_name): one for one in groups if one.short_name}
        self.sales = set(Sale.objects.filter(product__owner=ward).values_list("product", "outlet"))
        self.claims: dict[tuple[Any, ...], Recognition] = {
            (one.product_id, one.programme, one.year, fold(one.title), one.number): one
            for one in Recognition.objects.filter(product__owner=ward)
        }
        everything = [one for same in self.products.values() for one in same]
        self.barcodes = {one.barcode: one for one in everything if one.barcode}
        self.pictures = {
            one.picture.original.sha256: one
            for one in everything
            if one.picture is not None and one.picture.original is not None
        }

    def product(self, name: str, producer: str) -> list[Product]:
        """The goods called ``name``, of ``producer`` where one is named."""
        same = self.products.get(fold(name), [])
        if producer:
            return [
                one for one in same if one.producer and fold(one.producer.name) == fold(producer)
            ]
        return same


def _by_name(rows: Any) -> dict[str, list[Any]]:
    found: dict[str, list[Any]] = {}
    for row in rows:
        found.setdefault(fold(row.name), []).append(row)
    return found
