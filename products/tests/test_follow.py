"""Feeds, calendar, what search engines read, paper and the copy on the phone."""

import datetime as dt
import json
import re
from pathlib import Path
from xml.etree import ElementTree

import feedparser
import icalendar
import pytest
from django.conf import settings
from django.contrib.staticfiles import finders
from django.urls import reverse
from PIL import Image

from core.checks import routes
from products.follow import calendar, offline
from products.follow.paper import PAPERS
from products.models import Outlet, Promotion, Recognition, Sale
from products.tests.factories import CategoryFactory, ProducerFactory, ProductFactory
from products.workflow import CHECK, FEATURE, PUBLISH, take
from units.models import Role
from units.tests.factories import WardFactory, member

pytestmark = pytest.mark.django_db
ATOM = "{http://www.w3.org/2005/Atom}"
MAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
OPEN = (
    "/tin/hang-viet.atom",
    "/tin/hoi-cho.atom",
    "/tin/hoi-cho.ics",
    "/robots.txt",
    "/sitemap.xml",
    "/sitemap-trang.xml",
    "/manifest.webmanifest",
    "/in/danh-sach/",
    "/khong-mang/",
)
LONG = "Phiên chợ “hàng Việt”; quà, bánh \\ cốm " * 4


@pytest.fixture
def ward():
    return WardFactory()


def fair(ward, title="Phiên chợ hàng Việt", days=0, **fields):
    """Published, from today on for three days; ``days`` later."""
    first = dt.date.today() + dt.timedelta(days=days)
    fields = {"is_published": True, "place": "Sân nhà văn hóa", **fields}
    return Promotion.objects.create(
        owner=ward, title=title, first_on=first, last_on=first + dt.timedelta(days=2), **fields
    )


def unfolded(text):
    """The lines of a calendar as they are meant."""
    return text.replace("\r\n ", "").split("\r\n")


@pytest.mark.parametrize("path", OPEN)
def test_answer_is_for_any_cache_and_touches_no_session(client, ward, path):
    client.cookies["sessionid"] = "x" * 32

    response = client.get(path)

    assert response.status_code == 200
    assert (response.cookies, response.get("Vary")) == ({}, None)
    assert response["Cache-Control"] == "public, max-age=3600"
    assert client.get(path, headers={"if-none-match": response["ETag"]}).status_code == 304
    assert client.post(path).status_code == 405


def test_goods_feed_is_valid_atom_with_the_newest_first(client, ward):
    first, second = member(Role.OFFICE, ward), member(Role.LEADER, ward)
    oldest, _ = (
        _publish(
            ProductFactory(owner=ward, name=f"Hàng <{number}> & bạn", status="draft"), first, second
        )
        for number in (1, 2)
    )
    take(FEATURE, oldest, actor=first, seen_version=oldest.version)  # no news
    ProductFactory(owner=ward, name="Chưa đăng", status="draft")
    ProductFactory(name="Của phường khác")

    response = client.get("/tin/hang-viet.atom")

    feed = ElementTree.fromstring(response.content)
    assert response["Content-Type"] == "application/atom+xml; charset=utf-8"
    assert feed.tag == f"{ATOM}feed"
    for one in (feed, *feed.findall(f"{ATOM}entry")):  # RFC 4287, 4.1.1 and 4.1.2
        assert all(one.findtext(f"{ATOM}{name}") for name in ("id", "title", "updated"))
        dt.datetime.fromisoformat(one.findtext(f"{ATOM}updated"))
    assert feed.findtext(f"{ATOM}author/{ATOM}name") == ward.name
    links = {link.get("rel"): link.get("href") for link in feed.findall(f"{ATOM}link")}
    assert links["self"] == "http://testserver/tin/hang-viet.atom"
    titles = [entry.findtext(f"{ATOM}title") for entry in feed.findall(f"{ATOM}entry")]
    assert titles == ["Hàng <2> & bạn", "Hàng <1> & bạn"]


def _publish(goods, first, second):
    for step, actor in ((CHECK, first), (PUBLISH, second)):
        goods = take(step, goods, actor=actor, seen_version=goods.version)
    return goods


