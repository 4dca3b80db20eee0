"""Who makes the goods."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse

from products import structured
from products.models import Producer, Product
from products.public import for_cards, last_checked, public_page, ward_or_404
from units.models import Unit

PAGE_SIZE, GOODS_SIZE = 60, 48


def _with_goods(ward: Unit) -> object:
    """Makers of published goods; a maker without any has no page yet."""
    published = Count("products", filter=Q(products__status=Product.Status.PUBLISHED))
    return (
        Producer.objects.filter(owner=ward)
        .annotate(product_count=published)
        .filter(product_count__gt=0)
    )


@public_page
def makers(request: HttpRequest) -> HttpResponse:
    rows = _with_goods(ward_or_404(request)).order_by("name_sort", "pk")  # type: ignore[attr-defined]
    page = Paginator(rows, PAGE_SIZE).get_page(request.GET.get("trang"))
    return render(request, "products/makers.html", {"page": page})


@public_page
def maker(request: HttpRequest, slug: str) -> HttpResponse:
    ward = ward_or_404(request)
    row = get_object_or_404(_with_goods(ward), slug=slug)  # type: ignore[arg-type]
    goods = Product.objects.filter(owner=ward, producer=row).published()
    products = list(for_cards(goods).order_by("name_sort", "pk")[:GOODS_SIZE])
    url = request.build_absolute_uri(row.get_absolute_url())
    steps = [("Nơi làm", request.build_absolute_uri(reverse("products:makers"))), (row.name, url)]
    context = {
        "maker": row,
        "products": products,
        "data": [structured.organization(row, url=url), structured.breadcrumbs(steps)],
        "checked_on": last_checked(products),
    }
    return render(request, "products/maker.html", context)
