"""Many at the same door, with real threads. SQLite has one writer and no row locks."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection, connections

from core.workflow import StaleError
from units import links
from units.models import LinkEvent, UnitLink
from units.tests.factories import UnitFactory, WardFactory, card

pytestmark = [
    pytest.mark.threads,
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor != "postgresql", reason="row locks need PostgreSQL"),
]


def _together(count, call):
    """Run ``call`` ``count`` times at the same moment; what each returned or raised."""
    barrier = Barrier(count)

    def run(number):
        barrier.wait()
        try:
            return call(number)
        except Exception as error:
            return error
        finally:
            connections.close_all()

    with ThreadPoolExecutor(count) as pool:
        return list(pool.map(run, range(count)))


def test_twenty_guesses_at_once_are_five_tries():
    link, _ = card(UnitFactory(parent=WardFactory()))

    outcomes = _together(20, lambda number: links.enter(link, f"1000{number:02}"))

    compared = [one for one in outcomes if isinstance(one, links.WrongPinError)]
    resting = [one for one in outcomes if isinstance(one, links.RestError)]
    assert (len(compared), len(resting)) == (4, 16)
    link.refresh_from_db()
    assert (link.wrong_count, LinkEvent.objects.to_tell().count()) == (5, 1)


def test_two_officers_leave_one_card():
    cell = UnitFactory(parent=WardFactory())

    outcomes = _together(4, lambda number: links.issue(cell, actor=None, seen="0"))

    assert len([one for one in outcomes if isinstance(one, tuple)]) == 1
    assert len([one for one in outcomes if isinstance(one, StaleError)]) == 3
    assert UnitLink.objects.count() == 1
