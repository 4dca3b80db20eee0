"""The sample goods: complete, honest, drawn, loaded once."""

import re
import unicodedata

import pytest

from products import demonstration
from products.models import Outlet, Producer, Product, Promotion, Recognition
from products.setup import CATEGORIES
from units.models import Role
from units.tests.factories import WardFactory, member

ROWS = demonstration.rows()
DRAWN = [row for row in ROWS if row.get("alt")]
NEEDED = ("slug", "name", "category", "place", "summary", "why", "recognise")


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["slug"])
def test_row_says_all_and_claims_nothing_it_cannot_show(row):
    text = " ".join(str(value) for value in row.values())

    assert [name for name in NEEDED if not row.get(name)] == []
    assert row["category"] in dict(CATEGORIES)
    assert unicodedata.is_normalized("NFC", text)
    assert re.findall(r"tốt nhất|số một|hàng đầu|\d+ ?(?:đồng|sao)|0\d{9}", text) == []


@pytest.mark.parametrize("row", DRAWN, ids=lambda row: row["slug"])
def test_row_has_its_drawing_and_the_source_of_it(row):
    picture = demonstration.HERE / f"{row['slug']}.webp"
    source = (demonstration.HERE / f"{row['slug']}.svg").read_text(encoding="utf-8")

    assert picture.stat().st_size <= 60_000
    assert re.findall("gradient|<text|<image|href", source, re.IGNORECASE) == []


@pytest.mark.django_db
def test_samples_are_published_marked_and_loaded_once():
    ward = WardFactory()
    officer, approver = member(Role.PROPAGANDA, ward), member(Role.OFFICE, ward)

    demonstration.load(ward, user=officer, approver=approver)
    demonstration.load(ward, user=officer, approver=approver)

    products = Product.objects.filter(owner=ward)
    assert products.published().filter(is_sample=True).count() == len(ROWS) >= 24
    assert products.filter(picture__isnull=False).count() == len(DRAWN)
    assert products.exclude(checked_on=None).count() == 0
    assert [step.actor for step in products.get(slug="gom-bat-trang").steps.all()] == [
        officer,
        approver,
    ]


@pytest.mark.django_db
def test_what_stands_around_the_samples_says_that_it_is_invented():
    ward = WardFactory()
    people = {"user": member(Role.PROPAGANDA, ward), "approver": member(Role.OFFICE, ward)}

    demonstration.load(ward, **people)
    demonstration.load(ward, **people)

    counts = [model.objects.count() for model in (Producer, Outlet, Promotion, Recognition)]
    assert counts == [4, 4, 3, 7]
    assert {
        row.is_sample for model in (Producer, Outlet, Promotion) for row in model.objects.all()
    } == {True}
    assert all(
        "mẫu" in row.product.name and "mẫu" in row.issuer for row in Recognition.objects.all()
    )


@pytest.mark.django_db
def test_every_kind_has_a_sample():
    assert {row["category"] for row in ROWS} == set(dict(CATEGORIES))
