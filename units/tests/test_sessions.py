"""The office's sessions end; a secretary's telephone stays signed in."""

import pytest
import time_machine
from django.urls import reverse

from units.models import Role
from units.tests.factories import UnitFactory, WardFactory, member

pytestmark = pytest.mark.django_db
MORNING = "2026-11-02 08:00+07:00"
MINUTE, HOUR = 60, 3600


def _is_signed_in(client):
    return client.get(reverse("home_of_user")).headers["Location"] != (
        f"{reverse('account_login')}?next={reverse('home_of_user')}"
    )


def test_office_session_ends_after_an_hour_of_rest(client):
    client.force_login(member(Role.OFFICE, WardFactory()))

    with time_machine.travel(MORNING, tick=False) as clock:
        seen = [_is_signed_in(client)]
        clock.shift(59 * MINUTE)
        seen.append(_is_signed_in(client))
        clock.shift(61 * MINUTE)
        seen.append(_is_signed_in(client))

    assert seen == [True, True, False]


def test_office_session_ends_after_a_working_day(client):
    client.force_login(member(Role.OFFICE, WardFactory()))

    with time_machine.travel(MORNING, tick=False) as clock:
        seen = []
        for _ in range(26):
            seen.append(_is_signed_in(client))
            clock.shift(30 * MINUTE)

    assert seen == [True] * 25 + [False]


def test_secretary_stays_signed_in(client):
    client.force_login(member(Role.SECRETARY, UnitFactory(parent=WardFactory())))

    with time_machine.travel(MORNING, tick=False) as clock:
        seen = [_is_signed_in(client)]
        clock.shift(48 * HOUR)
        seen.append(_is_signed_in(client))

    assert seen == [True, True]
