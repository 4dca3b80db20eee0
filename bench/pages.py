"""Weight and CPU of the public list, on a database of its own with 1.000 products."""

from __future__ import annotations

import gzip
import re
from pathlib import Path
from typing import Any

from django.contrib.staticfiles import finders
from django.db import connection
from django.http import HttpResponse
from django.template import engines
from django.test import Client, RequestFactory
from django.test.utils import setup_test_environment, teardown_test_environment
from django.urls import resolve

from bench.figures import Row, interleaved
from products import setup as products_setup
from products.models import Category, Product
from units import setup as units_setup

LINKED = re.compile(r'(?:href|src)="/static/([^"?]+\.(?:css|js))"')
FONT = re.compile(r'url\("?([^")]+\.woff2)"?\)')
KIB = 1024
LEAN = """<!doctype html><title>x</title>
{% for c in categories %}<a href="?loai={{ c.slug }}">{{ c.name }}</a>{% endfor %}
<p>{{ count }}</p>{% for p in products %}<article><a href="/hang-viet/{{ p.slug }}/"><h2>{{ p.name }}</h2>
<p>{{ p.summary }}</p><p>{{ p.place }}</p></a></article>{% endfor %}"""


def rows() -> list[Row]:
    setup_test_environment()
    name = connection.settings_dict["NAME"]
    connection.creation.create_test_db(verbosity=0, autoclobber=True)
    try:
        _fill(1000)
        return [*_weights(), *_cpu()]
    finally:
        connection.creation.destroy_test_db(name, verbosity=0)
        teardown_test_environment()


def _fill(count: int) -> None:
    from django.utils import timezone  # noqa: PLC0415  after the settings

    today = timezone.localdate()
    ward, _ = units_setup.found_ward(
        name="Phường Thử",
        place_name="Thử",
        username="thu",
        full_name="Người đo",
        password="mat-khau-de-do",
        today=today,
    )
    products_setup.install_defaults(ward)
    category = Category.objects.order_by("pk").first()
    goods = [
        Product(
            owner=ward,
            category=category,
            name=f"Hàng đo số {number}",
            slug=f"hang-do-{number}",
            place="Hà Nội",
            summary="Một câu giới thiệu có độ dài như thường gặp ở trang thật.",
            why_recommended="Để đo.",
            status=Product.Status.PUBLISHED,
        )
        for number in range(count)
    ]
    for product in goods:
        product.derive()
    Product.objects.bulk_create(goods)


def _weights() -> list[Row]:
    html = Client().get("/hang-viet/").content
    files = [Path(finders.find(name)) for name in LINKED.findall(html.decode())]
    texts = [html, *(file.read_bytes() for file in files)]
    fonts = {
        (file.parent / name).resolve() for file in files for name in FONT.findall(file.read_text())
    }
    weight = sum(len(gzip.compress(text, 6)) for text in texts)
    return [
        Row("public list: HTML + CSS + JS, gzip", weight / KIB, "KB", 33),
        Row("public list: fonts", sum(f.stat().st_size for f in fonts) / KIB, "KB", 68),
    ]


def _cpu() -> list[Row]:
    """The list's view beside a hand-written view of the same rows, both without middleware."""
    template = engines["django"].from_string(LEAN)
    request = RequestFactory().get("/hang-viet/")

    def lean() -> HttpResponse:
        published = Product.objects.filter(status="published")
        context: dict[str, Any] = {
            "categories": list(Category.objects.values("slug", "name")),
            "count": published.count(),
            "products": list(published.values("slug", "name", "summary", "place")[:24]),
        }
        return HttpResponse(template.render(context, request))

    page, floor = interleaved(lambda: resolve("/hang-viet/").func(request), lean, rounds=30)
    what = "public list of 1.000, CPU of the view (floor: lean list)"
    return [Row(what, page, "ms", floor=floor)]