def test_events_feed_has_what_is_on_or_to_come(client, ward):
    fair(ward, "Sắp tới", days=9, is_sample=True)
    fair(ward, "Đã qua", days=-9)
    fair(ward, "Chưa đăng", is_published=False)
    fair(WardFactory(), "Của phường khác")

    feed = ElementTree.fromstring(client.get("/tin/hoi-cho.atom").content)

    titles = [entry.findtext(f"{ATOM}title") for entry in feed.findall(f"{ATOM}entry")]
    assert titles == ["Sắp tới (dữ liệu mẫu)"]


def test_calendar_is_valid_and_whole_days_end_on_the_next(client, ward):
    row = fair(ward, LONG[:150], text="Dòng một\nDòng hai, có phẩy; và chấm phẩy")
    fair(ward, "Đã qua", days=-9)

    response = client.get("/tin/hoi-cho.ics")

    raw = response.content
    lines = unfolded(raw.decode())
    assert response["Content-Type"] == "text/calendar; charset=utf-8"
    assert raw.endswith(b"END:VCALENDAR\r\n")
    assert b"\n" not in raw.replace(b"\r\n", b"")
    assert max(len(line) for line in raw.split(b"\r\n")) <= 75
    for name in ("VERSION:2.0", "BEGIN:VEVENT", "END:VEVENT"):
        assert lines.count(name) == 1
    facts = dict(line.split(":", 1) for line in lines if ":" in line)
    assert facts["UID"] == f"promotion-{row.pk}@testserver"
    assert re.fullmatch(r"\d{8}T\d{6}Z", facts["DTSTAMP"])
    assert facts["DTSTART;VALUE=DATE"] == f"{row.first_on:%Y%m%d}"
    assert facts["DTEND;VALUE=DATE"] == f"{row.last_on + dt.timedelta(days=1):%Y%m%d}"
    plain = re.sub(r"\\(.)", lambda m: "\n" if m[1] == "n" else m[1], facts["SUMMARY"])
    assert plain == row.title
    assert "Dòng một\\nDòng hai\\, có phẩy\\; và chấm phẩy" in facts["DESCRIPTION"]


def test_one_event_is_a_file_and_others_are_missing(client, ward):
    fair(ward, "Phiên chợ")
    fair(ward, "Chưa đăng", is_published=False)
    fair(WardFactory(), "Của bạn")

    answers = [
        client.get(f"/tin/hoi-cho/{slug}.ics").status_code
        for slug in ("phien-cho", "chua-dang", "cua-ban", "khong-co")
    ]

    assert answers == [200, 404, 404, 404]


def test_another_reader_understands_the_feeds(client, ward):
    row = fair(ward, LONG[:150].strip(), text="Dòng một\nDòng hai, có phẩy; và chấm phẩy")
    first, second = member(Role.OFFICE, ward), member(Role.LEADER, ward)
    _publish(ProductFactory(owner=ward, name="Hàng <1> & bạn", status="draft"), first, second)

    goods, events = (
        feedparser.parse(client.get(f"/tin/{name}.atom").content)
        for name in ("hang-viet", "hoi-cho")
    )
    whole = icalendar.Calendar.from_ical(client.get("/tin/hoi-cho.ics").content)
    [event] = whole.events

    assert [(one.bozo, one.version, len(one.entries)) for one in (goods, events)] == [
        (False, "atom10", 1)
    ] * 2
    assert events.entries[0].title == row.title
    assert (str(event["SUMMARY"]), event.DTSTART, event.DTEND, event.errors) == (
        row.title,
        row.first_on,
        row.last_on + dt.timedelta(days=1),
        [],
    )
    assert row.text in str(event["DESCRIPTION"])


@pytest.mark.parametrize("size", [1, 74, 75, 76, 150, 400])
def test_folding_never_cuts_a_letter(size):
    line = "Ễ" * size

    folded = calendar.folded(line)

    assert folded.replace("\r\n ", "") == line
    assert all(len(piece.encode()) <= 75 for piece in folded.split("\r\n"))


