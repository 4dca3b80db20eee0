"""Headers and policy of every page, error page and static file; what is refused at the door."""

import pytest
from django.core.exceptions import PermissionDenied
from django.db import OperationalError
from django.http import Http404, HttpResponse
from django.urls import reverse

from campaign_portal import health
from campaign_portal.tests.observatory import score
from campaign_portal.tests.world import address, build_people, build_place
from core.checks import routes
from units.models import Role
from units.tests.factories import WardFactory, member

LEAST = 150  # of the Observatory; 100 is its A+
BAD_QUERIES = (
    "q=%00",
    "q=%ff",
    "q=%C3%28",
    "%00=a",
    "q=a&q=b",
    "next=/&next=//example.org",
    "q=" + "a" * 20_000,
    "&".join(f"a{number}=1" for number in range(600)),
)


@pytest.fixture(autouse=True)
def _as_in_production(settings):
    settings.SECURE_HSTS_SECONDS = 31_536_000
    settings.SESSION_COOKIE_SECURE = settings.CSRF_COOKIE_SECURE = settings.HTTPS = True


@pytest.mark.django_db
@pytest.mark.parametrize("role", [None, Role.SECRETARY, Role.PROPAGANDA, Role.ADMINISTRATOR])
def test_every_page_scores(client, role):
    place = build_place()
    user = build_people(place)[role] if role else None
    low = {}
    for route, _ in routes():
        path = address(route, place)
        if path is None:
            continue
        if user and not route.startswith(("dang-xuat", "dang-nhap")):
            client.force_login(user)
        response = client.get(path, secure=True)
        if response.streaming:
            response.getvalue()
        if score(response) < LEAST:
            low[path] = (score(response), response.status_code)
    assert low == {}


@pytest.mark.django_db
@pytest.mark.parametrize(
    "path", ["/khong-co/", "/static/css/tokens.css", "/bao-mat/%00/", "/?q=%ff"]
)
def test_error_page_and_static_file_score(client, path):
    response = client.get(path, secure=True)

    if response.streaming:
        response.getvalue()  # a file that is read to its end is closed
    assert score(response) >= LEAST


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("failure", "status"),
    [(PermissionDenied, 403), (Http404, 404), (ValueError, 500), (OperationalError, 503)],
)
def test_page_of_a_failure_scores(client, monkeypatch, failure, status):
    client.raise_request_exception = False

    def fail():
        raise failure

    monkeypatch.setattr(health, "failing", fail)
    response = client.get("/healthz/ready", secure=True)

    assert response.status_code == status
    assert score(response) >= LEAST


def test_scorer_sees_what_is_missing():
    """The scorer itself: an answer without any header is far from an A+."""
    assert score(HttpResponse("")) == 100 - 25 - 20 - 5 - 20


@pytest.mark.django_db
@pytest.mark.parametrize("query", BAD_QUERIES)
def test_bad_address_is_refused_with_a_page(client, query):
    WardFactory()

    response = client.get(f"/hang-viet/?{query}", secure=True)

    assert response.status_code == 400
    assert "Yêu cầu gửi lên không đọc được" in response.content.decode()
    assert "+842438000000" in response.content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize(
    "body", ["login=a%00&password=b", "login=%ff&password=b", "lo%00gin=a", "login=a&login=b"]
)
def test_bad_form_is_refused_with_a_page(client, body):
    response = client.post(
        reverse("account_login"),
        body,
        content_type="application/x-www-form-urlencoded",
        secure=True,
    )

    assert response.status_code == 400
    assert "Yêu cầu gửi lên không đọc được" in response.content.decode()


@pytest.mark.django_db
def test_sign_that_stands_for_the_unreadable_may_be_typed(client):
    data = {"login": "a\ufffd", "password": "b"}

    assert client.post(reverse("account_login"), data, secure=True).status_code == 200


@pytest.mark.django_db
def test_what_is_ticked_in_a_form_may_come_twice(client):
    client.force_login(member(Role.PROPAGANDA, WardFactory()))

    response = client.get("/quan-tri/bao-cao/so-sanh/?chi-tieu=1&chi-tieu=2", secure=True)

    assert response.status_code in (200, 404, 422)


@pytest.mark.django_db
def test_script_gets_a_sentence(client):
    response = client.get("/hang-viet/?q=%00", headers={"accept": "application/json"}, secure=True)

    assert (response.status_code, response.json()["ok"]) == (400, False)
