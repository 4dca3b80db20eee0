"""The residents' pages, as an anonymous reader gets them."""

import datetime as dt
import gzip
import re
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders

from products import public
from products.catalogue import catalogue_of
from products.models import Product
from products.tests.factories import (
    CategoryFactory,
    OutletFactory,
    ProducerFactory,
    ProductFactory,
    RecognitionFactory,
    SaleFactory,
    a_picture,
)
from units.models import WardProfile
from units.tests.factories import WardFactory

pytestmark = pytest.mark.django_db
LIST = "/hang-viet/"
KILOBYTE = 1024


@pytest.fixture
def ward():
    return WardFactory()


def shown(response):
    return [product.name for product in response.context["page"]]


@pytest.mark.parametrize("path", ["/", LIST, "/hang-viet/gom/"])
def test_page_is_for_any_cache_and_touches_no_session(client, ward, path):
    ProductFactory(owner=ward, name="Gốm")
    client.cookies["sessionid"] = "x" * 32

    response = client.get(path)

    assert response.status_code == 200
    assert (response.cookies, response.get("Vary")) == ({}, "Accept-Encoding")
    assert response["Cache-Control"] == "public, max-age=60"
    assert client.get(path, headers={"if-none-match": response["ETag"]}).status_code == 304


@pytest.mark.parametrize("path", ["/", LIST, "/hang-viet/gom/"])
def test_page_only_answers_reading(client, ward, path):
    ProductFactory(owner=ward, name="Gốm")

    assert client.post(path).status_code == 405


@pytest.mark.parametrize("count", [1, 3])
@pytest.mark.parametrize(
    ("path", "queries"),
    [
        # the mark, the ward, featured, goods, claims, what is on, shops, who told of the quarters
        ("/", 8),
        (LIST, 4),  # the mark, the ward, goods, claims
        (LIST + "?q=gom", 4),
        (LIST + "?loai=gom-su", 4),
        (LIST + "?q=gom&loai=gom-su&sao=4&trang=9&xep=moi", 4),
        # the mark, the ward, the goods, claims, pictures, shops, others of the kind, their claims
        ("/hang-viet/gom-1/", 8),
        ("/noi-lam/", 4),  # the mark, the ward, count, makers
        ("/noi-lam/hop-tac-xa-thu/", 5),  # the mark, the ward, the maker, goods, claims
        ("/noi-ban/", 3),  # the mark, the ward, shops
        ("/noi-ban/cho/", 6),  # the mark, the ward, the shop, sales, goods, claims
        ("/cong-nhan/", 5),  # the mark, the ward, years and groups, count, rows
        ("/hoi-cho/", 4),  # the mark, the ward, those to come, those gone
        ("/ma-vach/?so=96385074", 4),  # the mark, the ward, the goods, claims
    ],
)
def test_page_has_a_fixed_number_of_queries(
    client, ward, path, queries, count, django_assert_num_queries
):
    maker = ProducerFactory(owner=ward)
    shop = OutletFactory(owner=ward, name="Chợ")
    for number in range(count + 1):
        goods = ProductFactory(
            owner=ward, name=f"Gốm {number}", producer=maker, picture=a_picture()
        )
        RecognitionFactory(product=goods)
        SaleFactory(product=goods, outlet=shop)
    Product.objects.filter(name="Gốm 1").update(barcode="96385074")
    hidden = ProductFactory(owner=ward, name="Gốm giấu", status="withdrawn")
    foreign = ProductFactory(name="Gốm nơi khác")
    catalogue_of(ward)  # held in the memory of the process

    with django_assert_num_queries(queries):
        html = client.get(path).content.decode()

    assert (hidden.name in html, foreign.name in html) == (False, False)
    assert told_of(path).format(count) in html


def test_the_first_page_is_held_until_a_write(client, ward, django_assert_num_queries):
    ProductFactory(owner=ward, name="Gốm")
    client.get("/")
    public.forget_pages()

    with django_assert_num_queries(2):  # the mark and the ward
        held = client.get("/").content.decode()
    ProductFactory(owner=ward, name="Lụa")

    assert ("Gốm" in held, "Lụa" in held) == (True, False)
    assert "Lụa" in client.get("/").content.decode()


