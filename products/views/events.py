"""What is on: fairs, markets, months of offers, the consumers' day."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone

from products import sharing, structured
from products.models import Promotion
from products.public import public_page, ward_or_404

SOON, PAST = 60, 12


@public_page
def promotions(request: HttpRequest) -> HttpResponse:
    rows = Promotion.objects.filter(owner=ward_or_404(request)).published()
    today = timezone.localdate()
    past = rows.filter(last_on__lt=today).order_by("-last_on", "pk")
    context = {
        "soon": list(rows.from_day(today)[:SOON]),
        "past": list(past[:PAST]),
        "today": today,
    }
    return render(request, "products/promotions.html", context)


@public_page
def promotion(request: HttpRequest, slug: str) -> HttpResponse:
    ward = ward_or_404(request)
    rows = Promotion.objects.filter(owner=ward).published().select_related("residential_group")
    row = get_object_or_404(rows, slug=slug)
    url = request.build_absolute_uri(row.get_absolute_url())
    steps = [
        ("Hội chợ, khuyến mại", request.build_absolute_uri(reverse("products:promotions"))),
        (row.title, url),
    ]
    context = {
        "promotion": row,
        "today": timezone.localdate(),
        "directions": sharing.directions(row.place) if row.place else "",
        "share": sharing.share_of(url),
        "data": [structured.event(row, url=url, ward=str(ward)), structured.breadcrumbs(steps)],
        "checked_on": timezone.localtime(row.updated_at).date(),
    }
    return render(request, "products/promotion.html", context)
