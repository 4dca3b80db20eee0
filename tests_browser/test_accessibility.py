"""Every page that a secretary meets: axe, contrast of 7:1, targets of 48 px, 320 px, text at 200 %."""

from __future__ import annotations

import datetime as dt
import io
from urllib.parse import urlsplit

import pytest
from django.contrib.sessions.models import Session
from django.urls import reverse
from django.utils import timezone
from PIL import Image
from playwright.sync_api import expect

from core.text import first_of_month, next_month, previous_month
from opinions.tests.factories import OpinionSettingFactory
from reports import setup, workflow
from reports.answers import COUNT_PREFIX
from reports.tests.factories import content_item, hand_in, owing_unit, secretary
from tests_browser.accessibility import against_axe, findings, measured, with_large_text
from tests_browser.error_pages import error_pages
from tests_browser.people import TELEPHONE, sign_in
from units import demonstration, links
from units.models import Device, Role
from units.tests.factories import PIN, WardFactory, card, member

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
SCREENS = ("contents", "counts", "result", "difficulties")
REASON = "Đề nghị đồng chí xem lại số buổi tuyên truyền."
FAULTY = """<!doctype html><html lang="vi"><title>Thử</title>
  <meta name="viewport" content="width=device-width"><main><h1>Thử</h1>
  <p>Câu <span style="color: #666">mờ</span> có <a href="/">đường dẫn</a>.</p>
  <p><a href="/" style="display: block; line-height: 20px">Một mình</a></p>
  <input style="width: 50em; min-height: 48px"></main>"""


@pytest.fixture
def unit():
    """A cell with a long name that handed in last month, with a plan, opinions and a card."""
    ward = WardFactory(name="Phường Phương Liệt")
    setup.install_defaults(ward)
    for number in range(3):
        content_item(ward, f"Tuyên truyền Chỉ thị số {number} về hàng Việt", position=number)
    OpinionSettingFactory(ward=ward)
    unit = owing_unit(ward, name="Chi bộ Trường Trung học cơ sở và cơ quan Mặt trận Tổ quốc phường")
    unit.duties.update(starts_on=previous_month(_month()))
    user = secretary(unit)
    user.set_password(demonstration.PASSWORD)
    user.save()
    hand_in(unit, month=previous_month(_month()), now=timezone.now() - dt.timedelta(days=31))
    return unit


@pytest.fixture
def page(open_page):
    """A telephone on which nothing moves, without the worker: each page is the server's own."""
    still = {"service_workers": "block", "reduced_motion": "reduce"}
    return open_page(TELEPHONE, has_touch=True, is_mobile=True, **still)


@pytest.fixture
def phone(page, unit):
    sign_in(page, secretary(unit).username)
    return page


@pytest.fixture
def look(page):
    """Open an address, or take the page as it stands; all that is wrong is told at the end."""
    found = {}

    def looked(name, address=None):
        if address:
            page.goto(address)
        page.locator("details").evaluate_all("all => all.forEach((one) => { one.open = true; })")
        if wrong := findings(page):
            found[name] = wrong

    yield looked
    assert found == {}


def _month():
    return first_of_month(timezone.localdate())


def _path(name, unit, month=None):
    return reverse(f"reports:{name}", args=[unit.pk, month or _month()])


def _press(page, name):
    page.get_by_role("button", name=name).first.click()


def test_screens_of_the_month(phone, unit, look):
    look("home", reverse("reports:home"))
    for screen in SCREENS:
        look(screen, _path(screen, unit))
    look("not open yet", _path("contents", unit, next_month(_month())))
    look("zero", _path("zero", unit))
    _press(phone, "Nộp: tháng")
    expect(phone.get_by_role("alert")).to_be_visible()
    look("zero, refused")