def test_several_choices_of_one_facet_stand_in_the_address(client, ward):
    for name in ("Gốm", "Lụa", "Gạo"):
        kind = CategoryFactory(owner=ward, name=f"Loại {name}")
        ProductFactory(owner=ward, name=name, category=kind)

    response = client.get(f"{LIST}?loai=loai-gom&loai=loai-lua")
    html = response.content.decode()

    assert response.context["page"].paginator.count == 2
    assert [one["without"] for one in response.context["chosen"]] == [
        "?loai=loai-lua",
        "?loai=loai-gom",
    ]
    assert 'href="?loai=loai-gom&amp;loai=loai-lua&amp;loai=loai-gao"' in html
    assert "<h1>Hàng Việt</h1>" in html


def told_of(path):
    """What must stand on the page, with the number of the last goods."""
    words = {
        "/noi-lam/": "Hợp tác xã Thử",
        "/noi-ban/": "Chợ",
        "/hoi-cho/": "Hội chợ, khuyến mại",
        "/hang-viet/gom-1/": "Gốm 1",
        "/ma-vach/?so=96385074": "Có trong danh sách",
    }
    return words.get(path, "Gốm {}")


def test_draft_withdrawn_and_foreign_goods_are_missing(client, ward):
    ProductFactory(owner=ward, name="Nháp", status="draft")
    ProductFactory(owner=ward, name="Rút", status="withdrawn")
    ProductFactory(name="Khác")

    answers = [client.get(f"/hang-viet/{slug}/").status_code for slug in ("nhap", "rut", "khac")]

    assert answers == [404, 404, 404]
    assert shown(client.get(LIST)) == []


def test_ward_follows_the_host(client, ward, settings):
    settings.ALLOWED_HOSTS = ["*"]
    other = WardFactory(card__host="khac.example.vn")
    WardProfile.objects.filter(ward=ward).update(host="nha.example.vn")
    ProductFactory(owner=ward, name="Của nhà")
    ProductFactory(owner=other, name="Của bạn")

    names = [
        shown(client.get(LIST, headers={"host": host}))
        for host in ("nha.example.vn", "khac.example.vn", "la.example.vn")
    ]

    assert names == [["Của nhà"], ["Của bạn"], ["Của nhà"]]


def test_portal_without_a_ward_says_not_found(client):
    assert [client.get(path).status_code for path in ("/", LIST)] == [404, 404]


def test_search_and_kind_stand_in_the_address_together(client, ward):
    food = CategoryFactory(owner=ward, name="Thực phẩm")
    ProductFactory(owner=ward, name="Bánh gốm")
    ProductFactory(owner=ward, name="Bánh mì", category=food)
    ProductFactory(owner=ward, name="Gạo", category=food)

    response = client.get(LIST, {"q": "banh", "loai": "thuc-pham"})

    assert shown(response) == ["Bánh mì"]
    kinds = response.context["facets"][0]
    assert [(kind["name"], kind["count"], kind["is_chosen"]) for kind in kinds["values"]] == [
        ("Gốm sứ", 1, False),
        ("Thực phẩm", 1, True),
    ]
    assert response.context["page"].paginator.count == 1


def test_list_has_pages_of_24_and_keeps_the_search(client, ward):
    for number in range(1, 26):
        ProductFactory(owner=ward, name=f"Gốm {number}")

    response = client.get(LIST, {"q": "gom", "trang": "2"})

    assert shown(response) == ["Gốm 25"]
    assert re.search(r'href="\?q=gom&amp;trang=1" rel="prev"', response.content.decode())


@pytest.mark.parametrize(
    "query",
    [
        "trang=999",
        "trang=-1",
        "trang=x",
        "loai=khong-co",
        "loai=%25",
        "q=%25_'\"",
        "q=" + "a" * 3000,
        "q=%E6%97%A5",
        "q=+++",
        "x=1",
    ],
)
def test_odd_addresses_get_a_page(client, ward, query):
    ProductFactory(owner=ward)

    assert client.get(f"{LIST}?{query}").status_code == 200


