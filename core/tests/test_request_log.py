"""Log lines are JSON, carry the request's id, and tell nothing of persons."""

import io
import json
import logging

import pytest
from django.urls import reverse

from accounts.models import User
from core.logs import JsonFormatter, MaskAddresses, masked

PASSWORD = "mot-mat-khau-dai"
PHONE = "0912345678"


@pytest.fixture
def lines():
    """What all loggers write, as the portal's own handler writes it."""
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(JsonFormatter())
    handler.addFilter(MaskAddresses())
    root = logging.getLogger()
    before = root.level
    root.addHandler(handler)
    root.setLevel(logging.INFO)
    yield lambda: [json.loads(line) for line in stream.getvalue().splitlines()]
    root.removeHandler(handler)
    root.setLevel(before)


@pytest.mark.django_db
def test_request_has_one_line_and_its_id_in_the_answer(client, lines):
    response = client.get(
        "/vao/Ab3-_9xxxxxxxxxxxxxxxxxxxx/?q=bi-mat", headers={"x-request-id": "abc"}
    )

    (line,) = [one for one in lines() if one["logger"] == "portal.requests"]
    assert line["request"] == response.headers["X-Request-Id"] != "abc"
    assert (line["route"], line["method"], line["status"]) == (
        "vao/<str:token>/",
        "GET",
        response.status_code,
    )
    assert "Ab3-_9" not in str(lines())
    assert "bi-mat" not in str(lines())


@pytest.mark.django_db
def test_door_is_logged_without_names_and_passwords(client, lines):
    user = User.objects.create_user(
        "hoa", password=PASSWORD, full_name="Hoa", phone=f"+84{PHONE[1:]}"
    )
    for login, password in ((PHONE, "sai-mat-khau"), ("khong-co", PASSWORD), (PHONE, PASSWORD)):
        client.post(reverse("account_login"), {"login": login, "password": password})
    client.post(reverse("account_logout"))

    told = [
        (one["message"], one.get("account")) for one in lines() if one["logger"] == "portal.access"
    ]
    assert told == [
        ("Password refused", None),
        ("Password refused", None),
        ("Signed in", user.pk),
        ("Signed out", user.pk),
    ]
    for secret in (PASSWORD, "sai-mat-khau", PHONE, PHONE[1:], "khong-co"):
        assert secret not in str(lines())


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/quan-tri/%0aInjected", "/a%1b%5b31m", "/khong-co/0912345678/"])
def test_no_visitor_writes_a_line_of_his_own(client, lines, path):
    client.get(path)

    assert all(set(one) >= {"at", "level", "logger", "message"} for one in lines())
    assert PHONE not in str(lines())


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("Key (phone)=(+84912345678) exists", "Key (phone)=(***) exists"),
        ("gọi 0912 345 678 nhé", "gọi *** nhé"),
        ("gọi 0912.345.678, 024-3800-0000", "gọi ***, ***"),
        ("CCCD 001234567890", "CCCD ***"),
        ("gửi hoa.nguyen+a@example.gov.vn", "gửi ***"),
        ("account 12, 1.234.567 rows, 2026-11-02", "account 12, 1.234.567 rows, 2026-11-02"),
        ("10.0.0.1 at 20261102", "10.0.0.1 at 20261102"),
    ],
)
def test_what_tells_who_somebody_is_is_masked(line, expected):
    assert masked(line) == expected