def test_screens_that_ask_again(phone, unit, look):
    phone.goto(_path("counts", unit))
    phone.locator("[name=counts-banners]").fill("nhiều")
    phone.locator("summary", has_text="Kể từng buổi").click()
    phone.get_by_label("Số người dự").fill("đông")
    _press(phone, "Tiếp tục")
    expect(phone.get_by_role("alert")).to_be_visible()
    look("counts with errors")
    look("check with errors", _path("check", unit))
    phone.goto(_path("counts", unit))
    phone.locator("[name=counts-banners]").fill("")
    phone.locator("[name=counts-sessions]").fill("1")
    phone.locator("[name=counts-session_attendees]").fill("900")
    _press(phone, "Bỏ buổi 01")
    expect(phone.get_by_role("alert")).to_contain_text("900 lượt người")
    look("counts with a question")
    look("check with a question", _path("check", unit))


def test_check_page_and_text(phone, unit, look):
    _type(phone, unit, "Đã nói chuyện với các hộ.")
    look("check", _path("check", unit))
    phone.get_by_text("Tôi nhập hộ đồng chí bí thư", exact=True).click()
    _press(phone, "Nộp báo cáo")
    expect(phone.get_by_role("alert")).to_be_visible()
    look("check, helper without a name")
    look("home with a draft", reverse("reports:home"))
    look("text for Zalo", _path("text", unit))
    look("photo of a sheet", _path("sheet", unit))
    look("zero, drops the draft", _path("zero", unit))


def test_receipt_and_what_comes_after(phone, unit, look):
    hand_in(unit, month=_month(), now=timezone.now())
    for name in ("receipt", "show", "check", "zero"):
        look(name, _path(name, unit))
    phone.goto(_path("receipt", unit))
    phone.get_by_label("Chọn ảnh").set_input_files(_photo())
    expect(phone.get_by_role("button", name="Gỡ ảnh 1")).to_be_visible()
    look("receipt with a photo")
    look("home, all done", reverse("reports:home"))
    look("year", reverse("reports:year", args=[unit.pk]))
    look("opinions", reverse("opinions:note", args=[unit.pk, _month()]))
    _press(phone, "Gửi ý kiến")
    expect(phone.get_by_role("alert")).to_be_visible()
    look("opinions, refused")
    phone.get_by_text("Giá cả", exact=True).click()
    phone.get_by_label("Bà con nói gì?").fill("Gọi 0912 345 678 để hỏi giá.")
    _press(phone, "Gửi ý kiến")
    expect(phone.get_by_role("button", name="Sửa lại")).to_be_visible()
    look("opinions, asked about a number")


def test_returned_and_helped_report(phone, unit, look):
    report = hand_in(unit, month=_month(), now=timezone.now())
    report.submissions.update(helper="Nguyễn Thị Lan")
    look("home, helper to confirm", reverse("reports:home"))
    reviewer = member(Role.PROPAGANDA, unit.ward)
    sent_back = {"reason": REASON, "question": f"{COUNT_PREFIX}sessions"}
    workflow.review(
        workflow.RETURN, report, actor=reviewer, seen_version=report.version, **sent_back
    )
    look("home, returned", reverse("reports:home"))
    for name in ("counts", "check", "show"):
        look(f"{name}, returned", _path(name, unit))


def test_two_people_at_once(phone, unit, look):
    """The forms are sent past the script, which would ask first what the other one did."""
    phone.goto(_path("result", unit))
    seen = phone.locator("[name=seen_version]").input_value()
    _type(phone, unit, "Bản của người khác.")
    phone.goto(_path("result", unit))
    phone.locator("[name=seen_version]").evaluate("(one, seen) => { one.value = seen; }", seen)
    phone.get_by_label("Kết quả nổi bật").fill("Bản của tôi.")
    phone.locator("form#man").evaluate("(form) => form.submit()")
    expect(phone.locator("h1")).to_have_text("Có người vừa sửa phần này")
    look("conflict")
    phone.goto(_path("check", unit))
    phone.locator("[name=content]").evaluate("(one) => { one.value = '{}'; }")
    phone.locator("form[data-part=check]").evaluate("(form) => form.submit()")
    expect(phone.locator("h1")).to_have_text("Báo cáo này vừa thay đổi")
    look("overtaken")


