"""Paper from the office: also of goods that are not published yet."""

from __future__ import annotations

from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from core.admin import OfficePage
from products.follow.paper import render_paper
from products.models import Product


@require_safe
def paper(request: HttpRequest, pk: int, paper: str) -> HttpResponse:
    goods = Product.objects.visible_to(request.user)
    product = get_object_or_404(goods.select_related("category", "producer", "picture"), pk=pk)
    return render_paper(request, paper, product)


admin.site.add_pages(
    OfficePage(
        route="san-pham/<int:pk>/in/<slug:paper>/",
        name="product_paper",
        view=paper,
        policy="products.view_product",
        section="products",
    )
)
