"""Goods as residents will meet them, before anybody has approved them."""

from __future__ import annotations

from http import HTTPStatus

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from core.admin import office_render
from products import workflow
from products.card_picture import card_jpeg
from products.models import Product
from products.public import for_cards
from products.views.goods import product_context


@require_safe
def preview_page(request: HttpRequest, pk: int) -> HttpResponse:
    """The three faces side by side: the page, the card in a chat, the paper on the wall."""
    product = _product(request, pk)
    context = {
        "product": product,
        "refusal": workflow.why_not_approve(product, request.user),
        "is_open": product.status == Product.Status.PUBLISHED,
        "host": request.get_host(),
    }
    return office_render(request, "products/office/preview.html", context, HTTPStatus.OK)


@require_safe
def preview_phone(request: HttpRequest, pk: int) -> HttpResponse:
    """The public page itself, with a line above that says that it is not public."""
    product = _product(request, pk)
    context = product_context(product, request) | {"is_preview": True}
    return render(request, "products/office/preview_phone.html", context)


@require_safe
def preview_card(request: HttpRequest, pk: int) -> HttpResponse:
    """The picture that chat programs would show."""
    product = _product(request, pk)
    picture = card_jpeg(product, ward=str(product.owner), claims=product.claims)  # type: ignore[attr-defined]
    return HttpResponse(picture, content_type="image/jpeg")


def _product(request: HttpRequest, pk: int) -> Product:
    goods = for_cards(Product.objects.visible_to(request.user)).select_related("owner")
    return get_object_or_404(goods, pk=pk)
