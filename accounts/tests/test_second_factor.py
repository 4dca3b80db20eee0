"""The second step of signing in: set up, asked for, taken once, changed, lost."""

import io
import json
import threading

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from django.contrib.sessions.models import Session
from django.core.management import CommandError, call_command
from django.db import connection, connections
from django.test import Client, override_settings
from django.urls import reverse

from accounts.models import User
from accounts.sealing import UnsealError, seal, unseal
from accounts.second_factor import SHOWN, take_code
from accounts.tests.people import SECRET, by_password_alone, code_now, enrol, recovery_code

pytestmark = pytest.mark.django_db
PASSWORD = "mot-mat-khau-dai"
NOW = "2026-11-02 08:00:01+07:00"


@pytest.fixture
def user():
    return User.objects.create_user("hoa", password=PASSWORD, full_name="Nguyễn Thị Hoa")


def _password(client, user):
    data = {"login": user.username, "password": PASSWORD}
    return client.post(reverse("account_login"), data)


def _code(client, code):
    return client.post(reverse("mfa_authenticate"), {"code": code})


def test_password_alone_is_asked_for_the_code(client, user):
    enrol(user)

    response = _password(client, user)

    assert response.headers["Location"] == reverse("mfa_authenticate")
    assert "_auth_user_id" not in client.session


@pytest.mark.parametrize("spaced", [False, True])
def test_code_of_the_app_lets_in(client, user, spaced):
    enrol(user)
    with time_machine.travel(NOW, tick=False):
        _password(client, user)
        code = code_now()
        _code(client, f"{code[:3]} {code[3:]}" if spaced else code)

    assert client.session[SHOWN] == user.pk
    assert client.session["_auth_user_id"] == str(user.pk)


def test_code_is_taken_once(user):
    enrol(user)
    first, second = Client(), Client()
    with time_machine.travel(NOW, tick=False):
        for one in (first, second):
            _password(one, user)
            _code(one, code_now())

    assert SHOWN in first.session
    assert SHOWN not in second.session


def test_code_of_the_half_minute_before_is_refused(client, user):
    enrol(user)
    with time_machine.travel(NOW, tick=False) as clock:
        _password(client, user)
        code = code_now()
        clock.shift(30)
        response = _code(client, code)

    assert response.context["form"].errors == {
        "code": ["Mã chưa đúng, hoặc đã dùng rồi. Mời đồng chí chờ mã mới hiện ra rồi nhập."]
    }


def test_recovery_code_is_taken_once(client, user):
    code = recovery_code(user)
    _password(client, user)
    _code(client, code)
    other = Client()
    _password(other, user)
    _code(other, code)

    assert SHOWN in client.session
    assert SHOWN not in other.session


def test_codes_cannot_be_guessed_through(client, user):
    enrol(user)
    with time_machine.travel(NOW, tick=False):
        _password(client, user)
        for guess in range(12):
            _code(client, f"{guess:06}")
        response = _code(client, code_now())

    assert SHOWN not in client.session
    assert "nhiều lần" in str(response.context["form"].errors)


def test_app_is_set_up_with_recovery_codes(client, user):
    _password(client, user)
    page = client.get(reverse("mfa_activate_totp"))
    secret = page.context["secret"].replace(" ", "")
    before = client.session.session_key
    response = client.post(reverse("mfa_activate_totp"), {"code": code_now(secret)})
    codes = client.get(response.headers["Location"])
    again = client.get(response.headers["Location"])

    assert client.session[SHOWN] == user.pk
    assert client.session.session_key != before
    assert len(codes.context["unused_codes"]) == 10
    assert set(again.context["unused_codes"]) == {"****"}
    row = Authenticator.objects.get(user=user, type="totp")
    assert unseal(row.data["secret"]) == secret
    assert not take_code(row, code_now(secret))  # the one that set it up


def test_secrets_are_not_in_the_database(user):
    enrol(user)
    code = recovery_code(user)

    stored = json.dumps(list(Authenticator.objects.values_list("data", flat=True)))

    assert SECRET not in stored
    assert code not in stored


def test_sealed_text_opens_with_the_old_key_and_no_other():
    with override_settings(SECRET_KEY="a" * 50):
        sealed = seal("bí mật")
    with override_settings(SECRET_KEY="b" * 50, SECRET_KEY_FALLBACKS=["a" * 50]):
        assert unseal(sealed) == "bí mật"
    for damaged in (sealed, sealed[:-8] + "AAAAAAA=", "không phải", ""):
        with pytest.raises(UnsealError):
            unseal(damaged)


