"""Where to buy near home: by residential group, without any map needed."""

from __future__ import annotations

from itertools import groupby

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse

from products import structured
from products.models import Outlet, Product, Sale
from products.public import for_cards, last_checked, public_page, ward_or_404
from products.views.goods import directions_to

GOODS_SIZE = 48


@public_page
def outlets(request: HttpRequest) -> HttpResponse:
    """All shops by group; ``to`` in the address is the key of one group alone."""
    ward = ward_or_404(request)
    rows = Outlet.objects.filter(owner=ward).open().select_related("residential_group")
    shops = sorted(rows, key=_by_group)
    for shop in shops:
        shop.directions = directions_to(shop)  # type: ignore[attr-defined]
    groups = [
        {"group": group, "shops": list(of_group)}
        for group, of_group in groupby(shops, key=lambda shop: shop.residential_group)
    ]
    asked = request.GET.get("to", "")
    shown = [one for one in groups if one["group"] and str(one["group"].pk) == asked]  # type: ignore[attr-defined]
    context = {
        "groups": groups,
        "shown": shown if asked else groups,
        "chosen": shown[0]["group"] if shown else None,
        "is_unknown": bool(asked) and not shown,
        "checked_on": last_checked(shops),
    }
    return render(request, "products/outlets.html", context)


@public_page
def outlet(request: HttpRequest, slug: str) -> HttpResponse:
    ward = ward_or_404(request)
    row = get_object_or_404(
        Outlet.objects.filter(owner=ward).select_related("residential_group"), slug=slug
    )
    row.directions = directions_to(row)  # type: ignore[attr-defined]
    sales = {sale.product_id: sale for sale in Sale.objects.on_sale().filter(outlet=row)}
    goods = Product.objects.filter(owner=ward, pk__in=sales).published()
    products = list(for_cards(goods).order_by("name_sort", "pk")[:GOODS_SIZE])
    for product in products:
        product.sale = sales[product.pk]  # type: ignore[attr-defined]
    url = request.build_absolute_uri(row.get_absolute_url())
    steps = [("Nơi bán", request.build_absolute_uri(reverse("products:outlets"))), (row.name, url)]
    context = {
        "outlet": row,
        "products": products,
        "data": [structured.local_business(row, url=url), structured.breadcrumbs(steps)],
        "checked_on": row.checked_on,
    }
    return render(request, "products/outlet.html", context)


def _by_group(shop: Outlet) -> tuple[bool, str, str]:
    group = shop.residential_group
    return group is None, group.sort_key if group else "", shop.name_sort
