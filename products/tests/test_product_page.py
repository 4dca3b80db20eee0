"""One kind of goods in public: evidence, shops, pictures, and what machines read."""

import datetime as dt
import io
import json
import re

import pytest
import time_machine
from PIL import Image

from products import sharing
from products.models import ProductPicture
from products.tests.factories import (
    OutletFactory,
    ProducerFactory,
    ProductFactory,
    PromotionFactory,
    RecognitionFactory,
    SaleFactory,
    a_picture,
)
from units.models import Unit
from units.tests.factories import UnitFactory, WardFactory

pytestmark = pytest.mark.django_db
PAGE = "/hang-viet/gom/"


@pytest.fixture
def gom():
    return ProductFactory(owner=WardFactory(), name="Gốm")


def page(client, path=PAGE):
    return client.get(path).content.decode()


def structured(html):
    blocks = re.findall(r'<script type="application/ld\+json">(.*?)</script>', html, re.DOTALL)
    return [json.loads(block) for block in blocks]


def test_evidence_card_tells_programme_number_issuer_decision_day_and_link(client, gom):
    RecognitionFactory(
        product=gom,
        number="OC-12",
        issuer="Ủy ban thử",
        decision="15/QĐ",
        decided_on=dt.date(2025, 2, 3),
        valid_until=dt.date(2099, 2, 3),
        link="https://ocop.example.vn/12",
    )

    html = page(client)

    for text in (
        "OCOP, 4 sao",
        "năm 2025",
        "OC-12",
        "Ủy ban thử",
        "15/QĐ, ngày 3/2/2025",
        "đến hết ngày 3/2/2099",
        "Văn phòng phường, ngày 5/1/2026",
        'href="https://ocop.example.vn/12"',
    ):
        assert text in html


def test_lapsed_and_unchecked_claims_stand_nowhere(client, gom):
    RecognitionFactory(product=gom, number="CŨ-1", valid_until=dt.date(2026, 3, 5))
    RecognitionFactory(product=gom, number="MỚI-1", checked_on=None)

    with time_machine.travel(dt.datetime(2026, 3, 5, 16, 59, tzinfo=dt.UTC)):
        last_day = page(client)
    with time_machine.travel(dt.datetime(2026, 3, 5, 17, 0, tzinfo=dt.UTC)):
        day_after = page(client)
        in_list = page(client, "/hang-viet/")

    assert ["CŨ-1" in html for html in (last_day, day_after)] == [True, False]
    assert "MỚI-1" not in last_day + day_after
    assert "OCOP 4 sao" not in in_list
    assert "award" not in structured(day_after)[0]


def test_shops_stand_by_residential_group_with_hours_phone_way_and_day(client, gom):
    ward = gom.owner
    kind = Unit.Kind.RESIDENTIAL_GROUP
    two, ten = (
        UnitFactory(parent=ward, kind=kind, name=f"Tổ dân phố số {number}") for number in (2, 10)
    )
    far = OutletFactory(owner=ward, name="Ở tổ 10", residential_group=ten)
    near = OutletFactory(
        owner=ward,
        name="Ở tổ 2",
        residential_group=two,
        hours="7:00 đến 20:00",
        phone="+84912345678",
    )
    closed = OutletFactory(owner=ward, name="Đã đóng", closed_on=dt.date(2026, 1, 1))
    SaleFactory(product=gom, outlet=far)
    SaleFactory(product=gom, outlet=near, confirmed_on=dt.date(2026, 3, 5))
    SaleFactory(product=gom, outlet=closed)
    SaleFactory(product=gom, outlet=OutletFactory(owner=ward, name="Hết hàng"), is_sold=False)

    html = page(client)

    assert html.index("Tổ dân phố số 2") < html.index("Tổ dân phố số 10")
    for text in (
        "Mở cửa: 7:00 đến 20:00",
        'href="tel:+84912345678"',
        "https://www.google.com/maps/dir/?api=1&amp;destination=",
        "Còn bán, hỏi ngày 5/3/2026",
        "Chưa hỏi lại còn bán hay không",
    ):
        assert text in html
    assert [name in html for name in ("Đã đóng", "Hết hàng")] == [False, False]


def test_bare_goods_have_a_page(client, gom):
    html = page(client)

    assert "Phường chưa ghi nơi bán mặt hàng này" in html
    assert "Chưa có ảnh; hình vẽ của loại hàng." in html


