"""The first page: what the campaign is, what the ward recommends now, what is on, what was done."""

from __future__ import annotations

import datetime as dt
import time
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
KEY = "/"  # of what is held with the catalogue
PART_FRESH = 600  # seconds
# What other apps add to the page, by name: below the reports no app knows of them.
_parts: dict[str, Callable[[Unit], Any]] = {}
_kept: dict[tuple[str, int], tuple[dt.date, float, Any]] = {}


def add_part(name: str, part: Callable[[Unit], Any]) -> None:
    """``part`` gets the ward; what it returns stands in the template as ``name``."""
    _parts[name] = part


@public_page
def home(request: HttpRequest) -> HttpResponse:
    ward = ward_or_404(request)
    held = catalogue_for(request, ward)
    goods = held.pages.get(KEY)
    if goods is None:
        goods = _of_goods(ward, held)
        held.keep_page(KEY, goods)  # all of it goes with the mark of the catalogue and the day
    parts = {name: _kept_part(name, ward) for name in _parts}
    return render(request, "public/home.html", {**goods, **parts})


def _of_goods(ward: Unit, held: Catalogue) -> dict[str, Any]:
    products = _for_home(ward, held)
    return {
        "feature": products[0] if products else None,
        "products": products[1:],
        "kinds": next((one.values for one in held.facets("", []) if one.slug == "loai"), []),
        "soon": list(Promotion.objects.filter(owner=ward).published().from_day()[:SOON_SIZE]),
        "today": timezone.localdate(),
        "groups": groups_with_shops(ward),
        "checked_on": last_checked(products),
    }


def _kept_part(name: str, ward: Unit) -> Any:
    """A part as it was some minutes ago at most; its figures are of a whole quarter."""
    key, day = (name, ward.pk), timezone.localdate()
    kept = _kept.get(key)
    if kept is None or kept[0] != day or time.monotonic() - kept[1] >= PART_FRESH:
        kept = _kept[key] = (day, time.monotonic(), _parts[name](ward))
    return kept[2]


def forget_parts() -> None:
    """For tests, whose databases go back."""
    _kept.clear()


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
