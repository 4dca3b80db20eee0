"""The first page: what the campaign is, what the ward recommends now, what is on, what was done."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db.models import F
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from products.catalogue import Catalogue
from products.models import Outlet, Product, Promotion
from products.public import catalogue_for, in_order, last_checked, public_page, ward_or_404
from units.models import Unit

FEATURED_SIZE = 9  # one large, eight in the row below
SOON_SIZE = 4
# What other apps add to the page, by name: below the reports no app knows of them.
_parts: dict[str, Callable[[Unit], Any]] = {}


def add_part(name: str, part: Callable[[Unit], Any]) -> None:
    """``part`` gets the ward; what it returns stands in the template as ``name``."""
    _parts[name] = part


@public_page
def home(request: HttpRequest) -> HttpResponse:
    ward = ward_or_404(request)
    held = catalogue_for(request, ward)
    products = _for_home(ward, held)
    kinds = next((one.values for one in held.facets("", []) if one.slug == "loai"), [])
    context = {
        "feature": products[0] if products else None,
        "products": products[1:],
        "kinds": kinds,
        "soon": list(Promotion.objects.filter(owner=ward).published().from_day()[:SOON_SIZE]),
        "today": timezone.localdate(),
        "groups": groups_with_shops(ward),
        "checked_on": last_checked(products),
        **{name: part(ward) for name, part in _parts.items()},
    }
    return render(request, "public/home.html", context)


def groups_with_shops(ward: Unit) -> list[dict[str, Any]]:
    """The residential groups of ``ward`` that have a shop, each with how many, in their order."""
    counts: dict[Unit, int] = {}
    rows = Outlet.objects.filter(owner=ward, residential_group__isnull=False).open()
    for row in rows.select_related("residential_group"):
        group = row.residential_group
        counts[group] = counts.get(group, 0) + 1
    ordered = sorted(counts.items(), key=lambda item: item[0].sort_key)
    return [{"group": group, "count": count} for group, count in ordered]


def _for_home(ward: Unit, held: Catalogue) -> list[Product]:
    """What the office put in front today, the newest choice first; then goods with a picture."""
    featured = Product.objects.filter(owner=ward).published().featured()
    chosen = featured.order_by(F("featured_from").desc(nulls_last=True), "name_sort", "pk")[
        :FEATURED_SIZE
    ]
    keys = list(chosen.values_list("pk", flat=True))
    missing = FEATURED_SIZE - len(keys)
    return in_order(keys + held.first_with_picture(missing, without=set(keys)))
