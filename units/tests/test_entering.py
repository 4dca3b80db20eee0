"""The PIN: few tries, a rest that always ends, the office told of each."""

import pytest
import time_machine

from units import links
from units.models import LinkEvent
from units.tests.factories import PIN, UnitFactory, WardFactory, card

pytestmark = pytest.mark.django_db
MORNING = "2026-11-02 10:17+07:00"
WRONG = "840264"
MINUTE = 60
DAY = 24 * 60 * MINUTE


@pytest.fixture
def link():
    return card(UnitFactory(parent=WardFactory()))[0]


@pytest.fixture
def clock():
    with time_machine.travel(MORNING, tick=False) as traveller:
        yield traveller


def _try(link, pin):
    """The sentence of the refusal; empty when the door opened."""
    try:
        links.enter(link, pin)
    except links.PinError as error:
        return str(error)
    return ""


@pytest.mark.parametrize("typed", [PIN, "840 263", " 840-263 ", "8 4 0 2 6 3", "840.263"])
def test_pin_is_taken_with_spaces_and_dashes(link, typed):
    assert _try(link, typed) == ""


@pytest.mark.parametrize("typed", ["", "84026", "8402633", "84O263", "٨٤٠٢٦٣", "x" * 20])
def test_what_is_no_pin_is_no_try(link, typed):
    assert _try(link, typed).startswith("Mã PIN gồm 6 chữ số")

    link.refresh_from_db()
    assert link.wrong_count == 0


def test_tries_left_are_told(link, clock):
    assert [_try(link, WRONG).split(". ")[1] for _ in range(4)] == [
        "Còn 4 lần thử",
        "Còn 3 lần thử",
        "Còn 2 lần thử",
        "Còn 1 lần thử",
    ]


def test_fifth_wrong_pin_begins_a_rest_that_also_the_right_one_waits_out(link, clock):
    for _ in range(5):
        last = _try(link, WRONG)
    clock.shift(3 * MINUTE)

    assert "chờ 15 phút nữa, đến 10:32" in last
    assert "chờ 12 phút nữa, đến 10:32" in _try(link, PIN)


def test_rest_ends_by_itself_with_all_tries(link, clock):
    for _ in range(5):
        _try(link, WRONG)
    clock.shift(15 * MINUTE)

    assert "Còn 4 lần thử" in _try(link, WRONG)
    assert _try(link, PIN) == ""


def test_tries_during_a_rest_do_not_make_it_longer(link, clock):
    for _ in range(5):
        _try(link, WRONG)
    clock.shift(14 * MINUTE)
    for _ in range(20):
        _try(link, WRONG)
    clock.shift(1 * MINUTE)

    assert _try(link, PIN) == ""


def test_right_pin_forgets_the_wrong_ones(link, clock):
    for _ in range(4):
        _try(link, WRONG)

    assert (_try(link, PIN), "Còn 4 lần thử" in _try(link, WRONG)) == ("", True)


def test_right_pin_at_the_fifth_try_tells_the_office_nothing(link, clock):
    for _ in range(4):
        _try(link, WRONG)

    assert _try(link, PIN) == ""
    assert LinkEvent.objects.to_tell().count() == 0


def test_old_mistakes_are_forgotten(link, clock):
    for _ in range(4):
        _try(link, WRONG)
    clock.shift(30 * DAY)

    assert "Còn 4 lần thử" in _try(link, WRONG)


def test_guesses_spread_over_days_are_told_too(link, clock):
    for _ in range(4):
        _try(link, WRONG)
        clock.shift(DAY)

    assert "chờ 15 phút nữa" in _try(link, WRONG)
    assert [event.unit for event in LinkEvent.objects.to_tell()] == [link.unit]


def test_each_rest_is_told_once(link, clock):
    for _ in range(2):
        for _ in range(9):
            _try(link, WRONG)
        clock.shift(15 * MINUTE)

    assert [event.unit for event in LinkEvent.objects.to_tell()] == [link.unit] * 2


def test_revoked_link_opens_nothing(link):
    links.revoke(link, None)

    assert _try(link, PIN).startswith("Thẻ này đã được thay")
