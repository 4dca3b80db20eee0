"""The second step on a telephone without JavaScript, and a passkey with it."""

import re

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from accounts.second_factor import has_factor
from accounts.tests.people import code_now, recovery_code
from tests_browser.people import DESK, TELEPHONE
from units import demonstration
from units.models import Role
from units.tests.factories import WardFactory, member

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def officer():
    user = member(Role.OFFICE, WardFactory())
    user.set_password(demonstration.PASSWORD)
    user.save()
    return user


def _password(page, user):
    page.goto(reverse("account_login"))
    page.get_by_label("Tên đăng nhập hoặc số điện thoại").fill(user.username)
    page.get_by_label("Mật khẩu", exact=True).fill(demonstration.PASSWORD)
    page.get_by_role("button", name="Đăng nhập", exact=True).click()


def test_app_is_set_up_without_javascript(open_page, officer):
    page = open_page(TELEPHONE, javascript=False)
    _password(page, officer)
    page.get_by_role("link", name="Dùng ứng dụng tạo mã").click()
    secret = page.locator("code").inner_text().replace(" ", "")
    page.get_by_label("6 chữ số mà ứng dụng đang hiện").fill(code_now(secret))
    page.get_by_role("button", name="Bật bước thứ hai").click()
    expect(page.get_by_role("heading", name="Mã dự phòng")).to_be_visible()
    page.get_by_role("link", name="Đã cất, về trang của tôi").click()
    expect(page).to_have_url(re.compile("/quan-tri/$"))

    again = open_page(TELEPHONE, javascript=False)
    _password(again, officer)
    again.get_by_label("Mã xác nhận").fill(recovery_code(officer))
    again.get_by_role("button", name="Tiếp tục").click()
    expect(again).to_have_url(re.compile("/quan-tri/$"))


def test_passkey_signs_in_alone(open_page, officer):
    page = open_page(DESK)
    devices = page.context.new_cdp_session(page)
    devices.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    devices.send("WebAuthn.addVirtualAuthenticator", {"options": options})
    _password(page, officer)
    page.get_by_role("link", name="Thêm thiết bị này").click()
    page.get_by_text("Lần sau vào bằng thiết bị này").click()
    page.get_by_role("button", name="Thêm thiết bị này").click()
    expect(page.get_by_role("heading", name="Mã dự phòng")).to_be_visible()
    assert has_factor(officer)

    page.goto(reverse("account_logout"))
    page.get_by_role("button", name="Đăng xuất", exact=True).click()
    page.get_by_role("button", name="Vào bằng vân tay").click()
    expect(page).to_have_url(re.compile("/quan-tri/$"))
