"""Many at the same door, with real threads. SQLite has one writer and no row locks."""

from functools import partial

import pytest
from django.db import connection

from core.tests.together import together
from core.workflow import StaleError
from units import links
from units.models import LinkEvent, UnitLink
from units.tests.factories import UnitFactory, WardFactory, card

pytestmark = [
    pytest.mark.threads,
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor != "postgresql", reason="row locks need PostgreSQL"),
]


def test_twenty_guesses_at_once_are_five_tries():
    link, _ = card(UnitFactory(parent=WardFactory()))

    outcomes = together(
        *(partial(links.enter, link, f"1000{number:02}") for number in range(20)),
        refusals=links.PinError,
    )

    compared = [one for one in outcomes if isinstance(one, links.WrongPinError)]
    resting = [one for one in outcomes if isinstance(one, links.RestError)]
    assert (len(compared), len(resting)) == (4, 16)
    link.refresh_from_db()
    assert (link.wrong_count, LinkEvent.objects.to_tell().count()) == (5, 1)


def test_two_officers_leave_one_card():
    cell = UnitFactory(parent=WardFactory())

    outcomes = together(*[partial(links.issue, cell, actor=None, seen="0")] * 4)

    assert len([one for one in outcomes if isinstance(one, tuple)]) == 1
    assert len([one for one in outcomes if isinstance(one, StaleError)]) == 3
    assert UnitLink.objects.count() == 1
