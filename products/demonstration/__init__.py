"""Kinds of goods of well-known places, each marked as a sample, with drawings of our own."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from core.files import store_picture
from core.models import Picture
from products import workflow
from products.demonstration import around
from products.models import Category, Product
from products.setup import install_defaults
from units.models import Unit

HERE = Path(__file__).parent
SOURCES = (
    "Dữ liệu mẫu: hiểu biết phổ biến về nghề và nơi làm, văn phòng phường chưa đối chiếu."
    " Hình là hình vẽ minh họa, không phải ảnh chụp sản phẩm."
)
INVENTED = "Hàng mẫu do cổng đặt ra để dùng thử; không có thật."
FIELDS = {"why": "why_recommended", "recognise": "how_to_recognise", "alt": "picture_alt"}
PLAIN = ("name", "place", "summary", "season")


def rows() -> list[dict[str, Any]]:
    return json.loads((HERE / "products.json").read_text(encoding="utf-8"))


def load(ward: Unit, *, user: Any, approver: Any) -> None:
    """Publish the sample goods of ``ward``: checked in the name of ``user``, approved by another.

    What is there stays as it is. ``checked_on`` stays empty: nobody compared the samples with a
    source.
    """
    install_defaults(ward)
    categories = {category.slug: category for category in Category.objects.filter(owner=ward)}
    known = set(Product.objects.filter(owner=ward).values_list("slug", flat=True))
    for row in rows():
        if row["slug"] not in known:
            product = _draft(ward, row, categories[row["category"]], user)
            _publish(product, user, approver)
    around.load(ward)


def _publish(product: Product, user: Any, approver: Any) -> None:
    for step, actor in ((workflow.CHECK, user), (workflow.PUBLISH, approver)):
        product = workflow.take(step, product, actor=actor, seen_version=product.version)
    Product.objects.filter(pk=product.pk).update(checked_on=None, checked_by=None)


def _draft(ward: Unit, row: dict[str, Any], category: Category, user: Any) -> Product:
    texts = {name: row.get(name, "") for name in PLAIN}
    texts |= {field: row.get(name, "") for name, field in FIELDS.items()}
    return Product.objects.create(
        owner=ward,
        slug=row["slug"],
        category=category,
        picture=_drawing(row, user) if row.get("alt") else None,
        is_featured=row.get("featured", False),
        is_sample=True,
        author=user,
        sources=SOURCES if row.get("alt") else INVENTED,
        **texts,
    )


def _drawing(row: dict[str, Any], user: Any) -> Picture:
    data = (HERE / f"{row['slug']}.webp").read_bytes()
    return store_picture(
        data,
        name=f"{row['slug']}.webp",
        user=user,
        alt=row["alt"],
        credit="Hình vẽ minh họa của cổng",
    )
