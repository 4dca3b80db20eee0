"""What people type, and what they expect to see first."""

import unicodedata

import pytest

from products.catalogue import catalogue_of
from products.models import Product
from products.searching import exact_words, folded_words
from products.tests.factories import CategoryFactory, ProducerFactory, ProductFactory
from units.tests.factories import WardFactory

pytestmark = pytest.mark.django_db

GOODS = {
    "Gốm Bát Tràng": "Đồ gốm vẽ tay.",
    "Nước mắm Phú Quốc": "Ủ từ cá cơm.",
    "Bánh đậu xanh": "Có đường và dầu.",
    "Đường phên": "Nấu từ mía.",
    "Gạo Dương Xuân": "Hạt dài.",
    "Hòa Lộc": "Xoài chín cây.",
    "Thuỷ tinh": "Cốc chén.",
    "Chè Tân Cương": "Búp non.",
    "Nón lá": "Che nắng.",
    "Miến 100%": "Từ dong riềng.",
}

TABLE = [
    # typed, found, in this order
    ("gom bat trang", ["Gốm Bát Tràng"]),
    ("gốm bát tràng", ["Gốm Bát Tràng"]),
    ("GỐM", ["Gốm Bát Tràng"]),
    ("trang gom", ["Gốm Bát Tràng"]),
    ("nuoc mam", ["Nước mắm Phú Quốc"]),
    ("NƯỚC MẮM", ["Nước mắm Phú Quốc"]),
    ("nước  mắm", ["Nước mắm Phú Quốc"]),
    (unicodedata.normalize("NFD", "nước mắm"), ["Nước mắm Phú Quốc"]),
    ("mam nuoc", ["Nước mắm Phú Quốc"]),
    ("nước mam", ["Nước mắm Phú Quốc"]),
    # exact marks first, then matches in the name
    ("đường", ["Đường phên", "Bánh đậu xanh", "Gạo Dương Xuân"]),
    ("dương", ["Gạo Dương Xuân", "Đường phên", "Bánh đậu xanh"]),
    # no marks typed: the name first
    ("duong", ["Đường phên", "Gạo Dương Xuân", "Bánh đậu xanh"]),
    ("che", ["Chè Tân Cương", "Nón lá"]),
    ("chè", ["Chè Tân Cương", "Nón lá"]),
    # a word that is still being typed, where no whole word is meant
    ("thuy ti", ["Thuỷ tinh"]),
    # the tone mark may sit on either letter
    ("hòa lộc", ["Hòa Lộc"]),
    ("hoà lộc", ["Hòa Lộc"]),
    ("thủy tinh", ["Thuỷ tinh"]),
    ("dau xanh", ["Bánh đậu xanh"]),
    ("đậu", ["Bánh đậu xanh"]),
    # the maker, the place and the kind count too
    ("hop tac xa thu", ["Nước mắm Phú Quốc"]),
    ("lang moi", ["Nón lá"]),
    ("thuc pham", ["Gạo Dương Xuân"]),
    # signs are no wildcards, and nothing breaks
    ("100%", ["Miến 100%"]),
    ("%", []),
    ("_", []),
    ("g_m", []),
    ("'; drop table", []),
    ("xe may", []),
    ("日本", []),
    ("a" * 10_000, []),
]


@pytest.fixture
def goods():
    ward = WardFactory()
    other = CategoryFactory(owner=ward, name="Khác")
    food = CategoryFactory(owner=ward, name="Thực phẩm")
    maker = ProducerFactory(owner=ward)
    for name, summary in GOODS.items():
        ProductFactory(
            owner=ward,
            name=name,
            summary=summary,
            place="Làng Mới" if name == "Nón lá" else "",
            category=food if "Gạo" in name else other,
            producer=maker if "mắm" in name else None,
        )
    return ward


def found(ward, typed):
    held = catalogue_of(ward)
    names = dict(Product.objects.values_list("pk", "name"))
    return [names[pk] for pk in held.pks(typed, [])]


@pytest.mark.parametrize(("typed", "names"), TABLE)
def test_search_finds_without_marks_and_puts_exact_ones_first(goods, typed, names):
    assert found(goods, typed) == names


@pytest.mark.parametrize(
    ("one", "other"), [("hoà", "hòa"), ("thuỷ", "thủy"), ("Đường", "đường"), ("khoẻ", "khỏe")]
)
def test_exact_words_do_not_depend_on_the_place_of_the_tone(one, other):
    assert exact_words(one) == exact_words(other)


def test_exact_words_keep_marks_apart_that_folding_drops():
    assert exact_words("đường") != exact_words("dương")
    assert folded_words("đường") == folded_words("dương") == ["duong"]


def test_new_name_of_a_maker_is_found_at_once():
    ward = WardFactory()
    maker = ProducerFactory(owner=ward, name="Xưởng Cũ")
    product = ProductFactory(owner=ward, producer=maker)

    maker.name = "Xưởng Mới"
    maker.save()

    assert found(ward, "xuong moi") == [product.name]
    assert found(ward, "xuong cu") == []
