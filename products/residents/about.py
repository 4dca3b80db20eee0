"""Which page a resident speaks of: one of ours that is public, or none."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlsplit

from django.urls import Resolver404, resolve

from core.access import PUBLIC
from products.models import Product
from units.models import Unit

FRONT = "/"
NAMES = {FRONT: "trang đầu", "/hang-viet/": "danh sách hàng Việt"}


@dataclass(frozen=True)
class About:
    """``page`` is an address of few: a product's own, else the first page of its part."""

    page: str
    product: Product | None = None

    @property
    def name(self) -> str:
        return self.product.name if self.product else NAMES.get(self.page, self.page)


def about(path: str, ward: Unit) -> About:
    """What ``path``, which came in an address, speaks of; the front page when it is none of ours."""
    path = urlsplit(path[:300]).path if path.startswith("/") and path[:2] != "//" else FRONT
    try:
        match = resolve(path)
    except (Resolver404, ValueError):
        return About(FRONT)
    is_ours = match.app_names[:1] in (["products"], ["outreach"])
    if not is_ours or getattr(match.func, "policy", "") != PUBLIC:
        return About(FRONT)
    if not match.kwargs:
        return About(path[:160])
    product = None
    if match.view_name == "products:detail":
        goods = Product.objects.filter(owner=ward).published()
        product = goods.filter(slug=match.kwargs["slug"]).first()
    if product is not None:
        return About(product.get_absolute_url()[:160], product)
    return About("/" + match.route.split("<")[0][:150])