def test_sitemap_lists_what_is_public_and_nothing_else(client, ward):
    maker = ProducerFactory(owner=ward, name="Có hàng")
    ProductFactory(owner=ward, name="Gốm", producer=maker)
    ProductFactory(owner=ward, name="Nháp", status="draft")
    ProductFactory(name="Khác")
    ProducerFactory(owner=ward, name="Chưa có hàng")
    Outlet.objects.create(owner=ward, name="Tiệm", address="Số 1")
    Outlet.objects.create(owner=ward, name="Đóng", address="Số 2", closed_on=dt.date(2026, 1, 1))
    fair(ward, "Phiên chợ")

    index = ElementTree.fromstring(client.get("/sitemap.xml").content)
    parts = [loc.text for loc in index.iter(f"{MAP}loc")]
    found = [
        loc.text.removeprefix("http://testserver")
        for part in parts
        for loc in ElementTree.fromstring(client.get(part).content).iter(f"{MAP}loc")
    ]

    assert parts == ["http://testserver/sitemap-trang.xml", "http://testserver/sitemap-hang-1.xml"]
    assert len(found) == len(set(found))
    assert {"/", "/hang-viet/", "/hang-viet/gom/", "/noi-ban/tiem/", "/noi-lam/co-hang/"} <= {
        *found
    }
    assert "/hoi-cho/phien-cho/" in found
    assert {client.get(path).status_code for path in found} == {200}
    closed = ("nhap", "khac", "dong", "chua-co-hang", "quan-tri", "bao-cao", "/ma/")
    assert not any(word in path for path in found for word in closed)
    assert client.get("/sitemap-hang-2.xml").status_code == 404
    assert client.get(f"/sitemap-hang-{'9' * 30}.xml").status_code == 404
    assert client.get("/sitemap-hang-0.xml").status_code == 404


def test_robots_keeps_private_pages_out(client, ward):
    text = client.get("/robots.txt").content.decode()

    assert "Sitemap: http://testserver/sitemap.xml" in text.splitlines()
    for path in ("/quan-tri/", "/bao-cao/", "/vao/", "/gop-y/ma/"):
        assert f"Disallow: {path}" in text.splitlines()


@pytest.mark.parametrize(
    ("path", "canonical"),
    [("/", "/"), ("/hang-viet/gom/?a=1", "/hang-viet/gom/"), ("/hoi-cho/", "/hoi-cho/")],
)
def test_page_names_its_own_address_once(client, ward, path, canonical):
    ProductFactory(owner=ward, name="Gốm")

    html = client.get(path).content.decode()

    assert re.findall(r'<link rel="canonical" href="([^"]+)"', html) == [
        f"http://testserver{canonical}"
    ]


def test_manifest_has_icons_that_are_there(client, ward):
    told = json.loads(client.get("/manifest.webmanifest").content)

    assert (told["name"], told["start_url"], told["scope"]) == (
        f"Hàng Việt – {ward.name}",
        "/",
        "/",
    )
    for icon in told["icons"]:
        file = finders.find(icon["src"].removeprefix(settings.STATIC_URL))
        with Image.open(file) as picture:
            assert "x".join(map(str, picture.size)) == icon["sizes"]


def test_worker_is_asked_for_anew_and_knows_public_addresses_alone(client, ward):
    response = client.get("/sw.js")

    assert response["Cache-Control"] == "no-cache"
    told = json.loads(re.search(r"serve\((.*)\);", response.content.decode())[1])
    assert told == {
        "front": "/",
        "below": list(offline.KEPT),
        "missing": "/khong-mang/",
        "files": ["/static/js/public/kept.js"],
    }
    private = [
        route
        for route, view in routes()
        if getattr(view.callback, "policy", "") != "public"
        or route.startswith(("gop-y", "vao", "duyet"))
    ]
    assert not [r for r in private if f"/{r}".startswith(offline.KEPT) or r == ""]


def test_every_public_page_of_goods_may_be_kept():
    pages = {
        f"/{route}"
        for route, view in routes()
        if view.callback.__module__.startswith("products.views") and not route.endswith(".jpg")
    }

    assert [page for page in pages - {"/", "/ma-vach/"} if not page.startswith(offline.KEPT)] == []


def test_workers_of_two_faces_leave_each_other_alone():
    folder = Path(settings.BASE_DIR, "static/js")

    assert 'name.startsWith("bao-cao-")' in (folder / "bao-cao/worker.js").read_text()
    assert 'name.startsWith("cong-khai-")' in (folder / "public/worker.js").read_text()


