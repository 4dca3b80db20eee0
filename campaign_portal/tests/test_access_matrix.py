"""Every address × method × role, against the permission table.

The routes come from the URL configuration, the expected answer from
``units.permissions.POLICY``; a route that nobody described fails.
"""

from __future__ import annotations

import pytest
from django.contrib.auth.models import AnonymousUser
from django.urls import reverse

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

METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")
ROLES = (*Role.values, "stranger", "locked", "anonymous")
ROUTES = dict(routes())
# What may answer a person who is let in: a page, a redirect, a form again, a refusal by the state.
LET_IN = {200, 204, 302, 304, 400, 405, 409, 422}


def _policy(route: str) -> tuple[str, str]:
    view = ROUTES[route].callback
    return view.policy, getattr(view, "write_policy", view.policy)


def test_every_address_is_described():
    assert [route for route in ROUTES if not describes(route)] == []


def test_exactly_these_pages_are_public():
    assert {route for route in ROUTES if _policy(route)[0] == PUBLIC} == {
        "",
        "anh/<str:name>",
        "dang-nhap/",
        "dang-xuat/",
        "hang-viet/",
        "hang-viet/<slug:slug>/",
        "healthz",
        "tai-khoan-khoa/",
    }


def test_these_pages_ask_for_an_account_and_nothing_more():
    assert {route for route in ROUTES if _policy(route)[0] == SIGNED_IN} == {
        "mat-khau/",
        "ve-trang-cua-toi/",
    }


@pytest.mark.django_db
@pytest.mark.parametrize("role", ROLES)
def test_answers_follow_the_table(client, role):
    """One world a role, all routes, rows and methods in it: the failures are told together."""
    here = build_place()
    places = (here, build_place(here.ward), build_place())
    user = build_people(here).get(role, AnonymousUser())
    wrong = []
    for route in ROUTES:
        for path, place in {address(route, place): place for place in places}.items():
            for method in METHODS if path else ():
                if user.is_authenticated:
                    client.force_login(user)  # a page may have signed the person out
                answer = _ask(client, method, path)
                expected = _expected(user, route, method, place)
                if answer not in expected:
                    wrong.append((method, path, answer, sorted(expected)))
    assert wrong == []


def _ask(client, method, path):
    """The kind of answer: "sign-in", "let in", or the status."""
    response = client.generic(method, path, content_type="application/x-www-form-urlencoded")
    target = response.headers.get("Location", "")
    if response.status_code == 302 and target.startswith(reverse("account_login")):
        return "sign-in"
    return "let in" if response.status_code in LET_IN else str(response.status_code)


def _expected(user, route, method, place):
    """The kinds of answer that the table allows."""
    read, write = _policy(route)
    if read == PUBLIC:
        # Another ward's product, and a picture that was never stored, are missing.
        return {"let in", "404"} if "<" in route else {"let in", "sign-in"}
    if not user.is_authenticated or not user.is_active:
        return {"sign-in"}
    if read == SIGNED_IN:
        return {"let in"}
    action = read if method in SAFE_METHODS else write
    door = [ENTER] if route.startswith("quan-tri/") else []
    if not all(may(user, asked) for asked in (action, *door)):
        return {"403"}
    label = model_of(route)
    if label is None or may(user, action, place.unit_of(label)):
        return {"let in"}
    # A method that the page does not know may be refused before the row is looked for.
    return {"404"} if method in ("GET", "HEAD", "POST") else {"404", "let in"}
