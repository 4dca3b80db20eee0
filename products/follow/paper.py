"""Paper for the notice board, the shelf and people who read no screen: HTML that prints as it looks."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django.db.models import Prefetch
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse

from core.qr import QrCode, qr_code
from products.follow.answers import open_to_all
from products.models import Category, Product, Recognition, Sale
from products.public import ward_or_404

LISTED = 120  # goods on the list: some eight sheets of large type
OUTLETS = 4
LABELS = range(8)  # of a sheet


@dataclass(frozen=True)
class Paper:
    slug: str
    name: str
    template: str


PAPERS = {
    paper.slug: paper
    for paper in (
        Paper("ap-phich", "Áp phích A4", "poster"),
        Paper("to-roi", "Tờ rơi A5", "leaflet"),
        Paper("nhan-ke", "Nhãn kệ", "label"),
    )
}


@open_to_all
def sheet(request: HttpRequest, paper: str, slug: str) -> HttpResponse:
    """Published goods as a poster, a leaflet or labels for the shelf."""
    goods = Product.objects.filter(owner=ward_or_404(request)).published()
    product = get_object_or_404(goods.for_list(), slug=slug)
    return render_paper(request, paper, product)


@open_to_all
def shopping_list(request: HttpRequest) -> HttpResponse:
    """All goods, or those of a kind, in large type with where to buy them."""
    ward = ward_or_404(request)
    goods = Product.objects.filter(owner=ward).published().select_related("category", "producer")
    slug = request.GET.get("loai", "")
    chosen = Category.objects.filter(owner=ward, slug=slug).first() if slug else None
    if slug:
        goods = goods.filter(category=chosen) if chosen else goods.none()
    goods = goods.prefetch_related(
        Prefetch("sales", queryset=_sales(), to_attr="sold"),
    ).order_by("category__position", "category__name", "name_sort", "pk")
    rows = list(goods[: LISTED + 1])
    address = request.build_absolute_uri(reverse("products:list"))
    context = {
        "groups": [
            (kind, list(group))
            for kind, group in groupby(rows[:LISTED], key=lambda row: row.category)
        ],
        "chosen": chosen,
        "is_cut": len(rows) > LISTED,
        "most": LISTED,
        "qr": qr_code(address),
        "back": reverse("products:list"),
    }
    return render(request, "products/paper/list.html", context)


def render_paper(request: HttpRequest, paper: str, product: Product) -> HttpResponse:
    """``product`` on ``paper``; also goods that are not published, for the office to look at."""
    kind = PAPERS.get(paper)
    if kind is None:
        raise Http404
    context = poster_context(product, request)
    context |= {"paper": kind, "labels": LABELS}
    return render(request, f"products/paper/{kind.template}.html", context)


def poster_context(product: Product, request: HttpRequest) -> dict[str, Any]:
    """What any paper says of ``product``; claims only while they hold."""
    address = request.build_absolute_uri(product.get_absolute_url())
    sales = list(_sales().filter(product=product)[: OUTLETS + 1])
    code: QrCode = qr_code(address)
    return {
        "product": product,
        "claims": list(Recognition.objects.filter(product=product).holding_on()),
        "sales": sales[:OUTLETS],
        "has_more_sales": len(sales) > OUTLETS,
        "address": address.split("://", 1)[-1],
        "qr": code,
        "back": product.get_absolute_url(),
        "is_draft": product.status != Product.Status.PUBLISHED,
    }


def _sales() -> Any:
    return Sale.objects.on_sale().select_related("outlet").order_by("outlet__name_sort", "pk")
