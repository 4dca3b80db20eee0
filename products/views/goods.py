"""One kind of goods: photographs, why it is recommended, where to buy it."""

from __future__ import annotations

from itertools import groupby
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone

from products import sharing, structured
from products.card_picture import card_jpeg
from products.cards import cards
from products.models import Product, Recognition, Sale
from products.public import catalogue_for, for_cards, public_page, ward_or_404

RELATED_SIZE = 4


@public_page
def detail(request: HttpRequest, slug: str) -> HttpResponse:
    held = catalogue_for(request, ward_or_404(request))
    key = request.build_absolute_uri(reverse("products:detail", args=[slug]))
    context = held.pages.get(key)
    if context is None:
        context = product_context(_published_or_404(request, slug), request)
        context["body"] = render_to_string("products/_product.html", context)
        held.keep_page(key, context)
    return render(request, "products/detail.html", context)


@public_page
def card(request: HttpRequest, slug: str) -> HttpResponse:
    """The picture that chat programs show beside the address."""
    product = _published_or_404(request, slug)
    picture = card_jpeg(product, ward=str(product.owner), claims=product.claims)
    return HttpResponse(picture, content_type="image/jpeg")


def product_context(product: Product, request: HttpRequest) -> dict[str, Any]:
    """All that the page of ``product`` shows, published or not: the office looks at it before."""
    if not hasattr(product, "claims"):
        product.claims = list(product.recognitions.holding_on())  # type: ignore[attr-defined]
    url = request.build_absolute_uri(product.get_absolute_url())
    list_url = request.build_absolute_uri(reverse("products:list"))
    gallery = _gallery(product)
    held = catalogue_for(request, product.owner)
    related = held.others_of_kind(product.pk, product.category.slug, RELATED_SIZE)
    images = [request.build_absolute_uri(one["picture"].large) for one in gallery]
    steps = [
        ("Hàng Việt", list_url),
        (product.category.name, f"{list_url}?loai={product.category.slug}"),
        (product.name, url),
    ]
    return {
        "product": product,
        "gallery": gallery,
        "groups": _where_to_buy(product),
        "related": cards(held, related, heading="h3"),
        "share": sharing.share_of(url),
        "card_url": request.build_absolute_uri(reverse("products:card", args=[product.slug])),
        "data": [
            structured.product(product, url=url, images=images, claims=product.claims),
            structured.breadcrumbs(steps),
        ],
        "checked_on": _last_checked(product),
    }


def _published_or_404(request: HttpRequest, slug: str) -> Product:
    published = Product.objects.filter(owner=ward_or_404(request)).published()
    return get_object_or_404(for_cards(published).select_related("owner"), slug=slug)


def _gallery(product: Product) -> list[dict[str, Any]]:
    first = [{"picture": product.picture, "alt": product.picture_alt}] if product.picture else []
    others = product.pictures.select_related("picture").order_by("position", "pk")
    return first + [{"picture": one.picture, "alt": one.alt} for one in others]


def _where_to_buy(product: Product) -> list[dict[str, Any]]:
    """Shops by residential group, in the order of the groups; those of no group last."""
    rows = (
        Sale.objects.on_sale()
        .filter(product=product)
        .select_related("outlet", "outlet__residential_group")
    )
    sales = sorted(rows, key=_by_group)
    for sale in sales:
        sale.directions = directions_to(sale.outlet)  # type: ignore[attr-defined]
    groups = groupby(sales, key=lambda sale: sale.outlet.residential_group)
    return [{"group": group, "sales": list(of_group)} for group, of_group in groups]


def directions_to(outlet: Any) -> str:
    return sharing.directions(outlet.address, outlet.latitude, outlet.longitude)


def _by_group(sale: Sale) -> tuple[bool, str, str]:
    group = sale.outlet.residential_group
    return group is None, group.sort_key if group else "", sale.outlet.name_sort


def _last_checked(product: Product) -> Any:
    claims: list[Recognition] = product.claims  # type: ignore[attr-defined]
    days = [product.checked_on, *(claim.checked_on for claim in claims)]
    known = [day for day in days if day]
    return min(max(known), timezone.localdate()) if known else None
