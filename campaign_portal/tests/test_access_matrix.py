"""Every address × method × role, against the permission table.

The routes come from the URL configuration, the expected answer from
``units.permissions.POLICY``; a route that nobody described fails.
"""

from __future__ import annotations

import pytest
from django.contrib.auth.models import AnonymousUser
from django.urls import reverse, reverse_lazy

from accounts.tests.people import by_password_alone
from campaign_portal.tests.world import (
    address,
    build_people,
    build_place,
    describes,
    model_of,
)
from core.access import PUBLIC, SAFE_METHODS, SIGNED_IN
from core.admin import ENTER
from core.checks import routes
from units.permissions import Role, may

METHODS = ("GET", "POST", "HEAD", "PUT", "PATCH", "DELETE", "OPTIONS")
ROLES = (*Role.values, "stranger", "locked", "anonymous", "password only")
ROUTES = dict(routes())
# What may answer a person who is let in: a page, a redirect, a form again, a refusal by the state.
LET_IN = {200, 204, 302, 304, 400, 409, 422, 429}
ENDS_SESSION = {"dang-xuat/", "dang-nhap/"}
TO_SECOND_STEP = reverse_lazy("mfa_index")
PUBLIC_PAGES = {
    "",
    "anh/<str:name>",
    "bao-cao/sw.js",
    "bao-mat/ma/",
    "bao-mat/thiet-bi/vao/",
    "cong-nhan/",
    "dang-nhap/",
    "dang-xuat/",
    "duyet/",
    "duyet/<str:token>/",
    "duyet/dong-y/",
    "duyet/tep/",
    "duyet/tra-lai/",
    "duyet/van-ban/",
    "gop-y/",
    "gop-y/bao-sai/",
    "gop-y/cam-on/",
    "gop-y/danh-gia/",
    "gop-y/ma/<str:code>/",
    "gop-y/mat-hang/",
    "hang-viet/",
    "hang-viet/<slug:slug>/",
    "hang-viet/<slug:slug>/anh-chia-se.jpg",
    "healthz",
    "healthz/live",
    "healthz/ready",
    "hoi-cho/",
    "hoi-cho/<slug:slug>/",
    "in/<slug:paper>/<slug:slug>/",
    "in/danh-sach/",
    "khong-mang/",
    "ma-vach/",
    "manifest.webmanifest",
    "metrics",
    "noi-ban/",
    "noi-ban/<slug:slug>/",
    "noi-lam/",
    "noi-lam/<slug:slug>/",
    "quyen-cua-toi/",
    "robots.txt",
    "sitemap-hang-<int:number>.xml",
    "sitemap-trang.xml",
    "sitemap.xml",
    "su-kien/",
    "sw.js",
    "tai-khoan-khoa/",
    "tin-tuc/",
    "tin-tuc/<slug:slug>/",
    "tin-tuc/ap-phich/<int:pk>/",
    "tin/hang-viet.atom",
    "tin/hoi-cho.atom",
    "tin/hoi-cho.ics",
    "tin/hoi-cho/<slug:slug>.ics",
    "tin/su-kien.ics",
    "tin/tin-tuc.atom",
    "vao/",
    "vao/<str:token>/",
    "vao/chon-nguoi/",
    "vao/doi-nguoi/",
}


def _policy(route: str) -> tuple[str, str]:
    view = ROUTES[route].callback
    return view.policy, getattr(view, "write_policy", view.policy)


def test_every_address_is_described():
    assert [route for route in ROUTES if not describes(route)] == []


def test_exactly_these_pages_are_public():
    assert {route for route in ROUTES if _policy(route)[0] == PUBLIC} == PUBLIC_PAGES


def test_these_pages_ask_for_an_account_and_nothing_more():
    assert {route for route in ROUTES if _policy(route)[0] == SIGNED_IN} == {
        "bao-cao/dang-giu/",
        "bao-mat/",
        "bao-mat/ma-du-phong/",
        "bao-mat/ma-du-phong/moi/",
        "bao-mat/may-khac/",
        "bao-mat/thiet-bi/",
        "bao-mat/thiet-bi/<int:pk>/bo/",
        "bao-mat/thiet-bi/<int:pk>/ten/",
        "bao-mat/thiet-bi/them/",
        "bao-mat/ung-dung/",
        "bao-mat/ung-dung/bo/",
        "bao-mat/xac-nhan/ma/",
        "bao-mat/xac-nhan/mat-khau/",
        "bao-mat/xac-nhan/thiet-bi/",
        "mat-khau/",
        "ve-trang-cua-toi/",
    }


@pytest.mark.django_db
@pytest.mark.parametrize("role", ROLES)
def test_answers_follow_the_table(client, role):
    """One world a role, all routes, rows and methods in it: the failures are told together."""
    here = build_place()
    places = (here, build_place(here.ward), build_place())
    is_half = role == "password only"
    user = build_people(here).get("office" if is_half else role, AnonymousUser())
    wrong = []
    for route in ROUTES:
        if user.is_authenticated and route not in ENDS_SESSION:
            user.refresh_from_db(fields=["sign_outs"])  # one of the routes ends all sessions
            by_password_alone(client, user) if is_half else client.force_login(user)
        for path, place in {address(route, place): place for place in reversed(places)}.items():
            # The rarer methods on one row: what they may not is said before the row is looked for.
            for method in METHODS if place is here else METHODS[:2]:
                if not path:
                    continue
                answer = _ask(client, method, path)
                expected = _half_way(route) if is_half else _expected(user, route, method, place)
                if answer not in expected:
                    wrong.append((method, path, answer, sorted(expected)))
    assert wrong == []


def _ask(client, method, path):
    """The kind of answer: "sign-in", "let in", or the status."""
    response = client.generic(method, path, content_type="application/x-www-form-urlencoded")
    if response.streaming:
        response.getvalue()  # a file that is read to its end is closed
    target = response.headers.get("Location", "")
    if response.status_code == 302 and target.startswith(reverse("account_login")):
        return "sign-in"
    if response.status_code == 302 and target.startswith(f"{TO_SECOND_STEP}?"):
        return "second step"
    return "let in" if response.status_code in LET_IN else str(response.status_code)


def _half_way(route):
    """What is answered to an officer who has shown the password and no second factor."""
    view = ROUTES[route].callback
    if view.policy == PUBLIC:
        return {"let in", "405", "404", "sign-in"}
    if getattr(view, "before_second_factor", False):
        assert route.startswith("bao-mat/")
        return {"let in", "405"}
    return {"second step"}


def _expected(user, route, method, place):
    """The kinds of answer that the table allows."""
    read, write = _policy(route)
    if read == PUBLIC:
        # Another ward's product, and a picture that was never stored, are missing.
        may_miss = "<" in route or route == "metrics"
        return {"let in", "405", "404" if may_miss else "sign-in"}
    if not user.is_authenticated or not user.is_active:
        return {"sign-in"}
    if read == SIGNED_IN:
        return {"let in", "405"}
    action = read if method in SAFE_METHODS else write
    door = [ENTER] if route.startswith("quan-tri/") else []
    if not all(may(user, asked) for asked in (action, *door)):
        return {"403"}
    label = model_of(route)
    if label is None or may(user, action, place.unit_of(label)):
        return {"let in", "405"}
    # A method that the page does not know is refused before the row is looked for.
    return {"404", "405"}
