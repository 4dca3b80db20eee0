"""Residents in a real browser: a suggestion on its way to the front page, and pages without a network."""

from __future__ import annotations

import re

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from products.models import Product, Suggestion
from products.tests.factories import CategoryFactory, ProductFactory
from tests_browser.people import DESK, TELEPHONE, sign_in
from units import demonstration
from units.models import Role
from units.tests.factories import WardFactory, member

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PATIENCE = 30_000  # ms, on a slow machine
KEPT = """async (path) => {
  for (let tries = 0; tries < 300; tries += 1) {
    if (navigator.serviceWorker.controller && (await caches.match(path))) return true;
    await new Promise((done) => setTimeout(done, 100));
  }
  return false;
}"""


@pytest.fixture(autouse=True)
def _no_haste(monkeypatch):
    """A browser that is driven writes faster than people; the guard against that has its own test."""
    monkeypatch.setattr("products.residents.guard.QUICKEST", -1)


@pytest.fixture
def ward():
    return WardFactory(name="Phường Tân An")


def _officer(role, ward):
    user = member(role, ward)
    user.set_password(demonstration.PASSWORD)
    user.save()
    return user.username


@pytest.mark.parametrize("javascript", [True, False])
def test_suggestion_goes_its_way_to_the_front_page(open_page, ward, javascript):
    CategoryFactory(owner=ward, name="Thực phẩm")
    resident = open_page(TELEPHONE, javascript=javascript)
    resident.goto("/hang-viet/?q=mam+tep")
    resident.get_by_role("link", name="Giới thiệu mặt hàng này với phường").click()
    expect(resident.get_by_label("Tên mặt hàng")).to_have_value("mam tep")
    resident.get_by_label("Tên mặt hàng").fill("Mắm tép Hà Yên")
    resident.get_by_label(re.compile("Vì sao bạn giới thiệu")).fill("Nhà làm, không phẩm màu.")
    resident.get_by_text("Muốn phường báo lại kết quả").click()
    resident.get_by_label("Điện thoại hoặc thư điện tử").fill("0912 888 777")
    resident.get_by_role("button", name="Gửi giới thiệu").click()
    expect(resident.get_by_role("alert")).to_contain_text("đánh dấu đồng ý")
    resident.get_by_text("Tôi đồng ý như trên", exact=True).click()
    resident.get_by_role("button", name="Gửi giới thiệu").click()
    expect(resident.get_by_role("heading", level=1)).to_have_text("Phường đã nhận góp ý của bạn")
    code = resident.locator(".voice__code").inner_text()

    office = open_page(DESK)
    sign_in(office, _officer(Role.EDITOR, ward))
    office.goto(reverse("admin:products_suggestion_changelist"))
    office.get_by_role("link", name=re.compile(r"^Góp ý \d")).click()
    expect(office.get_by_text("0912 888 777")).to_be_visible()
    office.get_by_label("Loại hàng").select_option(label="Thực phẩm")
    office.get_by_role("button", name="Đưa vào danh sách đề xuất").click()
    office.get_by_role("link", name="Mắm tép Hà Yên").click()
    expect(office.get_by_label("Vì sao được giới thiệu")).to_be_visible()
    office.get_by_label("Vì sao được giới thiệu").fill("Hộ làm nghề ba đời, có giấy an toàn.")
    office.locator("[name=_save]").first.click()
    goods = Product.objects.get()
    office.goto(reverse("admin:product_step", args=[goods.pk]))
    office.get_by_role("button", name="Đã kiểm tra, trình duyệt").click()
    expect(office.get_by_role("button", name="Duyệt và đăng")).to_have_count(0)

    leader = open_page(DESK)
    sign_in(leader, _officer(Role.LEADER, ward))
    leader.goto(reverse("admin:product_step", args=[goods.pk]))
    leader.get_by_role("button", name="Duyệt và đăng").click()
    expect(leader.get_by_text("Xem như người dân thấy")).to_be_visible()

    office.reload()
    office.get_by_text("Trang đầu", exact=True).first.click()
    office.get_by_role("button", name="Đưa lên trang đầu").click()
    expect(
        office.get_by_text("Từ nay").or_(office.get_by_text(re.compile("^Từ \\d")))
    ).to_be_visible()

    resident.goto("/gop-y/")
    expect(resident.get_by_role("link", name="Mắm tép Hà Yên")).to_be_visible()
    resident.get_by_label("Mã tra cứu").fill(code.lower())
    resident.get_by_role("button", name="Xem kết quả").click()
    expect(resident.get_by_role("main")).to_contain_text("Đã đưa vào danh sách đề xuất")
    resident.get_by_role("button", name="Rút lại cách liên hệ").click()
    expect(resident.get_by_text("Phường đã xóa cách liên hệ của bạn")).to_be_visible()
    resident.get_by_role("link", name="Mắm tép Hà Yên").click()
    expect(resident.get_by_role("heading", level=1)).to_have_text("Mắm tép Hà Yên")
    resident.goto("/")
    expect(resident.locator(".feature, .band").first).to_contain_text("Mắm tép Hà Yên")
    assert Suggestion.objects.get().status == "accepted"


def test_forms_fit_a_telephone_and_their_cookie_is_the_guards_alone(open_page, ward):
    ProductFactory(owner=ward, name="Gốm")
    page = open_page({"width": 320, "height": 640})

    wide = []
    for path in (
        "/gop-y/",
        "/gop-y/mat-hang/",
        "/gop-y/bao-sai/?trang=/hang-viet/gom/",
        "/gop-y/danh-gia/?trang=/hang-viet/gom/&muc=3",
        "/gop-y/cam-on/",
        "/in/ap-phich/gom/",
        "/in/to-roi/gom/",
        "/in/nhan-ke/gom/",
        "/in/danh-sach/",
        "/khong-mang/",
    ):
        page.goto(path)
        if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
            wide.append(path)

    assert wide == []
    assert [cookie["name"] for cookie in page.context.cookies()] == ["csrftoken"]


def test_visited_pages_open_without_a_network_and_private_ones_are_not_kept(open_page, ward):
    ProductFactory(owner=ward, name="Gốm")
    ProductFactory(owner=ward, name="Chưa xem")
    page = open_page(TELEPHONE)
    page.goto("/hang-viet/gom/")
    assert page.evaluate(KEPT, "/hang-viet/gom/")
    page.goto("/hang-viet/")
    assert page.evaluate(KEPT, "/hang-viet/")
    page.goto("/gop-y/mat-hang/")
    page.goto(reverse("account_login"))

    # The browser's own cache would answer for a minute, as if there were a network.
    page.context.new_cdp_session(page).send("Network.clearBrowserCache")
    page.context.set_offline(True)
    page.goto("/hang-viet/gom/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Gốm", timeout=PATIENCE)
    expect(page.get_by_text("Không có mạng: đây là bản")).to_be_visible()
    page.goto("/hang-viet/chua-xem/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Không có mạng", timeout=PATIENCE)
    expect(page.get_by_role("link", name="Gốm", exact=True)).to_be_visible(timeout=PATIENCE)

    kept = page.evaluate(
        """async () => {
          const all = [];
          for (const name of await caches.keys())
            for (const { url } of await (await caches.open(name)).keys()) all.push(new URL(url).pathname);
          return all;
        }"""
    )
    assert {path for path in kept if not path.startswith(("/static/", "/anh/"))} == {
        "/hang-viet/",
        "/hang-viet/gom/",
        "/khong-mang/",
    }
