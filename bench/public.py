"""P1 to P4: the public list and product page beside hand-written floors, at 1.000 and 100.000 goods.

CPU of one process, in turn with its floor. The database is that of ``DATABASE_URL``, a test database
of its own. "Uncached" empties the pages that the process keeps before each request; the catalogue in
memory stays, as it does between two writes (docs/decisions/0026).
"""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.core.handlers.wsgi import WSGIHandler
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.template import engines
from django.test import RequestFactory, override_settings
from django.test.utils import setup_test_environment, teardown_test_environment
from django.urls import path, resolve, set_urlconf

from bench.figures import Row, interleaved
from bench.pages import LEAN, fill
from products import catalogue, public
from products.models import Category, Product
from units.models import Unit

FEW, MANY = 1_000, 100_000
LIST, SEARCH = "/hang-viet/", "/hang-viet/?q=hang+do&loai=thuc-pham"
PRODUCT = "/hang-viet/hang-do-5/"
LEAN_PRODUCT = """<!doctype html><title>x</title><h1>{{ p.name }}</h1><p>{{ p.summary }}</p>
<p>{{ p.place }}</p><p>{{ p.why_recommended }}</p>
{% for one in others %}<a href="/hang-viet/{{ one.slug }}/">{{ one.name }}</a>{% endfor %}"""
# What ``startproject`` writes.
USUAL = [
    "django.middleware.security.SecurityMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]
FIXED = b"x" * 30_000


@login_not_required
def fixed(request: HttpRequest) -> HttpResponse:
    return HttpResponse(FIXED)


urlpatterns = [path("fixed/", fixed)]


def rows() -> list[Row]:
    setup_test_environment()
    name = connection.settings_dict["NAME"]
    connection.creation.create_test_db(verbosity=0, autoclobber=True)
    try:
        fill(FEW)
        found = [*_beside_floors(), *_cached()]
        few = _times()
        fill(MANY - FEW, start=FEW)
        return [*found, *_many(few)]
    finally:
        connection.creation.destroy_test_db(name, verbosity=0)
        teardown_test_environment()


def view(url: str) -> Callable[[], HttpResponse]:
    """The page made anew: its view without the middleware, as the floors are."""
    request = RequestFactory().get(url)
    match = resolve(url.split("?", maxsplit=1)[0])

    def answer() -> HttpResponse:
        public.forget_pages()
        request.__dict__.pop("_ward_profiles", None)  # each request finds its ward
        return match.func(request, *match.args, **match.kwargs)

    return answer


def _beside_floors() -> list[Row]:
    template = engines["django"].from_string(LEAN)
    small = engines["django"].from_string(LEAN_PRODUCT)

    def lean_list() -> HttpResponse:
        published = Product.objects.filter(status="published")
        context: dict[str, Any] = {
            "categories": list(Category.objects.values("slug", "name")),
            "count": published.count(),
            "products": list(published.values("slug", "name", "summary", "place")[:24]),
        }
        return HttpResponse(template.render(context))

    def lean_product() -> HttpResponse:
        row = Product.objects.filter(slug="hang-do-5").values().get()
        others = Product.objects.filter(category=row["category_id"]).values("slug", "name")[:6]
        return HttpResponse(small.render({"p": row, "others": list(others)}))

    pages = (view(LIST), view(SEARCH), lean_list, view(PRODUCT), lean_product)
    plain, found, floor, product, small_floor = interleaved(*pages, rounds=40)
    return [
        Row("P1 list with facets, uncached, of lean list", plain / floor, "×", 2.0),
        Row("P1 search and facets, uncached, of lean list", found / floor, "×", 2.0),
        Row("P3 product page, uncached, of lean product", product / small_floor, "×", 1.5),
        Row("P1 list with facets, CPU of the view", plain, "ms", floor=floor),
        Row("P3 product page, CPU of the view", product, "ms", floor=small_floor),
    ]


def _cached() -> list[Row]:
    """The whole way through every middleware, beside Django's fixed page."""
    with override_settings(MIDDLEWARE=USUAL):
        usual = WSGIHandler()

    asked = (_through(WSGIHandler(), LIST), _through(WSGIHandler(), PRODUCT))
    listed, product, base = interleaved(*asked, _through(usual, "/fixed/", __name__), rounds=300)
    return [
        Row("P2 cached list: rate, of Django's fixed page", base / listed, "×", at_least=0.8),
        Row("P2 cached product: rate, of Django's fixed page", base / product, "×", at_least=0.8),
    ]


def _through(handler: WSGIHandler, url: str, urls: str = "") -> Callable[[], bytes]:
    """One request through the middleware of ``handler`` to the addresses of ``urls``."""
    factory = RequestFactory()

    def ask() -> bytes:
        request = factory.get(url)
        if urls:
            request.urlconf = urls  # type: ignore[attr-defined]
        try:
            return handler.get_response(request).content
        finally:
            set_urlconf(None)  # that of the request would stay for this thread

    return ask


PAGES = {
    "list": LIST,
    "last page": "/hang-viet/?trang=9999999",
    "list by kind": "/hang-viet/?loai=thuc-pham",
    "search": "/hang-viet/?q=hang+do",
}


def _times() -> dict[str, float]:
    return dict(
        zip(PAGES, interleaved(*(view(url) for url in PAGES.values()), rounds=30), strict=True)
    )


def _many(few: dict[str, float]) -> list[Row]:
    many = _times()
    limits = {"list": 1.2, "last page": 1.2, "list by kind": 2.0, "search": 2.0}
    found = [
        Row(f"P4 {name}: 100.000 goods of 1.000", many[name] / few[name], "×", limits[name])
        for name in PAGES
    ]
    ward = Unit.objects.get(depth=1)
    start = time.process_time()
    catalogue.forget()
    held = catalogue.catalogue_of(ward)
    read = (time.process_time() - start) * 1000
    start = time.process_time()
    held.search("nuoc mam so 99")
    return [
        *found,
        Row("P4 a new search among 100.000", (time.process_time() - start) * 1000, "ms", 60),
        Row("catalogue of 100.000 read again after a write", read, "ms"),
    ]
