"""The pages around the goods: shops, makers, recognitions, fairs; what is looked for in vain."""

import datetime as dt
import gzip

import brotli
import pytest
import time_machine
from django.db import DatabaseError

from products import misses
from products.models import SearchMiss
from products.tests.factories import (
    OutletFactory,
    ProducerFactory,
    ProductFactory,
    PromotionFactory,
    RecognitionFactory,
)
from units.models import Unit
from units.tests.factories import UnitFactory, WardFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def ward():
    return WardFactory()


def test_shops_of_one_group_alone(client, ward):
    group = UnitFactory(parent=ward, kind=Unit.Kind.RESIDENTIAL_GROUP, name="Tổ dân phố số 3")
    OutletFactory(owner=ward, name="Trong tổ", residential_group=group)
    OutletFactory(owner=ward, name="Ngoài tổ")
    OutletFactory(name="Phường khác")

    whole = client.get("/noi-ban/").content.decode()
    narrowed = client.get("/noi-ban/", {"to": group.pk}).content.decode()
    unknown = client.get("/noi-ban/", {"to": "x'"}).content.decode()

    assert [name in whole for name in ("Trong tổ", "Ngoài tổ", "Phường khác")] == [
        True,
        True,
        False,
    ]
    assert ["Trong tổ" in narrowed, "Ngoài tổ" in narrowed] == [True, False]
    assert "Tổ dân phố này chưa có nơi bán nào" in unknown


def test_closed_shop_says_so(client, ward):
    OutletFactory(owner=ward, name="Chợ", closed_on=dt.date(2026, 3, 5))

    assert "thôi bán từ ngày 5/3/2026" in client.get("/noi-ban/cho/").content.decode()


def test_maker_without_published_goods_is_missing(client, ward):
    maker = ProducerFactory(owner=ward, name="Lò")
    ProductFactory(owner=ward, producer=maker, status="draft")

    assert client.get("/noi-lam/lo/").status_code == 404
    assert "Chưa ghi nơi làm nào" in client.get("/noi-lam/").content.decode()


def test_programmes_stand_apart_and_lapsed_years_are_marked(client, ward):
    product = ProductFactory(owner=ward, name="Gốm")
    RecognitionFactory(product=product)
    vote = {"product": product, "programme": "binh-chon", "group": "Đồ gia dụng"}
    RecognitionFactory(**vote, year=2025, level=1)
    RecognitionFactory(**vote, year=2023, level=2, valid_until=dt.date(2024, 12, 31))
    RecognitionFactory(**vote, year=2024, level=3, number="N", checked_on=None)

    response = client.get("/cong-nhan/", {"chuong-trinh": "binh-chon"})
    html = response.content.decode()
    narrowed = client.get(
        "/cong-nhan/", {"chuong-trinh": "binh-chon", "nam": "2023", "nhom": "Đồ gia dụng"}
    )

    assert [one["year"] for one in response.context["by_year"]] == [2025, 2023]
    assert "Hết hạn 31/12/2024" in html
    assert ["TOP 1" in html, "TOP 3" in html, "4 sao" in html] == [True, False, False]
    assert [one["year"] for one in narrowed.context["by_year"]] == [2023]
    assert "4 sao" in client.get("/cong-nhan/").content.decode()


@pytest.mark.parametrize(
    "query",
    [
        "chuong-trinh=x",
        "nam=x",
        "nam=99999999999",
        "nam=²",
        "nhom=%25",
        "trang=999",
        "nhom=" + "a" * 999,
    ],
)
def test_odd_choices_of_recognitions_get_a_page(client, ward, query):
    RecognitionFactory(product=ProductFactory(owner=ward))

    assert client.get(f"/cong-nhan/?{query}").status_code == 200


def test_fairs_to_come_and_gone_and_hidden(client, ward):
    PromotionFactory(owner=ward, title="Sắp tới")
    PromotionFactory(owner=ward, title="Ẩn", is_published=False)
    PromotionFactory(
        owner=ward, title="Cũ", first_on=dt.date(2026, 1, 1), last_on=dt.date(2026, 1, 2)
    )

    with time_machine.travel(dt.datetime(2026, 1, 3, tzinfo=dt.UTC)):
        response = client.get("/hoi-cho/")
        home = client.get("/")

    assert [row.title for row in response.context["soon"]] == ["Sắp tới"]
    assert [row.title for row in response.context["past"]] == ["Cũ"]
    assert [row.title for row in home.context["soon"]] == ["Sắp tới"]
    assert client.get("/hoi-cho/an/").status_code == 404