@pytest.mark.parametrize("paper", PAPERS)
def test_paper_says_what_holds_where_to_buy_and_leads_to_the_page(client, ward, paper):
    goods = ProductFactory(owner=ward, name="Gốm", why_recommended="Men bền.")
    for number, until in (("OCOP còn", None), ("OCOP hết", dt.date(2020, 1, 1))):
        Recognition.objects.create(
            product=goods,
            programme="chung-nhan",
            title=number,
            year=2019,
            valid_until=until,
            checked_on=dt.date(2019, 5, 1),
        )
    shop = Outlet.objects.create(owner=ward, name="Tiệm gốm", address="Số 1")
    Sale.objects.create(product=goods, outlet=shop)

    html = client.get(f"/in/{paper}/gom/").content.decode()

    assert ("OCOP còn" in html, "OCOP hết" in html) == (True, False)
    assert ("Tiệm gốm" in html) == (paper != "nhan-ke")
    assert 'class="qr"' in html
    assert "BẢN XEM TRƯỚC" not in html


@pytest.mark.parametrize("paper", PAPERS)
def test_paper_stands_without_photo_maker_shop_or_recognition(client, ward, paper):
    ProductFactory(owner=ward, name="Trơn", place="", why_recommended="x")

    response = client.get(f"/in/{paper}/tron/")

    assert response.status_code == 200


def test_paper_of_what_is_not_public_is_missing(client, ward):
    ProductFactory(owner=ward, name="Nháp", status="draft")
    ProductFactory(name="Khác")
    ProductFactory(owner=ward, name="Gốm")

    paths = ("ap-phich/nhap", "ap-phich/khac", "ap-phich/khong-co", "to-giay-la/gom")
    assert {client.get(f"/in/{path}/").status_code for path in paths} == {404}


def test_office_looks_at_the_paper_of_a_proposal(client, ward):
    draft = ProductFactory(owner=ward, name="Nháp", status="draft")
    foreign = ProductFactory(name="Khác")
    client.force_login(member(Role.LEADER, ward))

    own = client.get(reverse("admin:product_paper", args=[draft.pk, "ap-phich"]))
    other = client.get(reverse("admin:product_paper", args=[foreign.pk, "ap-phich"]))

    assert (own.status_code, other.status_code) == (200, 404)
    assert "BẢN XEM TRƯỚC, CHƯA ĐĂNG" in own.content.decode()


@pytest.mark.parametrize("count", [1, 3])
@pytest.mark.parametrize(
    ("path", "queries"),
    [
        ("/in/danh-sach/", 3),  # the ward, goods, where they are sold
        ("/tin/hang-viet.atom", 2),
        ("/tin/hoi-cho.atom", 2),
        ("/tin/hoi-cho.ics", 2),
        ("/sitemap-hang-1.xml", 2),
        ("/sitemap-trang.xml", 6),  # the ward, newest, events, outlets, articles, makers
        ("/in/ap-phich/hang-0/", 4),  # the ward, goods, shops, recognitions
    ],
)
def test_answer_has_a_fixed_number_of_queries(
    client, ward, path, queries, count, django_assert_num_queries
):
    for number in range(count):
        goods = ProductFactory(
            owner=ward,
            name=f"Hàng {number}",
            producer=ProducerFactory(owner=ward, name=f"M{number}"),
        )
        shop = Outlet.objects.create(owner=ward, name=f"Tiệm {number}", address="Số 1")
        Sale.objects.create(product=goods, outlet=shop)
        fair(ward, f"Phiên {number}")
    ProductFactory(owner=ward, name="Giấu", status="withdrawn")

    with django_assert_num_queries(queries):
        html = client.get(path).content.decode()

    assert "Giấu" not in html


@pytest.mark.parametrize("slug", ["", "gom-su", "khong-co", "x" * 5000, "ồ", "%27"])
def test_list_of_a_kind_and_of_none(client, ward, slug):
    ProductFactory(owner=ward, name="Bát gốm")
    ProductFactory(
        owner=ward, name="Bánh cốm", category=CategoryFactory(owner=ward, name="Bánh kẹo")
    )

    html = client.get("/in/danh-sach/", {"loai": slug}).content.decode()

    assert ("Bát gốm" in html, "Bánh cốm" in html) == (slug in ("", "gom-su"), slug == "")


@pytest.mark.parametrize("path", ["/tin/hang-viet.atom", "/tin/hoi-cho.atom", "/tin/hoi-cho.ics"])
def test_empty_list_is_still_whole(client, ward, path):
    first, second = client.get(path), client.get(path)

    assert first.content == second.content
    assert first.status_code == 200


def test_nothing_to_follow_without_a_ward(client):
    assert {
        client.get(path).status_code for path in OPEN if path not in ("/robots.txt", "/khong-mang/")
    } == {404}
