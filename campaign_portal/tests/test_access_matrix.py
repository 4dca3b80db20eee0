"""Every address × method × role, against the permission table.

The routes come from the URL configuration, the expected answer from
``units.permissions.POLICY``; a route that nobody described here fails.
"""

from __future__ import annotations

from functools import cache

import pytest
from django.contrib.auth.models import AnonymousUser
from django.urls import reverse

from campaign_portal.tests.world import address, build_people, build_place, describes
from core.access import PUBLIC, SAFE_METHODS, SIGNED_IN
from core.admin import ENTER
from core.checks import routes
from units.permissions import Role, may

METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")
ROLES = (*Role.values, "stranger", "locked", "anonymous")
ROUTES = dict(routes())
# What may answer a person who is let in: a page, a redirect, a form again, a refusal by the state.
LET_IN = {200, 204, 302, 304, 400, 405, 409, 422}


@cache
def _policy(route: str) -> tuple[str, str]:
    view = ROUTES[route].callback
    return view.policy, getattr(view, "write_policy", view.policy)


def test_every_address_is_described():
    assert [route for route in ROUTES if not describes(route)] == []


def test_exactly_these_pages_are_public():
    public = {route for route in ROUTES if _policy(route)[0] == PUBLIC}

    assert public == {
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
    signed_in = {route for route in ROUTES if _policy(route)[0] == SIGNED_IN}

    assert signed_in == {"mat-khau/", "ve-trang-cua-toi/"}


@pytest.mark.django_db
@pytest.mark.parametrize("role", ROLES)
def test_answers_follow_the_table(client, role):
    """One world a role, all routes and methods in it: the failures are told together."""
    here, elsewhere = build_place(), build_place()
    user = build_people(here).get(role, AnonymousUser())
    client.raise_request_exception = True
    wrong = []
    for route in ROUTES:
        for place, is_foreign in ((here, False), (elsewhere, True)):
            path = address(route, place)
            if path is None or (is_foreign and path == address(route, here)):
                continue
            for method in METHODS:
                if user.is_authenticated:
                    client.force_login(user)  # a page may have signed the person out
                status, target = _ask(client, method, path)
                expected = _expected(user, route, method, is_foreign=is_foreign)
                if _kind(status, target) not in expected:
                    wrong.append((method, path, status, target, sorted(expected)))
    assert wrong == []


def _ask(client, method, path):
    response = client.generic(method, path, content_type="application/x-www-form-urlencoded")
    return response.status_code, response.headers.get("Location", "")


def _kind(status, target):
    if status == 302 and target.startswith(reverse("account_login")):
        return "sign-in"
    if status in LET_IN:
        return "let in"
    return str(status)


def _expected(user, route, method, *, is_foreign):
    """The kinds of answer that the table allows."""
    read, write = _policy(route)
    if read == PUBLIC:
        return {"404"} if is_foreign else {"let in"}
    if not user.is_authenticated or not user.is_active:
        return {"sign-in"}
    if read == SIGNED_IN:
        return {"let in"}
    action = read if method in SAFE_METHODS else write
    door = [ENTER] if route.startswith("quan-tri/") else []
    if not all(may(user, asked) for asked in (action, *door)):
        return {"403"}
    # A method that the page does not know may be refused before the row is looked for.
    return (
        {"404", "let in"}
        if is_foreign and method not in ("GET", "POST")
        else ({"404"} if is_foreign else {"let in"})
    )
