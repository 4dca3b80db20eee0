import datetime as dt

import pytest
from django.db import IntegrityError, transaction

from products.models import Category, Product
from products.setup import CATEGORIES, install_defaults
from products.tests.factories import CategoryFactory, ProducerFactory, ProductFactory
from units.models import Role
from units.tests.factories import WardFactory, member

pytestmark = pytest.mark.django_db
DAY = dt.date(2027, 4, 21)
NEXT = dt.date(2027, 4, 22)

BROKEN = [
    ("product_has_a_name", {"name": ""}),
    ("product_status_is_known", {"status": "sold"}),
    ("product_published_says_why", {"why_recommended": ""}),
    ("product_price_is_a_dated_range", {"price_low": 10_000}),
    ("product_price_is_a_dated_range", {"price_low": 9, "price_high": 8, "price_on": DAY}),
    ("product_price_is_a_dated_range", {"price_low": 0, "price_high": 8, "price_on": DAY}),
    ("product_price_is_a_dated_range", {"price_low": 8, "price_high": 9}),
    ("product_price_is_a_dated_range", {"price_on": DAY}),
    ("product_featured_ends_after_it_starts", {"featured_from": DAY, "featured_to": DAY}),
]


@pytest.mark.parametrize(("rule", "values"), BROKEN)
def test_database_refuses_a_broken_product(rule, values):
    product = ProductFactory()

    with pytest.raises(IntegrityError, match=rule), transaction.atomic():
        Product.objects.filter(pk=product.pk).update(**values)


def test_database_keeps_a_price_with_its_day():
    product = ProductFactory(price_low=8, price_high=8, price_on=DAY)

    assert Product.objects.get(pk=product.pk).price_on == DAY


@pytest.mark.parametrize(
    ("factory", "values", "columns"),
    [
        (ProductFactory, {"slug": "gom"}, ("product_slug_is_unique", "slug")),
        (CategoryFactory, {"slug": "gom"}, ("category_slug_is_unique", "slug")),
        (CategoryFactory, {"name": "Gốm"}, ("category_name_is_unique", "name")),
        (ProducerFactory, {"name": "Lò"}, ("producer_is_entered_once", "name")),
    ],
)
def test_database_refuses_the_same_twice_in_a_ward(factory, values, columns):
    ward = WardFactory()
    first = {"name": "Một"} | values
    factory(owner=ward, **first)
    factory(**first)  # another ward may have it

    # SQLite names the columns of a broken uniqueness, PostgreSQL the rule.
    with pytest.raises(IntegrityError, match="|".join(columns)), transaction.atomic():
        factory(owner=ward, **{"name": "Hai"} | values)


@pytest.mark.parametrize(
    ("factory", "rule"),
    [(CategoryFactory, "category_has_a_name"), (ProducerFactory, "producer_has_a_name")],
)
def test_database_refuses_an_empty_name(factory, rule):
    with pytest.raises(IntegrityError, match=rule), transaction.atomic():
        factory(name="")


def test_slug_is_made_once_and_stays():
    ward = WardFactory()
    first = ProductFactory(owner=ward, name="Gốm Bát Tràng")
    second = ProductFactory(owner=ward, name="Gốm Bát Tràng")

    first.name = "Gốm sứ Bát Tràng"
    first.save()

    assert (first.slug, second.slug) == ("gom-bat-trang", "gom-bat-trang-2")
    assert ProductFactory(name="Gốm Bát Tràng").slug == "gom-bat-trang"


def test_name_without_letters_has_an_address_too():
    assert ProductFactory(name="%%%").slug == "muc"


def test_list_is_in_the_order_of_the_alphabet():
    ward = WardFactory()
    for name in ("Đũa", "Dép", "Ổi", "Áo", "Ấm", "Bánh"):
        ProductFactory(owner=ward, name=name)

    names = [product.name for product in Product.objects.all()]

    assert names == ["Áo", "Ấm", "Bánh", "Dép", "Đũa", "Ổi"]


@pytest.mark.parametrize(
    ("values", "is_shown"),
    [
        ({}, True),
        ({"featured_from": DAY}, True),
        ({"featured_to": NEXT}, True),
        ({"featured_from": NEXT}, False),
        ({"featured_to": DAY}, False),
        ({"is_featured": False}, False),
    ],
)
def test_featured_asks_for_the_day(values, is_shown):
    ProductFactory(**{"is_featured": True, **values})

    assert Product.objects.featured(DAY).exists() is is_shown


def test_goods_are_seen_inside_the_own_ward_only():
    ward = WardFactory()
    product, category = ProductFactory(owner=ward), Category.objects.get(owner=ward)
    ProductFactory()
    editor = member(Role.EDITOR, ward)

    assert list(Product.objects.visible_to(editor)) == [product]
    assert list(Category.objects.visible_to(editor)) == [category]


def test_new_ward_starts_with_the_kinds_and_keeps_its_own_names():
    ward = WardFactory()
    install_defaults(ward)
    Category.objects.filter(owner=ward, slug="gom-su").update(name="Gốm")

    install_defaults(ward)

    slugs = list(Category.objects.filter(owner=ward).values_list("slug", flat=True))
    assert slugs == [slug for slug, _ in CATEGORIES]
    assert Category.objects.get(owner=ward, slug="gom-su").name == "Gốm"


def test_history_keeps_what_was_there():
    product = ProductFactory(summary="Cũ.")

    product.summary = "Mới."
    product.save()

    assert list(product.history.values_list("summary", flat=True)) == ["Mới.", "Cũ."]
