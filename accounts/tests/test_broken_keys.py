"""What a passkey's form brings may be anything; it is refused, never an error of the server."""

import itertools
import json

import pytest
from django.urls import reverse

from accounts.models import User
from accounts.second_factor import SHOWN
from accounts.tests.people import enrol

PASSWORD = "mot-mat-khau-dai"
VALUES = ("", None, 1, [], {}, "YQ", "é", {"userHandle": "YQ"}, {"clientDataJSON": "YQ"})
WHOLE = {
    "clientDataJSON": "e30",
    "authenticatorData": "YQ",
    "attestationObject": "oA",
    "signature": "YQ",
    "userHandle": "MQ",
}
SHAPES = [
    "",
    "null",
    "[]",
    "{}",
    "1",
    '"a"',
    "[" * 3000,
    *(
        json.dumps({"id": one, "rawId": two, "response": three, "type": "public-key"})
        for one, two, three in itertools.product(VALUES[:3:2], VALUES[4:5], (*VALUES, WHOLE))
    ),
    *(
        json.dumps(
            {"id": "YQ", "rawId": "YQ", "type": "public-key", "response": WHOLE | {name: bad}}
        )
        for name in WHOLE
        for bad in VALUES[1:6]
    ),
]


@pytest.fixture
def user(db, settings):
    settings.MFA_RATE_LIMITS = {"webauthn_login": None}  # or the eleventh shape would not be tried
    settings.ACCOUNT_RATE_LIMITS = {"login_failed": None}
    return User.objects.create_user("hoa", password=PASSWORD, full_name="Nguyễn Thị Hoa")


def test_no_shape_signs_in_or_breaks_the_server(client, user):
    client.raise_request_exception = False
    client.get(reverse("mfa_login_webauthn"), headers={"accept": "application/json"})

    answers = {
        shape[:80]: client.post(reverse("mfa_login_webauthn"), {"credential": shape}).status_code
        for shape in SHAPES
    }

    assert {one: status for one, status in answers.items() if status != 302} == {}
    assert SHOWN not in client.session


def test_no_shape_passes_the_second_step_or_becomes_a_key(client, user):
    client.raise_request_exception = False
    client.force_login(user)
    wrong = {}
    for shape in SHAPES:
        client.get(reverse("mfa_add_webauthn"))
        response = client.post(reverse("mfa_add_webauthn"), {"credential": shape, "name": "a"})
        if response.status_code != 200:
            wrong[shape[:80]] = response.status_code
    client.logout()
    enrol(user)
    client.post(reverse("account_login"), {"login": "hoa", "password": PASSWORD})
    for shape in SHAPES:
        response = client.post(reverse("mfa_authenticate"), {"credential": shape})
        if response.status_code != 200:
            wrong[f"step {shape[:80]}"] = response.status_code

    assert wrong == {}
    assert SHOWN not in client.session
