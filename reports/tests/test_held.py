"""Typed text outlives the session and the CSRF token, without any script."""

import datetime as dt
import html
import re

import pytest
from django.test import Client
from django.urls import reverse

from reports.models import Draft, MonthlyReport
from reports.tests.factories import MONTH, owing_unit
from units.tests.factories import PIN, WardFactory, card, member

TODAY = dt.datetime(2026, 3, 22, 9, 0, tzinfo=dt.UTC)
HELD = "/bao-cao/dang-giu/"
SIGN_IN = f"/dang-nhap/?next={HELD}"
TYPED = {"result-result": "Đã họp 2 buổi & phát tờ rơi", "seen_version": "0"}


@pytest.fixture(autouse=True)
def _today(time_machine_at):
    time_machine_at(TODAY)


@pytest.fixture
def path(unit, sessions):
    return reverse("reports:result", args=[unit.pk, MONTH])


def _hidden(response):
    """The fields of the form that sends the text once more, and where it goes."""
    text = response.content.decode()
    form = re.search(
        r'<form class="actions" method="post" action="([^"]+)">(.*?)</form>', text, re.S
    )
    fields = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)">', form[2])
    return html.unescape(form[1]), {name: html.unescape(value) for name, value in fields}


def test_text_sent_without_a_session_is_kept_through_the_pin(client, unit, path, reporter):
    _, token = card(unit)

    response = client.post(f"{path}?tu=kiem-tra", TYPED)
    client.get(reverse("units:open_link", args=[token]))
    after_pin = client.post("/vao/", {"pin": PIN})
    target, fields = _hidden(client.get(HELD))

    assert (response.headers["Location"], after_pin.headers["Location"]) == (SIGN_IN, HELD)
    assert target == f"{path}?tu=kiem-tra"
    assert {name: fields[name] for name in TYPED} == TYPED


def test_text_is_saved_after_one_tap_and_not_offered_again(client, unit, path, reporter):
    client.post(path, TYPED)
    client.force_login(reporter)

    target, fields = _hidden(client.get(HELD))
    client.post(target, fields)

    assert Draft.objects.get().content["result"] == {"result": TYPED["result-result"]}
    assert client.get(HELD).headers["Location"] == reverse("home_of_user")


def test_text_is_kept_through_user_name_and_password(client, unit, path, reporter):
    reporter.set_password("mot-mat-khau-dai")
    reporter.save()
    client.post(path, TYPED)
    page = client.get(SIGN_IN)

    login = {"login": reporter.username, "password": "mot-mat-khau-dai", "next": HELD}
    response = client.post("/dang-nhap/", login)

    assert "nội dung vừa nhập vẫn còn" in page.content.decode()
    assert response.headers["Location"] == HELD
    assert TYPED["result-result"] in _hidden(client.get(HELD))[1].values()


def test_first_page_tells_of_the_text_that_waits(client, unit, path, reporter):
    client.post(path, TYPED)
    client.force_login(reporter)
    told = client.get(reverse("reports:home")).content.decode()

    client.post(*_hidden(client.get(HELD)))

    assert told.count(HELD) == 1
    assert HELD not in client.get(reverse("reports:home")).content.decode()


def test_text_of_another_unit_is_shown_to_copy_and_never_sent(client, unit, path):
    client.post(path, TYPED)
    client.force_login(member("secretary", owing_unit(WardFactory())))

    text = client.get(HELD).content.decode()

    assert "của đơn vị khác" in text
    assert html.escape(TYPED["result-result"]) in text
    assert path not in text
    assert MonthlyReport.objects.count() == 0


def test_reason_of_an_empty_month_is_shown_and_not_handed_in(client, unit, sessions, reporter):
    path = reverse("reports:zero", args=[unit.pk, MONTH])
    client.post(path, {"reason": "other", "reason_text": "Chi bộ đang sáp nhập"})
    client.force_login(reporter)

    text = client.get(HELD).content.decode()

    assert "Chi bộ đang sáp nhập" in text
    assert f'href="{path}"' in text


