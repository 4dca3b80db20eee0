"""The residents' pages: for any cache, without session, cookie or script."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from functools import wraps
from typing import Any

from django.core.paginator import Paginator
from django.db.models import Case, Count, IntegerField, Q, QuerySet, Value, When
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.cache import cache_control
from django.views.decorators.http import conditional_page, require_safe

from core.access import public
from core.text import clean
from products import searching
from products.models import Category, Product
from units.models import Unit
from units.wards import current_ward

PAGE_SIZE = 24
HOME_SIZE = 9  # one large, eight in the row below
RELATED_SIZE = 4
FRESH = 60  # seconds in which a cache need not ask again


def public_page(view: Callable[..., HttpResponse]) -> Any:
    """Open to anyone, kept by caches for a minute, then asked for by its ETag."""
    cached = cache_control(public=True, max_age=FRESH)(conditional_page(require_safe(view)))
    return public(wraps(view)(cached))


@public_page
def home(request: HttpRequest) -> HttpResponse:
    """What the campaign is, one kind of goods large, some more, and the rights of buyers."""
    ward = current_ward(request)
    products = list(_for_home(_published(ward))[:HOME_SIZE])
    context = {
        "feature": products[0] if products else None,
        "products": products[1:],
        "categories": list(_kinds(ward)),
        "checked_on": _last_checked(products),
    }
    return render(request, "public/home.html", context)


@public_page
def product_list(request: HttpRequest) -> HttpResponse:
    """All goods, or those of a search and a kind; both stand in the address."""
    ward = current_ward(request)
    query = clean(request.GET.get("q", "")).replace("\n", " ")[: searching.MAX_LENGTH].strip()
    slug = request.GET.get("loai", "")
    products = _published(ward)
    products = products.search(query) if query else products.order_by("name_sort", "pk")
    categories, counts = _categories(ward, products)
    chosen = next((category for category in categories if category.slug == slug), None)
    if slug:
        products = products.filter(category=chosen) if chosen else products.none()

    paginator = Paginator(products.for_list(), PAGE_SIZE)
    # Counted with the kinds already; saves asking once more.
    paginator.count = counts.get(chosen.pk if chosen else None, 0) if slug else sum(counts.values())
    page = paginator.get_page(request.GET.get("trang"))
    context = {
        "page": page,
        "query": query,
        "categories": [c for c in categories if c.product_count or c == chosen],
        "chosen": chosen,
        "is_unknown_category": bool(slug) and chosen is None,
        "kinds": [] if counts else list(_kinds(ward)),
        "checked_on": _last_checked(page),
    }
    return render(request, "products/list.html", context)


@public_page
def detail(request: HttpRequest, slug: str) -> HttpResponse:
    ward = current_ward(request)
    product = get_object_or_404(_published(ward).for_list(), slug=slug)
    related = _published(ward).filter(category=product.category).exclude(pk=product.pk)
    context = {
        "product": product,
        "related": related.for_list().order_by("name_sort", "pk")[:RELATED_SIZE],
        "share_url": request.build_absolute_uri(product.get_absolute_url()),
        "checked_on": product.checked_on,
    }
    return render(request, "products/detail.html", context)


def _published(ward: Unit | None) -> Any:
    """What the ward of this host shows. A portal without a ward has no public pages yet."""
    if ward is None:
        raise Http404
    return Product.objects.filter(owner=ward).published()


def _for_home(products: Any) -> QuerySet[Product]:
    """Featured first, the newest choice before older ones; then those with a picture."""
    featured = Q(pk__in=products.featured().values("pk"))
    order = Case(
        When(featured, then=Value(0)),
        When(picture__isnull=False, then=Value(1)),
        default=Value(2),
        output_field=IntegerField(),
    )
    return products.for_list().order_by(order, "-featured_from", "name_sort", "pk")


def _kinds(ward: Unit | None) -> QuerySet[Category]:
    """The ward's kinds that have something to show."""
    return Category.objects.filter(owner=ward).with_published_count()


def _categories(ward: Unit | None, products: Any) -> tuple[list[Category], dict[int, int]]:
    """The ward's kinds with ``product_count`` in ``products``, and the counts by key."""
    rows = (
        products.order_by()
        .values("category")
        .annotate(count=Count("pk"))
        .values_list("category", "count")
    )
    counts = dict(rows)
    categories = list(Category.objects.filter(owner=ward))
    for category in categories:
        category.product_count = counts.get(category.pk, 0)
    return categories, counts


def _last_checked(products: Iterable[Product]) -> dt.date | None:
    days = [product.checked_on for product in products if product.checked_on]
    return min(max(days), timezone.localdate()) if days else None
