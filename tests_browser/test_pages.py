"""Every page of the navigation, opened by a real browser on a telephone's width."""

import pytest
from django.urls import reverse

from campaign_portal.tests.world import build_place
from tests_browser.people import TELEPHONE, sign_in
from units import demonstration
from units.models import Role
from units.tests.factories import member

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PUBLIC = (
    "/",
    "/hang-viet/",
    "/hang-viet/?q=xyz",
    "/noi-ban/",
    "/noi-lam/",
    "/cong-nhan/",
    "/hoi-cho/",
    "/ma-vach/?so=036000291452",
    "/quyen-cua-toi/",
    "/khong-co/",
    "/dang-nhap/",
)


def _is_wider_than_the_screen(page):
    return page.evaluate(
        "document.documentElement.scrollWidth > document.documentElement.clientWidth"
    )


@pytest.mark.parametrize("role", [Role.ADMINISTRATOR, Role.PROPAGANDA])
def test_office_fits_a_telephone_and_keeps_the_policy(open_page, role):
    place = build_place()
    user = member(role, place.ward)
    user.set_password(demonstration.PASSWORD)
    user.save()
    page = open_page(TELEPHONE)
    sign_in(page, user.username)
    page.goto(reverse("admin:index"))
    links = page.locator(".topbar nav a").evaluate_all("all => all.map(a => a.pathname)")
    sections = {link for link in links if link.startswith("/quan-tri/")}

    seen, wide = set(), []
    while waiting := sections - seen:
        path = waiting.pop()
        seen.add(path)
        assert page.goto(path).status == 200
        if _is_wider_than_the_screen(page):
            wide.append(path)
        links = page.locator(".topbar nav a").evaluate_all("all => all.map(a => a.pathname)")
        sections |= {link for link in links if link.startswith("/quan-tri/")}

    assert wide == []
    assert len(seen) >= 10


@pytest.mark.parametrize("width", [320, 1280])
def test_public_pages_fit_and_set_no_cookie(open_page, width):
    place = build_place()
    page = open_page({"width": width, "height": 700})

    wide = []
    for path in (*PUBLIC[:-1], place.rows["products.product"].get_absolute_url()):
        page.goto(path)
        if _is_wider_than_the_screen(page):
            wide.append(path)

    assert (wide, page.context.cookies()) == ([], [])