def test_text_that_is_too_long_is_shown_to_copy(client, path):
    response = client.post(path, {"result-result": "đ" * 100_001})

    assert response.status_code == 413
    assert "đ" * 100_001 in response.content.decode()
    assert "held" not in client.session


def test_many_texts_from_one_address_are_not_all_kept(client, path):
    answers = [Client().post(path, TYPED).status_code for _ in range(61)]

    assert (answers[:60], answers[60]) == ([302] * 60, 413)


def test_text_is_kept_for_three_days(client, path, reporter, time_machine_at):
    client.post(path, TYPED)
    time_machine_at(TODAY + dt.timedelta(days=3, seconds=1))
    client.force_login(reporter)

    assert client.get(HELD).headers["Location"] == reverse("home_of_user")


def test_session_of_a_text_that_nobody_comes_for_ends_with_it(client, path):
    client.post(path, TYPED)

    assert client.session.get_expiry_date() == TODAY + dt.timedelta(days=3)


def test_phone_that_came_for_its_text_is_remembered_as_long_as_any(client, unit, path, reporter):
    _, token = card(unit)
    client.post(path, TYPED)

    client.get(reverse("units:open_link", args=[token]))
    client.post("/vao/", {"pin": PIN})

    assert client.session.get_expiry_date() == TODAY + dt.timedelta(days=100)


def test_texts_of_one_address_are_counted_for_the_whole_quarter(
    client, path, settings, tmp_path, time_machine_at
):
    """In a cache that counts as the database's does: it dates a key anew with each count."""
    backend = "django.core.cache.backends.filebased.FileBasedCache"
    settings.CACHES = {"default": {"BACKEND": backend, "LOCATION": str(tmp_path)}}
    for _ in range(60):
        client.post(path, TYPED)
    time_machine_at(TODAY + dt.timedelta(minutes=6))

    assert client.post(path, TYPED).status_code == 413


def test_text_can_be_dropped(client, path, reporter):
    client.post(path, TYPED)
    client.force_login(reporter)

    client.post(HELD)

    assert "held" not in client.session


def test_script_is_told_to_sign_in_and_nothing_is_kept(client, path):
    response = client.post(path, TYPED, headers={"accept": "application/json"})

    assert (response.status_code, response.json()["ok"]) == (401, False)
    assert "held" not in client.session


@pytest.fixture
def strict(reporter):
    """A browser whose token does not fit."""
    client = Client(enforce_csrf_checks=True)
    client.force_login(reporter)
    return client


@pytest.mark.parametrize("header", ["origin", "referer"])
def test_text_with_an_old_token_is_sent_again_after_one_tap(strict, path, header):
    own = {header: "http://testserver"}

    response = strict.post(path, TYPED, headers=own)
    target, fields = _hidden(response)
    again = strict.post(target, fields, headers=own)

    assert (response.status_code, again.status_code) == (403, 302)
    assert Draft.objects.get().content["result"] == {"result": TYPED["result-result"]}


@pytest.mark.parametrize("headers", [{"origin": "https://evil.example"}, {"origin": "null"}, {}])
def test_text_of_another_site_is_not_offered_again(strict, path, headers):
    response = strict.post(path, TYPED, headers=headers)

    assert response.status_code == 403
    assert "tờ rơi" not in response.content.decode()


def test_script_with_an_old_token_gets_json(strict, path):
    response = strict.post(path, TYPED, headers={"accept": "application/json"})

    assert (response.status_code, response.json()["csrf"]) == (403, True)


def test_session_and_token_both_gone_lose_nothing(path, reporter):
    """Cookies were cleared while the page stood open."""
    client = Client(enforce_csrf_checks=True)
    own = {"origin": "http://testserver"}

    target, fields = _hidden(client.post(path, TYPED, headers=own))
    held = client.post(target, fields, headers=own)
    client.force_login(reporter)

    assert held.headers["Location"] == SIGN_IN
    assert TYPED["result-result"] in _hidden(client.get(HELD))[1].values()
