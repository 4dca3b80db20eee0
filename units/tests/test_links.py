"""Cards: given out, replaced, handed over; the token in no row."""

import pytest
from django.contrib.auth.hashers import check_password

from core.workflow import StaleError
from units import links
from units.links.cards import fresh_pin, is_trivial
from units.models import Device, LinkEvent, Role, UnitLink
from units.tests.factories import UnitFactory, WardFactory, card, member

pytestmark = pytest.mark.django_db


@pytest.fixture
def cell():
    return UnitFactory(parent=WardFactory())


@pytest.fixture
def officer(cell):
    return member(Role.OFFICE, cell.ward)


def _events(cell):
    return list(cell.link_events.order_by("pk").values_list("name", flat=True))


def test_card_is_given_with_a_pin_that_is_not_kept(cell, officer):
    link, pin = links.issue(cell, actor=officer)

    assert (len(pin), check_password(pin, link.pin), link.issued_by) == (6, True, officer)
    assert _events(cell) == ["issued"]


def test_token_is_found_again_and_stands_in_no_row(cell):
    link, token = card(cell)

    row = UnitLink.objects.filter(pk=link.pk).values().get()
    assert links.find(token) == link
    assert [name for name, value in row.items() if token in str(value)] == []


def test_new_card_ends_the_old_one_and_its_phones(cell, officer):
    old, _ = card(cell)
    phone = links.remember(old, member(Role.SECRETARY, cell), name="iPhone")

    links.issue(cell, actor=officer)

    old.refresh_from_db()
    phone.refresh_from_db()
    assert (old.revoked_by, phone.revoked_by) == (officer, officer)
    assert UnitLink.objects.in_use().filter(unit=cell).count() == 1


def test_hand_over_is_recorded_as_such(cell, officer):
    card(cell)

    links.hand_over(cell, officer)

    assert _events(cell) == ["issued", "handed_over"]


@pytest.mark.parametrize("act", ["issue", "new_pin", "revoke"])
def test_act_on_what_another_officer_replaced_is_refused(cell, officer, act):
    link, _ = card(cell)
    seen = links.stamp(link)
    links.new_pin(link, officer)
    acts = {
        "issue": lambda: links.issue(cell, actor=officer, seen=seen),
        "new_pin": lambda: links.new_pin(link, officer, seen),
        "revoke": lambda: links.revoke(link, officer, seen),
    }

    with pytest.raises(StaleError):
        acts[act]()

    assert _events(cell) == ["issued", "new_pin"]


def test_new_pin_ends_a_rest_and_leaves_the_phones(cell, officer):
    link, token = card(cell)
    phone = links.remember(link, member(Role.SECRETARY, cell), name="iPhone")
    for _ in range(5):
        with pytest.raises(links.PinError):
            links.enter(link, "000001")

    pin = links.new_pin(link, officer)

    links.enter(link, pin)
    assert links.find(token) == link
    assert Device.objects.in_use().get() == phone


def test_cards_are_given_to_those_without_one(cell, officer):
    card(cell)
    other = UnitFactory(parent=cell.ward)

    given = links.issue_missing([cell, other], actor=officer)

    assert [(link.unit, check_password(pin, link.pin)) for link, pin in given] == [(other, True)]


def test_card_survives_a_new_key(cell, settings):
    link, token = card(cell)
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "another-key" * 5

    assert (links.token_of(link), links.find(token)) == (token, link)


def test_printed_card_opens_also_when_its_key_is_gone(cell, settings):
    link, token = card(cell)
    settings.SECRET_KEY = "another-key" * 5

    assert (links.token_of(link), links.find(token)) == (None, link)


@pytest.mark.parametrize(
    "pin",
    ["000000", "777777", "123456", "654321", "121212", "123123", "112233", "123321", "555556"],
)
def test_pins_that_people_try_first_are_not_given(pin):
    assert is_trivial(pin)


def test_pins_by_chance_are_not_trivial():
    assert [pin for pin in (fresh_pin() for _ in range(2000)) if is_trivial(pin)] == []


def test_rests_are_ticked_off(cell, officer):
    link, _ = card(cell)
    LinkEvent.objects.create(unit=cell, link=link, name="rest", actor=None)

    assert (links.note_rests(cell, actor=officer), links.note_rests(cell, actor=officer)) == (1, 0)
