"""What people do on every page."""

from django.urls import reverse
from playwright.sync_api import expect

from units import demonstration

TELEPHONE = {"width": 360, "height": 740}
DESK = {"width": 1280, "height": 800}


def sign_in(page, username):
    page.goto(reverse("account_login"))
    page.get_by_label("Tên đăng nhập hoặc số điện thoại").fill(username)
    page.get_by_label("Mật khẩu", exact=True).fill(demonstration.PASSWORD)
    page.get_by_role("button", name="Đăng nhập").click()
    expect(page.get_by_role("button", name="Đăng nhập")).to_have_count(0)