def test_two_goods_with_one_name_have_a_page_each(client, gom):
    ProductFactory(owner=gom.owner, name="Gốm", summary="Chiếc thứ hai.")

    assert ["Chiếc thứ hai." in page(client, path) for path in (PAGE, "/hang-viet/gom-2/")] == [
        False,
        True,
    ]


def test_gallery_gives_every_size(client, gom):
    gom.picture = a_picture()
    gom.save()
    ProductPicture.objects.create(product=gom, picture=a_picture(), alt="Mặt sau")

    html = page(client)
    pictures = re.findall(r"<img[^>]*product__image[^>]*>", html)

    assert len(pictures) == 2
    assert all(
        re.search(r'srcset="[^"]+" sizes="[^"]+" width="\d+" height="\d+"', one) for one in pictures
    )
    assert 'alt="Mặt sau"' in pictures[1]


def test_card_picture_is_drawn_from_the_record(client, gom):
    gom.picture = a_picture()
    gom.save()
    RecognitionFactory(product=gom)

    response = client.get(f"{PAGE}anh-chia-se.jpg")
    image = Image.open(io.BytesIO(response.content))

    assert (response["Content-Type"], image.size) == ("image/jpeg", (1200, 630))
    assert len(image.convert("RGB").getcolors(1_000_000)) > 100  # something is drawn
    assert f'property="og:image" content="http://testserver{PAGE}anh-chia-se.jpg"' in page(client)


@pytest.mark.parametrize("name", ["Ổ", "Ệ" * 160, "日本 – “ngoặc” & <b>", "a" * 160])
def test_card_picture_takes_any_name(client, gom, name):
    gom.name = name
    gom.save()

    assert client.get(f"{PAGE}anh-chia-se.jpg").status_code == 200


def test_share_links_carry_the_whole_address():
    url = "https://phuong.example.vn/hang-viet/gom/"

    share = sharing.share_of(url)

    assert share.facebook.endswith("u=https%3A%2F%2Fphuong.example.vn%2Fhang-viet%2Fgom%2F")
    assert "d=eyJ1cmwi" in share.zalo
    assert share.qr.path.startswith("M")


def test_texts_cannot_end_the_data_block(client, gom):
    gom.summary = "</script><script>alert(1)</script>"
    gom.save()

    html = page(client)

    assert "<script>alert" not in html
    assert structured(html)[0]["description"] == gom.summary


# -- What machines read -------------------------------------------------------


def strangers(data):
    """Names that schema.org's vocabulary does not know for the type that they stand in."""
    module = __import__(f"pydantic2_schemaorg.{data['@type']}", fromlist=["*"])
    model = getattr(module, data["@type"])
    model.parse_obj(data)
    known = {field.alias for field in model.__fields__.values()}
    found = [f"{data['@type']}.{name}" for name in data if name not in known]
    for value in data.values():
        for one in value if isinstance(value, list) else [value]:
            found += strangers(one) if isinstance(one, dict) else []
    return found


def test_structured_data_is_of_the_vocabulary(client, gom):
    ward = gom.owner
    gom.producer = ProducerFactory(
        owner=ward, name="Lò", place="Xã Thử, tỉnh Thử", phone="+84912345678"
    )
    gom.barcode, gom.picture = "8934563138165", a_picture()
    gom.save()
    RecognitionFactory(product=gom)
    OutletFactory(owner=ward, name="Chợ", latitude="21.0", longitude="105.8", phone="+84912345678")
    PromotionFactory(owner=ward, title="Phiên", place="Nhà văn hóa", text="Có gian hàng.")

    paths = (PAGE, "/noi-lam/lo/", "/noi-ban/cho/", "/hoi-cho/phien/")
    blocks = [structured(page(client, path)) for path in paths]

    assert [[one["@type"] for one in some] for some in blocks] == [
        ["Product", "BreadcrumbList"],
        ["Organization", "BreadcrumbList"],
        ["LocalBusiness", "BreadcrumbList"],
        ["Event", "BreadcrumbList"],
    ]
    assert [strangers(one) for some in blocks for one in some] == [[]] * 8
    assert strangers({"@type": "Product", "colour": "x"}) == ["Product.colour"]
    product, crumbs = blocks[0]
    assert (product["gtin"], product["award"]) == ("8934563138165", ["OCOP 4 sao (2025)"])
    assert [one["position"] for one in crumbs["itemListElement"]] == [1, 2, 3]
    event = blocks[3][0]
    assert (event["startDate"], event["endDate"]) == ("2030-01-05", "2030-01-07")