def test_nothing_found_helps_on(client, ward):
    ProductFactory(owner=ward)

    html = client.get(LIST, {"q": "xe may"}).content.decode()

    assert "Chưa có mặt hàng nào hợp với “xe may”." in html
    assert 'href="/hang-viet/?loai=gom-su"' in html


def test_search_is_shown_back_as_text(client, ward):
    html = client.get(LIST, {"q": "<b>gốm</b>"}).content.decode()

    assert "<b>gốm" not in html
    assert "&lt;b&gt;gốm&lt;/b&gt;" in html


def test_featured_goods_come_first_and_large(client, ward):
    ProductFactory(owner=ward, name="An", picture=a_picture())
    old = {"is_featured": True, "featured_from": dt.date(2020, 1, 1)}
    ProductFactory(owner=ward, name="Sen", **old)
    ProductFactory(owner=ward, name="Bưởi", **old, featured_to=dt.date(2020, 2, 1))

    response = client.get("/")

    assert response.context["feature"].name == "Sen"
    assert [product.name for product in response.context["products"]] == ["An", "Bưởi"]


def test_home_tells_the_rights_and_the_number_to_call(client, ward):
    html = client.get("/").content.decode()

    assert 'href="tel:18006838"' in html


def test_product_page_shows_source_day_and_dated_price(client, ward):
    day = dt.date(2026, 3, 5)
    ProductFactory(
        owner=ward,
        name="Gốm",
        sources="Quyết định thử",
        checked_on=day,
        price_low=50_000,
        price_high=1_200_000,
        price_on=day,
        is_sample=True,
    )

    html = client.get("/hang-viet/gom/").content.decode()

    for text in (
        "Nguồn: Quyết định thử",
        "kiểm tra ngày 5/3/2026",
        "50.000 đến 1.200.000 đồng, xem ngày 5/3/2026",
        "Dữ liệu mẫu",
        "http://testserver/hang-viet/gom/",
    ):
        assert text in html


def test_product_without_price_or_picture_has_the_drawing_of_its_kind(client, ward):
    ProductFactory(owner=ward, name="Gốm")

    html = client.get("/hang-viet/gom/").content.decode()

    assert "Giá tham khảo" not in html
    assert "/static/img/products/gom-su.svg" in html


def test_related_goods_are_of_the_same_kind_and_published(client, ward):
    ProductFactory(owner=ward, name="Gốm")
    ProductFactory(owner=ward, name="Bát")
    ProductFactory(owner=ward, name="Nháp", status="draft")
    ProductFactory(owner=ward, name="Gạo", category=CategoryFactory(owner=ward, name="Gạo"))

    related = client.get("/hang-viet/gom/").context["related"]

    assert [product.name for product in related] == ["Bát"]


def test_every_kind_has_its_drawing():
    from products.models import Category

    missing = [
        drawing
        for drawing in Category.Drawing.values
        if not finders.find(Category(drawing=drawing).drawing_path)
    ]

    assert missing == []


def test_full_list_page_is_light(client, ward):
    """HTML, CSS and JS compressed at most 33 KB, fonts at most 68 KB, nothing from elsewhere."""
    maker = ProducerFactory(owner=ward)
    for number in range(30):
        ProductFactory(
            owner=ward, name=f"Mặt hàng số {number}", producer=maker, picture=a_picture()
        )

    html = client.get(LIST).content.decode()
    links = re.findall(r'<(?:link|script)[^>]+(?:href|src)="([^"]+)"', html)
    parts = [url for url in links if url.endswith((".css", ".js"))]
    files = {url: finders.find(url.removeprefix("/static/")) for url in parts}
    texts = [Path(path).read_bytes() for path in files.values()]
    weight = sum(len(gzip.compress(data, 6)) for data in [html.encode(), *texts])

    assert Product.objects.count() == 30
    assert weight <= 33 * KILOBYTE
    assert re.findall(r'(?:src|href|srcset)="(?:https?:)?//(?!testserver/)', html) == []
    assert [url for url in parts if url.endswith(".js")] == [
        "/static/js/public/offline.js",
        "/static/js/public/size.js",
    ]