def test_door_of_the_phone(page, unit, look):
    _, token = card(unit)
    look("no card", reverse("units:ask_pin"))
    look("old card", reverse("units:open_link", args=["khong-co"]))
    look("PIN", reverse("units:open_link", args=[token]))
    page.get_by_label("Mã PIN").fill("111111")
    _press(page, "Vào")
    expect(page.locator(".field__error")).to_be_visible()
    look("wrong PIN")
    other = member(Role.SECRETARY, unit)
    page.get_by_label("Mã PIN").fill(PIN)
    _press(page, "Vào")
    expect(page.get_by_role("button", name=other.full_name)).to_be_visible()
    look("which secretary")
    _press(page, other.full_name)
    page.wait_for_url(f"**{reverse('reports:home')}")
    _, strange = card(owing_unit(unit.ward))
    look("card of another unit", reverse("units:open_link", args=[strange]))
    links.revoke_phone(Device.objects.get(), actor=other)
    look("phone that ended", reverse("reports:home"))
    unit.memberships.update(ends_on=timezone.localdate())
    page.goto(reverse("units:open_link", args=[token]))
    page.get_by_label("Mã PIN").fill(PIN)
    _press(page, "Vào")
    expect(page.get_by_label("Mã PIN")).to_have_count(0)
    look("nobody reports")
    unit.closed_on = timezone.localdate()
    unit.save()
    look("card of a closed unit", reverse("units:open_link", args=[token]))


def test_sign_in_and_text_that_waits(phone, unit, look):
    look("password", reverse("account_change_password"))
    _press(phone, "Đổi mật khẩu")
    look("password, refused")
    look("locked account", reverse("account_inactive"))
    look("sign out", reverse("account_logout"))
    phone.goto(_path("result", unit))
    phone.get_by_label("Kết quả nổi bật").fill("Viết sau khi hết phiên.")
    Session.objects.all().delete()
    phone.locator("form#man").evaluate("(form) => form.submit()")
    phone.wait_for_url(f"**{reverse('account_login')}**")
    look("sign in, text waits")
    _press(phone, "Đăng nhập")
    look("sign in, refused")
    phone.get_by_label("Tên đăng nhập hoặc số điện thoại").fill(secretary(unit).username)
    phone.get_by_label("Mật khẩu", exact=True).fill(demonstration.PASSWORD)
    _press(phone, "Đăng nhập")
    phone.wait_for_url(f"**{reverse('reports:held')}")
    look("text that waited")
    look("home, text waits", reverse("reports:home"))


def test_error_pages(page, unit, look):
    pages = {f"/bao-cao/loi/{name}": body.content.decode() for name, body in error_pages()}
    page.route(
        "**/bao-cao/loi/*",
        lambda route: route.fulfill(body=pages[urlsplit(route.request.url).path]),
    )
    for address in pages:
        look(address, address)


def _photo():
    picture = io.BytesIO()
    Image.new("RGB", (320, 240), "teal").save(picture, "JPEG")
    return {"name": "anh.jpg", "mimeType": "image/jpeg", "buffer": picture.getvalue()}


def _type(page, unit, result):
    """Something on every screen that the check page asks for."""
    page.goto(_path("contents", unit))
    page.locator("label.choice__label").first.click()
    for screen in SCREENS:
        if screen == "result":
            page.get_by_label("Kết quả nổi bật").fill(result)
        here = page.url
        _press(page, "Tiếp tục")
        page.wait_for_url(lambda url, here=here: url != here)


def test_measures_find_what_they_look_for(page):
    page.set_content(FAULTY)

    assert measured(page, "faint") == ["5.74:1 span “mờ”"]
    assert measured(page, "low") == ["20 px a “Một mình”"]
    assert len(measured(page, "wide")) == 1
    assert against_axe(page) == ["label ['input']"]
    with_large_text(page, 2)
    assert page.evaluate("getComputedStyle(document.documentElement).fontSize") == "32px"
