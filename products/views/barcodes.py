"""Is what I hold in the list? Typed, or read by the camera where the phone can."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from core.headers import PERMISSIONS_POLICY
from products.barcodes import BarcodeFormatError, parse_barcode
from products.models import Product
from products.public import for_cards, public_page, ward_or_404

LONGEST = 40  # characters of what was typed that are looked at and shown again
VIETNAM = "893"


@public_page
def barcode(request: HttpRequest) -> HttpResponse:
    ward = ward_or_404(request)
    typed = request.GET.get("so", "")[:LONGEST].strip()
    context: dict[str, Any] = {"typed": typed}
    if typed:
        try:
            digits = parse_barcode(typed)
        except BarcodeFormatError as error:
            context["error"] = str(error)
        else:
            goods = Product.objects.filter(owner=ward, barcode=digits).published()
            context |= {
                "digits": digits,
                "product": for_cards(goods).first(),
                "is_vietnamese": digits.startswith(VIETNAM) and len(digits) != 8,
            }
    response = render(request, "products/barcode.html", context)
    # The one page that may ask for the camera; it does so only on a tap.
    response["Permissions-Policy"] = PERMISSIONS_POLICY.replace("camera=()", "camera=(self)")
    return response