# -- What is looked for in vain -----------------------------------------------


def test_vain_search_is_counted_by_its_words(client, ward):
    ProductFactory(owner=ward)
    with time_machine.travel(dt.datetime(2026, 3, 5, 12, tzinfo=dt.UTC)):
        for query in ("Xe máy", "xe may", "XE MÁY điện"):
            client.get("/hang-viet/", {"q": query})

    rows = SearchMiss.objects.values_list("owner", "key", "count", "last_on")

    day = dt.date(2026, 3, 5)
    assert sorted(rows) == [(ward.pk, "xe may", 2, day), (ward.pk, "xe may dien", 1, day)]


@pytest.mark.parametrize(
    "query",
    ["0912345678", "hoa@example.vn", "số 5 ngõ 12", "x", "%", "日本", "a b c d e f g h", "a" * 41],
)
def test_what_could_point_at_somebody_is_not_counted(client, ward, query):
    ProductFactory(owner=ward)

    response = client.get("/hang-viet/", {"q": query})

    assert (response.status_code, SearchMiss.objects.count()) == (200, 0)


def test_found_or_narrowed_searches_are_no_misses(client, ward):
    ProductFactory(owner=ward, name="Gốm")

    client.get("/hang-viet/", {"q": "gom"})
    client.get("/hang-viet/", {"q": "xe may", "loai": "gom-su"})

    assert SearchMiss.objects.count() == 0


def test_page_is_answered_when_the_miss_cannot_be_counted(client, ward, monkeypatch):
    ProductFactory(owner=ward)

    def full(*args):
        raise DatabaseError

    monkeypatch.setattr(misses, "_count", full)

    assert client.get("/hang-viet/", {"q": "xe may"}).status_code == 200


def test_office_sees_what_was_asked_three_times(ward):
    for count in (2, 3):
        SearchMiss.objects.create(
            owner=ward, key=f"thu {'a' * count}", count=count, last_on=dt.date(2026, 3, 5)
        )

    assert [row.count for row in SearchMiss.objects.listed()] == [3]


# -- Whatever stands in the address -------------------------------------------

ODD = ("a" * 10_000, "%", "_", "'\"", "日本", "العربية", "-1", "9" * 30, "<b>", " ", "\u202e")


@pytest.mark.parametrize("value", ODD)
def test_odd_values_get_a_page_and_their_sentence(client, ward, value):
    ProductFactory(owner=ward)

    for name in ("q", "loai", "sao", "cong-nhan", "tinh", "xa", "ban", "xep", "trang"):
        response = client.get("/hang-viet/", {name: value})
        assert (name, response.status_code) == (name, 200)
        assert len(response.content) < 40_000


def test_unknown_choice_and_page_beyond_the_last_are_told(client, ward):
    ProductFactory(owner=ward)

    unknown = client.get("/hang-viet/", {"sao": "9"}).content.decode()
    beyond = client.get("/hang-viet/", {"trang": "999"}).content.decode()

    assert "Không có lựa chọn này ở mục “OCOP”." in unknown
    assert "Danh sách chỉ có 1 trang; đây là trang cuối." in beyond


@pytest.mark.parametrize("encoding", ["br", "gzip"])
def test_a_page_comes_compressed_to_who_takes_it(client, ward, encoding):
    ProductFactory(owner=ward, name="Cốm làng Vòng")
    plain = client.get("/hang-viet/")

    first = client.get("/hang-viet/", headers={"Accept-Encoding": f"{encoding}, x"})
    again = client.get(
        "/hang-viet/", headers={"Accept-Encoding": encoding, "If-None-Match": first["ETag"]}
    )

    unpack = {"br": brotli.decompress, "gzip": gzip.decompress}[encoding]
    assert unpack(first.content) == plain.content
    assert first["Content-Encoding"] == encoding
    assert int(first["Content-Length"]) == len(first.content) < len(plain.content)
    assert [page["Vary"] for page in (plain, first)] == ["Accept-Encoding", "Accept-Encoding"]
    assert (again.status_code, again.content) == (304, b"")
    assert "Content-Encoding" not in plain


def test_pages_with_a_token_are_never_compressed(client, ward):
    page = client.get("/gop-y/mat-hang/", headers={"Accept-Encoding": "br, gzip"})

    assert "Content-Encoding" not in page
