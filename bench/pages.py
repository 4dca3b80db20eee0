"""Weight of the public list, on a database of its own with 1.000 products; its CPU: bench.public."""

from __future__ import annotations

import gzip
import re
from pathlib import Path

from django.contrib.staticfiles import finders
from django.db import connection
from django.test import Client
from django.test.utils import setup_test_environment, teardown_test_environment

from bench.figures import Row
from products import setup as products_setup
from products.models import Category, Product
from units import setup as units_setup
from units.models import Unit

LINKED = re.compile(r'(?:href|src)="/static/([^"?]+\.(?:css|js))"')
FONT = re.compile(r'url\("?([^")]+\.woff2)"?\)')
KIB, BATCH = 1024, 2000
LEAN = """<!doctype html><title>x</title>
{% for c in categories %}<a href="?loai={{ c.slug }}">{{ c.name }}</a>{% endfor %}
<p>{{ count }}</p>{% for p in products %}<article><a href="/hang-viet/{{ p.slug }}/"><h2>{{ p.name }}</h2>
<p>{{ p.summary }}</p><p>{{ p.place }}</p></a></article>{% endfor %}"""


def rows() -> list[Row]:
    setup_test_environment()
    name = connection.settings_dict["NAME"]
    connection.creation.create_test_db(verbosity=0, autoclobber=True)
    try:
        fill(1000)
        return _weights()
    finally:
        connection.creation.destroy_test_db(name, verbosity=0)
        teardown_test_environment()


def fill(count: int, *, start: int = 0) -> None:
    """``count`` more published goods in all kinds of a ward, which is founded first."""
    ward = Unit.objects.filter(depth=1).first() or _found_ward()
    kinds = list(Category.objects.order_by("pk"))
    for first in range(start, start + count, BATCH):
        numbers = range(first, min(first + BATCH, start + count))
        goods = [_goods(ward, kinds[number % len(kinds)], number) for number in numbers]
        for product in goods:
            product.derive()
        Product.objects.bulk_create(goods)


def _goods(ward: Unit, category: Category, number: int) -> Product:
    return Product(
        owner=ward,
        category=category,
        name=f"Hàng đo số {number}",
        slug=f"hang-do-{number}",
        place=f"Xã {number % 90}, tỉnh {number % 34}",
        summary="Một câu giới thiệu có độ dài như thường gặp ở trang thật.",
        why_recommended="Để đo.",
        status=Product.Status.PUBLISHED,
    )


def _found_ward() -> Unit:
    from django.utils import timezone  # noqa: PLC0415  after the settings

    ward, _ = units_setup.found_ward(
        name="Phường Thử",
        place_name="Thử",
        username="thu",
        full_name="Người đo",
        password="mat-khau-de-do",
        today=timezone.localdate(),
    )
    products_setup.install_defaults(ward)
    return ward


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