def test_lost_key_is_said_and_lets_nobody_in(client, user):
    enrol(user)
    _password(client, user)
    with override_settings(SECRET_KEY="b" * 50, SECRET_KEY_FALLBACKS=[]):
        Authenticator.objects.update(data={"secret": seal("x"), "seed": seal("y")})
    response = _code(client, code_now())

    assert "đặt lại" in str(response.context["form"].errors)
    assert SHOWN not in client.session


def test_new_factor_ends_the_other_sessions(client, user):
    other = Client()
    for one in (client, other):
        _password(one, user)
    secret = client.get(reverse("mfa_activate_totp")).context["secret"].replace(" ", "")
    client.post(reverse("mfa_activate_totp"), {"code": code_now(secret)})

    assert client.get(reverse("mfa_index")).status_code == 200
    assert other.get(reverse("mfa_index")).status_code == 302
    assert "_auth_user_id" not in other.session


def test_other_machines_are_signed_out_by_a_button(client, user):
    other = Client()
    for one in (client, other):
        _password(one, user)

    client.post(reverse("others_out"))

    assert client.get(reverse("mfa_index")).status_code == 200
    assert other.get(reverse("mfa_index")).status_code == 302


def test_factor_is_asked_for_before_it_can_be_taken_away(client, user):
    enrol(user)
    by_password_alone(client, user)

    answers = {
        name: client.post(reverse(name)).headers["Location"]
        for name in ("mfa_deactivate_totp", "mfa_generate_recovery_codes", "mfa_add_webauthn")
    }

    assert answers == {
        name: f"{reverse('mfa_reauthenticate')}?next={reverse(name)}" for name in answers
    }
    assert Authenticator.objects.filter(user=user).count() == 2


def test_code_given_again_opens_the_way_under_a_new_key(client, user):
    enrol(user)
    by_password_alone(client, user)
    before = client.session.session_key
    with time_machine.travel(NOW, tick=False):
        client.post(reverse("mfa_reauthenticate"), {"code": code_now()})

    assert client.session[SHOWN] == user.pk
    assert client.session.session_key != before
    assert not Session.objects.filter(pk=before).exists()


def test_password_is_asked_again_after_five_minutes(client, user):
    with time_machine.travel(NOW, tick=False) as clock:
        _password(client, user)
        soon = client.get(reverse("mfa_activate_totp"))
        clock.shift(301)
        later = client.get(reverse("mfa_activate_totp"))

    assert soon.status_code == 200
    assert later.headers["Location"].startswith(reverse("account_reauthenticate"))


def test_phone_without_password_adds_no_factor(client, user):
    user.set_unusable_password()
    user.save()
    client.force_login(user)

    response = client.post(reverse("mfa_activate_totp"), {"code": "000000"})

    assert "chưa có mật khẩu" in response.content.decode()
    assert not Authenticator.objects.exists()


def test_last_factor_taken_away_is_shown_no_more(client, user):
    enrol(user)
    with time_machine.travel(NOW, tick=False):
        _password(client, user)
        _code(client, code_now())
        client.post(reverse("mfa_deactivate_totp"))

    assert not Authenticator.objects.exists()
    assert SHOWN not in client.session
    assert client.session["_auth_user_id"] == str(user.pk)


def test_command_brings_back_who_lost_the_phone(client, user):
    enrol(user)
    client.force_login(user)
    out = io.StringIO()

    call_command("reset_second_factor", "hoa", stdout=out)

    assert "Nguyễn Thị Hoa" in out.getvalue()
    assert not Authenticator.objects.exists()
    assert client.get(reverse("mfa_index")).status_code == 302
    assert _password(client, user).headers["Location"] == reverse("home_of_user")


def test_command_knows_nobody_of_that_name():
    with pytest.raises(CommandError, match="khong-co"):
        call_command("reset_second_factor", "khong-co")


@pytest.mark.threads
@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite writes one at a time")
def test_of_twenty_at_once_one_is_taken(user):
    row = enrol(user)
    taken, start = [], threading.Barrier(20)
    code = code_now()

    def take():
        start.wait()
        try:
            taken.append(take_code(row, code))
        finally:
            connections.close_all()

    threads = [threading.Thread(target=take) for _ in range(20)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()

    assert sorted(taken) == [False] * 19 + [True]
