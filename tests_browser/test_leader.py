"""A leader approves from a link on the phone, without an account and without JavaScript."""

import re

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from approvals.models import ApprovalRequest
from outreach.models import Article
from outreach.tests.factories import ArticleFactory
from plans.models import Plan, Status
from plans.tests.factories import PlanFactory
from products.tests.factories import a_picture
from tests_browser.accessibility import findings
from tests_browser.people import DESK, TELEPHONE, sign_in
from units import demonstration
from units.models import Role
from units.tests.factories import WardFactory, member

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def ward(db):
    return WardFactory()


@pytest.fixture
def office(open_page, ward):
    officer = member(Role.OFFICE, ward)
    officer.set_password(demonstration.PASSWORD)
    officer.save()
    member(Role.LEADER, ward)
    page = open_page(DESK)
    sign_in(page, officer.username)
    return page


def ask(office, plan):
    """The address and the PIN of a new link, as the officer sees them."""
    office.goto(reverse("admin:approval_ask", args=["plan", plan.pk]))
    return asked(office)


def asked(office):
    office.locator("label[for=id_leader_0]").click()
    office.get_by_role("button", name="Tạo đường dẫn và mã PIN").click()
    address = re.search(r"http\S+", office.get_by_label("Lời nhắn").input_value())[0]
    return address, office.locator(".approval-pin").inner_text()


def enter(phone, address, pin):
    phone.goto(address)
    phone.get_by_label("Mã PIN").fill(pin)
    phone.get_by_role("button", name="Xem văn bản").click()


def fits(phone):
    return phone.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


def test_leader_approves_on_the_phone_once(office, open_page, ward):
    plan = PlanFactory(owner=ward, status=Status.PROPOSED)
    address, pin = ask(office, plan)
    phone = open_page(TELEPHONE, javascript=False)

    enter(phone, address, "111222" if pin != "111222" else "111223")
    expect(phone.get_by_text("Mã PIN chưa đúng")).to_be_visible()
    assert "duyet/" in phone.url
    assert address.rstrip("/").rsplit("/", 1)[1] not in phone.url
    enter(phone, address, pin)
    expect(phone.get_by_role("heading", level=1)).to_contain_text(plan.code)
    assert fits(phone)
    button = phone.get_by_role("link", name="Duyệt", exact=True)
    assert button.bounding_box()["height"] >= 48
    button.click()
    phone.get_by_role("button", name="Duyệt").click()
    expect(phone.get_by_text("Đồng chí đã duyệt")).to_be_visible()

    other = open_page(TELEPHONE, javascript=False)
    other.goto(address)
    expect(other.get_by_text("đã dùng để quyết định một lần")).to_be_visible()
    assert Plan.objects.get(pk=plan.pk).status == Status.CONFIRMED
    assert ApprovalRequest.objects.get().steps.count() == 2


def test_leader_approves_an_article_from_its_page(office, open_page, ward):
    article = ArticleFactory(owner=ward, status=Article.Status.SUBMITTED)
    Article.objects.filter(pk=article.pk).update(
        picture=a_picture(),
        picture_alt="Gian hàng",
        picture_consent="Không có người.",
    )
    office.goto(reverse("admin:article_step", args=[article.pk]))
    office.get_by_role("link", name="Trình lãnh đạo duyệt").click()
    address, pin = asked(office)
    phone = open_page(TELEPHONE, javascript=False)

    enter(phone, address, pin)
    expect(phone.get_by_role("img", name="Gian hàng")).to_be_visible()
    assert fits(phone)
    phone.get_by_role("link", name="Duyệt", exact=True).click()
    expect(phone.get_by_text("văn phòng mới phát hành được")).to_be_visible()
    phone.get_by_role("button", name="Duyệt").click()
    expect(phone.get_by_text("Đồng chí đã duyệt")).to_be_visible()

    office.goto(reverse("admin:article_step", args=[article.pk]))
    expect(office.get_by_text("Duyệt qua đường dẫn do")).to_be_visible()
    expect(office.get_by_role("button", name="Phát hành ngay")).to_be_visible()


def test_leader_returns_with_a_reason_that_the_office_sees(office, open_page, ward):
    plan = PlanFactory(owner=ward, status=Status.PROPOSED)
    address, pin = ask(office, plan)
    phone = open_page(TELEPHONE, javascript=False)

    enter(phone, address, pin)
    phone.get_by_role("link", name="Trả lại để sửa").click()
    phone.get_by_role("button", name="Trả lại").click()
    expect(phone.get_by_text("ghi lý do").first).to_be_visible()
    phone.get_by_label("Lý do trả lại").fill("Thiếu mốc thời gian của mục II.")
    phone.get_by_role("button", name="Trả lại").click()
    expect(phone.get_by_text("Đồng chí đã trả lại")).to_be_visible()

    office.goto(reverse("admin:index"))
    line = office.locator(".today__item", has_text="lãnh đạo trả lại để sửa")
    line.get_by_role("link").click()
    office.get_by_role("link", name=plan.code).click()
    expect(office.get_by_text("Thiếu mốc thời gian của mục II.")).to_be_visible()
    office.get_by_role("button", name="Đã biết").click()
    assert not ApprovalRequest.objects.to_tell().exists()


def test_every_screen_of_the_leader_is_readable(office, open_page, ward):
    plan = PlanFactory(owner=ward, status=Status.PROPOSED)
    address, pin = ask(office, plan)
    phone = open_page(TELEPHONE, has_touch=True, is_mobile=True, reduced_motion="reduce")
    found = {}

    def look(name):
        if wrong := findings(phone):
            found[name] = wrong

    phone.goto(address)
    look("pin")
    enter(phone, address, pin)
    look("document")
    phone.get_by_role("link", name="Trả lại để sửa").click()
    look("return")
    phone.get_by_role("button", name="Trả lại").click()
    look("return, refused")
    phone.goto(reverse("approvals:approve"))
    look("approve")
    phone.get_by_role("button", name="Duyệt").click()
    look("decided")

    assert found == {}
