"""What a buyer may ask for, and whom to call."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from products.public import public_page, ward_or_404


@public_page
def rights(request: HttpRequest) -> HttpResponse:
    ward_or_404(request)
    return render(request, "public/rights.html")
