"""Where the office's search looks among goods and their makers."""

from __future__ import annotations

from typing import Any

from django.db.models import Q

from core.finding import LOOKED_AT, Asked, Found, Source, holding, rank_of
from core.text import format_phone
from products.models import Producer, Product
from units.history import page_of


def _products(user: Any, asked: Asked) -> list[Found]:
    rows = Product.objects.visible_to(user).filter(holding(asked, "search"))
    return [
        Found(
            product.name,
            ", ".join(part for part in (product.get_status_display(), product.short_place) if part),
            page_of(product),
            rank_of(asked, product.name, key=product.search),
        )
        for product in rows.order_by("name_sort", "pk")[:LOOKED_AT]
    ]


def _producers(user: Any, asked: Asked) -> list[Found]:
    """By name, place or telephone: a maker's is on the public page."""
    wanted = holding(asked, "search")
    if asked.phone:
        wanted |= Q(phone=asked.phone)
    elif asked.digits:
        wanted |= Q(phone__contains=asked.digits)
    rows = Producer.objects.visible_to(user).filter(wanted)
    return [
        Found(
            row.name,
            ", ".join(part for part in (row.place, format_phone(row.phone)) if part),
            page_of(row),
            (0, 0)
            if row.phone and row.phone == asked.phone
            else rank_of(asked, row.name, key=row.search),
        )
        for row in rows[:LOOKED_AT]
    ]


SOURCES = (
    Source(
        key="products",
        label="Hàng giới thiệu",
        order=60,
        action="products.view_product",
        find=_products,
    ),
    Source(
        key="producers",
        label="Cơ sở sản xuất",
        order=70,
        action="products.view_producer",
        find=_producers,
    ),
)
