"""The catalogue in memory: facets, counts, orders, and when it is read again."""

import datetime as dt

import pytest
import time_machine

from products.catalogue import catalogue_of
from products.catalogue.facets import as_bits, as_places
from products.models import Outlet, Product, Recognition
from products.places import commune_of, province_of
from products.tests.factories import (
    CategoryFactory,
    OutletFactory,
    ProducerFactory,
    ProductFactory,
    RecognitionFactory,
    SaleFactory,
)
from units.tests.factories import WardFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def ward():
    return WardFactory()


def lists(asked):
    return {key: value if isinstance(value, list) else [value] for key, value in asked.items()}


def counts(ward, slug, asked=None, query=""):
    held = catalogue_of(ward)
    facets = held.facets(query, held.sets.chosen(lists(asked or {})))
    found = next((facet for facet in facets if facet.slug == slug), None)
    return {value.slug: value.count for value in found.values} if found else {}


def names(ward, asked=None, query="", sort="ten"):
    held = catalogue_of(ward)
    known = dict(Product.objects.values_list("pk", "name"))
    return [known[pk] for pk in held.pks(query, held.sets.chosen(lists(asked or {})), sort)]


def test_facets_count_what_each_choice_would_leave(ward):
    maker = ProducerFactory(owner=ward, place="Xã Bát Tràng, thành phố Hà Nội")
    food = CategoryFactory(owner=ward, name="Thực phẩm")
    bowl = ProductFactory(owner=ward, name="Bát", producer=maker)
    jar = ProductFactory(owner=ward, name="Lọ", place="Xã Chu, tỉnh Bắc Ninh")
    ProductFactory(owner=ward, name="Gạo", category=food, place="")
    RecognitionFactory(product=bowl)
    RecognitionFactory(product=jar, level=5)
    RecognitionFactory(product=jar, programme="hvnclc", level=None, year=2026)
    SaleFactory(product=bowl, outlet=OutletFactory(owner=ward))

    assert counts(ward, "loai") == {"gom-su": 2, "thuc-pham": 1}
    assert counts(ward, "sao") == {"5": 1, "4": 1}
    assert counts(ward, "cong-nhan") == {"ocop-2025": 2, "hvnclc-2026": 1}
    assert counts(ward, "tinh") == {"bac-ninh": 1, "ha-noi": 1}
    assert counts(ward, "ban") == {"phuong": 1}
    assert counts(ward, "xa") == {}
    assert counts(ward, "xa", {"tinh": "ha-noi"}) == {"xa-bat-trang": 1}
    # A choice narrows the other facets, not its own.
    assert counts(ward, "loai", {"sao": "4"}) == {"gom-su": 1}
    assert counts(ward, "sao", {"sao": "4"}) == {"5": 1, "4": 1}
    assert names(ward, {"sao": "4", "tinh": "ha-noi"}) == ["Bát"]
    assert names(ward, {"sao": "4", "tinh": "bac-ninh"}) == []
    # Several of one facet: any of them will do.
    assert names(ward, {"sao": ["4", "5"]}) == ["Bát", "Lọ"]
    assert names(ward, {"sao": ["4", "5"], "tinh": "bac-ninh"}) == ["Lọ"]
    assert counts(ward, "xa", {"tinh": ["ha-noi", "bac-ninh"]}) == {"xa-bat-trang": 1, "xa-chu": 1}


def test_value_that_nothing_has_leaves_nothing(ward):
    ProductFactory(owner=ward)

    held = catalogue_of(ward)
    chosen = held.sets.chosen({"sao": ["9"], "x": ["y"]})

    assert [(one.facet, one.slug, one.name) for one in chosen] == [("sao", "9", "")]
    assert held.pks("", chosen) == []


def test_claim_counts_until_its_last_day_and_only_when_checked(ward):
    product = ProductFactory(owner=ward)
    RecognitionFactory(product=product, valid_until=dt.date(2026, 3, 5))
    RecognitionFactory(product=product, level=5, number="2", checked_on=None)

    with time_machine.travel(dt.datetime(2026, 3, 5, 16, 59, tzinfo=dt.UTC)):  # 23:59 in Vietnam
        on_the_day = counts(ward, "sao")
    with time_machine.travel(dt.datetime(2026, 3, 5, 17, 0, tzinfo=dt.UTC)):
        day_after = counts(ward, "sao")

    assert (on_the_day, day_after) == ({"4": 1}, {})


def test_orders_are_by_name_by_newness_and_by_stars(ward):
    for name in ("Đường", "Dừa", "An"):
        ProductFactory(owner=ward, name=name)
    RecognitionFactory(product=Product.objects.get(name="Dừa"))

    assert names(ward, sort="ten") == ["An", "Dừa", "Đường"]
    assert names(ward, sort="moi") == ["An", "Dừa", "Đường"]
    assert names(ward, sort="sao") == ["Dừa", "An", "Đường"]


@pytest.mark.parametrize(
    "change",
    [
        lambda product: ProductFactory(owner=product.owner, name="Mới"),
        lambda product: Product.objects.filter(pk=product.pk).update(status="withdrawn"),
        lambda product: RecognitionFactory(product=product),
        lambda product: SaleFactory(product=product, outlet=OutletFactory(owner=product.owner)),
        lambda product: product.category.save(),
        lambda product: Recognition.objects.bulk_create(
            [Recognition(product=product, programme="ocop", year=2024, level=3)]
        ),
        lambda product: Outlet.objects.all().delete(),
    ],
)
def test_every_write_has_the_catalogue_read_again(ward, change):
    product = ProductFactory(owner=ward, name="Cũ")
    before = catalogue_of(ward)
    unchanged = catalogue_of(ward)

    change(product)

    assert unchanged is before
    assert catalogue_of(ward) is not before


def test_wards_hold_catalogues_of_their_own(ward):
    ProductFactory(owner=ward, name="Của nhà")
    other = ProductFactory(name="Của bạn")

    assert (names(ward), names(other.owner)) == (["Của nhà"], ["Của bạn"])


@pytest.mark.parametrize("places", [[], [0], [7, 8], [0, 63, 64, 99]])
def test_bits_and_places_tell_the_same(places):
    assert as_places(as_bits(places, 100), 100) == places


@pytest.mark.parametrize(
    ("address", "province", "commune"),
    [
        ("Làng Bát Tràng, xã Bát Tràng, thành phố Hà Nội", "Hà Nội", "Xã Bát Tràng"),
        ("Đặc khu Phú Quốc, tỉnh An Giang", "An Giang", "Đặc khu Phú Quốc"),
        ("Vùng Lục Ngạn, tỉnh Bắc Ninh (trước thuộc tỉnh Bắc Giang)", "Bắc Ninh", ""),
        ("Vùng Sóc Trăng, nay thuộc thành phố Cần Thơ", "Cần Thơ", ""),
        ("Số 5, P. Láng, TP. Hà Nội", "Hà Nội", ""),
        ("Phường Láng, Hà Nội", "Hà Nội", "Phường Láng"),
        ("Hà Nội", "", ""),
        ("", "", ""),
    ],
)
def test_addresses_tell_province_and_commune(address, province, commune):
    assert (province_of(address), commune_of(address)) == (province, commune)
