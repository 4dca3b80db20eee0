"""What people do on every page."""

from django.urls import reverse
from playwright.sync_api import expect

from accounts.models import User
from accounts.tests.people import recovery_code
from units import demonstration
from units.demonstration_people import is_excused

TELEPHONE = {"width": 360, "height": 740}
DESK = {"width": 1280, "height": 800}


def sign_in(page, username):
    """With the second step where this person needs it: by a recovery code, each works once."""
    person = User.objects.get(username=username)
    needs_code = person.has_perm("office.enter") and not is_excused({}, person)
    code = recovery_code(person) if needs_code else None
    page.goto(reverse("account_login"))
    page.get_by_label("Tên đăng nhập hoặc số điện thoại").fill(username)
    page.get_by_label("Mật khẩu", exact=True).fill(demonstration.PASSWORD)
    page.get_by_role("button", name="Đăng nhập", exact=True).click()
    expect(page.get_by_role("button", name="Đăng nhập", exact=True)).to_have_count(0)
    if code:
        page.get_by_label("Mã xác nhận").fill(code)
        page.get_by_role("button", name="Tiếp tục").click()
        expect(page.get_by_label("Mã xác nhận")).to_have_count(0)
