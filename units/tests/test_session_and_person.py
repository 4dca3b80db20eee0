"""Session and person come together, and what is remembered decides nothing."""

import datetime as dt

import pytest
from django.contrib.sessions.models import Session
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from reports.tests.factories import owing_unit, secretary
from units import backends
from units.tests.factories import UserFactory, WardFactory

HOME = "/ve-trang-cua-toi/"


@pytest.fixture(autouse=True)
def _nothing_remembered():
    backends._LAST.clear()


@pytest.fixture
def person(db):
    return secretary(owing_unit(WardFactory()))


def asked(client):
    """The status of a request's answer, and how many statements it took.

    Their text is no help: PostgreSQL is asked by the names of what was prepared.
    """
    with CaptureQueriesContext(connection) as captured:
        status = client.get(HOME).status_code
    return status, len(captured)


def is_signed_in(client):
    return "dang-nhap" not in client.get(HOME)["Location"]


def test_second_request_asks_once(client, person):
    client.force_login(person)

    (first, asked_first), (second, asked_second) = asked(client), asked(client)

    assert asked_first - asked_second == 1
    assert first == second == 302


def test_remembered_person_is_not_taken_for_the_one_of_the_session(client, person):
    other = UserFactory(username="khac")
    client.force_login(person)
    client.get(HOME)
    backends._LAST[client.session.session_key] = other.pk

    response = client.get(HOME)

    assert response.wsgi_request.user == person


def test_session_that_ended_is_no_way_in(client, person):
    client.force_login(person)
    assert is_signed_in(client)
    Session.objects.update(expire_date=timezone.now() - dt.timedelta(seconds=1))

    assert not is_signed_in(client)


def test_session_that_was_deleted_is_no_way_in(client, person):
    client.force_login(person)
    assert is_signed_in(client)
    Session.objects.all().delete()

    assert not is_signed_in(client)


@pytest.mark.parametrize("change", ["password", "is_active", "gone"])
def test_change_of_the_account_holds_at_once(client, person, change):
    client.force_login(person)
    assert is_signed_in(client)
    if change == "password":
        person.set_password("mat-khau-moi-de-thu")
        person.save()
    elif change == "is_active":
        type(person).objects.update(is_active=False)
    else:
        person.memberships.all().delete()
        person.delete()

    assert not is_signed_in(client)


def test_membership_that_ended_holds_at_once(client, person):
    client.force_login(person)
    client.get(HOME)
    person.memberships.update(ends_on=timezone.localdate())

    user = client.get(HOME).wsgi_request.user

    assert (user.pk, user._active_memberships) == (person.pk, [])


def test_few_sessions_are_remembered(client, person, monkeypatch):
    monkeypatch.setattr(backends, "MOST", 1)
    backends._LAST["older"] = 1
    client.force_login(person)

    client.get(HOME)

    assert list(backends._LAST) == [client.session.session_key]
