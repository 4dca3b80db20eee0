"""What search engines ask for: which pages there are, and which are none of theirs."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator
from xml.sax.saxutils import escape

from django.db.models import Max
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone

from products.follow.answers import open_to_all
from products.models import Outlet, Producer, Product, Promotion
from products.public import ward_or_404
from units.models import Unit

PART = 10_000  # addresses in one file; the standard allows 50,000
FIXED = ("home", "list", "makers", "outlets", "recognitions", "promotions", "rights")
CLOSED = (
    "/quan-tri/",
    "/bao-cao/",
    "/y-kien/",
    "/vao/",
    "/duyet/",
    "/dang-nhap/",
    "/gop-y/ma/",
    "/gop-y/danh-gia/",
    "/gop-y/cam-on/",
    "/in/",
)
_NAMESPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"
Line = tuple[str, dt.date | None]

# What apps above this one add to the map: below them nobody knows of their pages.
_more: list[Callable[[Unit], Iterable[Line]]] = []


def add_lines(source: Callable[[Unit], Iterable[Line]]) -> None:
    """``source`` gets the ward; it gives addresses, each with the day of its last change."""
    _more.append(source)


@open_to_all
def robots(request: HttpRequest) -> HttpResponse:
    index = request.build_absolute_uri(reverse("follow:sitemap"))
    lines = ["User-agent: *", *(f"Disallow: {path}" for path in CLOSED), "", f"Sitemap: {index}"]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")


@open_to_all
def sitemap(request: HttpRequest) -> HttpResponse:
    """The index: one file of the fixed pages and the small lists, then goods by the ten thousand."""
    ward = ward_or_404(request)
    goods = Product.objects.filter(owner=ward).published()
    parts = -(-goods.count() // PART)
    pages = [reverse("follow:sitemap_pages")]
    pages += [reverse("follow:sitemap_goods", args=[number]) for number in range(1, parts + 1)]
    return _answer(request, "sitemapindex", "sitemap", ((page, None) for page in pages))


@open_to_all
def sitemap_pages(request: HttpRequest) -> HttpResponse:
    return _answer(request, "urlset", "url", _pages(ward_or_404(request)))


@open_to_all
def sitemap_goods(request: HttpRequest, number: int) -> HttpResponse:
    goods = Product.objects.filter(owner=ward_or_404(request)).published().order_by("pk")
    start = (number - 1) * PART
    is_sane = 0 < number < 100
    rows = goods.only("pk", "slug", "updated_at")[start : start + PART] if is_sane else []
    if not rows:
        raise Http404
    lines = ((row.get_absolute_url(), timezone.localdate(row.updated_at)) for row in rows)
    return _answer(request, "urlset", "url", lines)


def _pages(ward: Unit) -> Iterator[Line]:
    newest = Product.objects.filter(owner=ward).published().aggregate(at=Max("updated_at"))["at"]
    day = timezone.localdate(newest) if newest else None
    for name in FIXED:
        yield reverse(f"products:{name}"), day if name in ("home", "list") else None
    yield reverse("residents:home"), None
    for event in Promotion.objects.filter(owner=ward).published().from_day()[:PART]:
        yield event.get_absolute_url(), timezone.localdate(event.updated_at)
    for outlet in Outlet.objects.filter(owner=ward).open().order_by("pk")[:PART]:
        yield outlet.get_absolute_url(), outlet.checked_on
    makers = Producer.objects.filter(owner=ward, products__status=Product.Status.PUBLISHED)
    for source in _more:
        yield from source(ward)
    for maker in makers.distinct().order_by("pk")[:PART]:
        yield maker.get_absolute_url(), None


def _answer(request: HttpRequest, root: str, item: str, lines: Iterable[Line]) -> HttpResponse:
    told = "".join(
        f"<{item}><loc>{escape(request.build_absolute_uri(page))}</loc>"
        f"{f'<lastmod>{day.isoformat()}</lastmod>' if day else ''}</{item}>\n"
        for page, day in lines
    )
    text = (
        f'<?xml version="1.0" encoding="UTF-8"?>\n<{root} xmlns="{_NAMESPACE}">\n{told}</{root}>\n'
    )
    return HttpResponse(text, content_type="application/xml; charset=utf-8")
