"""The office's pages on cards and phones."""

import re

import pytest
from django.urls import reverse

from units import links
from units.models import Device, LinkEvent, ReportingDuty, Role, UnitLink
from units.tests.factories import OPENED, PIN, UnitFactory, WardFactory, card, member

pytestmark = pytest.mark.django_db
SHOWN_PIN = re.compile(r"pin-slip__pin.*?</span>(\d{3}) (\d{3})")


@pytest.fixture
def cell():
    return reporting(WardFactory())


@pytest.fixture
def office(client, cell):
    client.force_login(member(Role.OFFICE, cell.ward))
    return client


def reporting(ward):
    cell = UnitFactory(parent=ward)
    ReportingDuty.objects.create(unit=cell, starts_on=OPENED)
    return cell


def _page(client, cell):
    return client.get(reverse("admin:unit_link", args=[cell.pk]))


def _act(client, cell, act, **data):
    seen = links.stamp(UnitLink.objects.in_use().filter(unit=cell).first())
    url = reverse("admin:unit_link_step", args=[cell.pk])
    return client.post(url, {"act": act, "seen": seen, **data})


def _text(response):
    return " ".join(response.content.decode().split())


def _pins(response):
    return ["".join(pair) for pair in SHOWN_PIN.findall(_text(response))]


def test_pin_is_shown_once_after_the_card_was_given(office, cell):
    response = _act(office, cell, "give")

    link = UnitLink.objects.get()
    (pin,) = _pins(response)
    links.enter(link, pin)
    assert _pins(_page(office, cell)) == []
    assert links.token_of(link) in _text(_page(office, cell))


def test_card_shows_the_code_and_never_the_pin(office, cell):
    card(cell)

    text = _text(office.get(reverse("admin:unit_cards")))

    assert (text.count('class="qr"'), PIN in text) == (1, False)


@pytest.mark.parametrize("act", ["give", "new_pin", "revoke"])
def test_second_tap_is_told_instead_of_done_again(office, cell, act):
    card(cell)
    url = reverse("admin:unit_link_step", args=[cell.pk])
    data = {"act": act, "seen": links.stamp(UnitLink.objects.in_use().get())}

    first, second = (office.post(url, data).status_code for _ in range(2))

    assert (first, second) == (302 if act == "revoke" else 200, 409)


def test_act_that_is_not_known_is_refused(office, cell):
    assert _act(office, cell, "").status_code == 422


def test_closed_unit_gets_no_card(office, cell):
    cell.closed_on = OPENED.replace(year=2021)
    cell.save()

    assert (_act(office, cell, "give").status_code, UnitLink.objects.count()) == (422, 0)


def test_phones_are_listed_with_name_and_user(office, cell):
    link, _ = card(cell)
    person = member(Role.SECRETARY, cell)
    links.remember(link, person, name="Điện thoại Android, Zalo")

    text = _text(_page(office, cell))

    assert "Điện thoại Android, Zalo" in text
    assert person.full_name in text


def test_one_phone_is_revoked_and_the_other_stays(office, cell):
    link, _ = card(cell)
    person = member(Role.SECRETARY, cell)
    first, second = (links.remember(link, person, name=name) for name in ("iPhone", "iPad"))

    _act(office, cell, "revoke_phone", device=first.pk)

    assert list(Device.objects.in_use()) == [second]
    assert LinkEvent.objects.filter(name="phone_revoked", device=first).count() == 1


def test_phone_of_another_unit_is_not_revoked_here(office, cell):
    other = reporting(cell.ward)
    phone = links.remember(card(other)[0], member(Role.SECRETARY, other), name="iPhone")

    response = _act(office, cell, "revoke_phone", device=phone.pk)

    assert (response.status_code, Device.objects.in_use().count()) == (404, 1)


def test_all_phones_are_revoked_at_once(office, cell):
    link, _ = card(cell)
    person = member(Role.SECRETARY, cell)
    for name in ("iPhone", "iPad"):
        links.remember(link, person, name=name)

    _act(office, cell, "revoke_phones")

    assert (Device.objects.in_use().count(), UnitLink.objects.in_use().count()) == (0, 1)


def test_rest_is_told_today_until_somebody_knows(office, cell):
    link, _ = card(cell)
    for _ in range(5):
        with pytest.raises(links.PinError):
            links.enter(link, "840264")
    told = _text(office.get(reverse("admin:index")))

    _act(office, cell, "note")

    assert f"{cell.name}: nhập sai mã PIN 5 lần lúc" in told
    assert "nhập sai mã PIN" not in _text(office.get(reverse("admin:index")))
    assert LinkEvent.objects.get(name="rest").noted_by is not None


def test_cards_are_given_to_all_units_without_one(office, cell):
    card(cell)
    others = [reporting(cell.ward) for _ in range(2)]

    response = office.post(reverse("admin:unit_links_give"))

    pins = _pins(response)
    for unit, pin in zip(others, pins, strict=True):
        links.enter(UnitLink.objects.in_use().get(unit=unit), pin)
    assert _text(response).count('class="qr"') == 2


def test_giving_again_gives_nothing(office, cell):
    for _ in range(2):
        response = office.post(reverse("admin:unit_links_give"), follow=True)

    assert "đều đã có thẻ" in _text(response)
    assert UnitLink.objects.count() == 1


def test_pins_of_cards_in_use_are_not_renewed_with_the_others(office, cell):
    used, _ = card(cell)
    links.remember(used, member(Role.SECRETARY, cell), name="iPhone")
    lost, _ = card(reporting(cell.ward))

    (pin,) = _pins(office.post(reverse("admin:unit_links_renew")))

    links.enter(used, PIN)
    links.enter(lost, pin)


def test_units_of_another_ward_are_not_touched(office, cell):
    foreign = reporting(WardFactory())

    office.post(reverse("admin:unit_links_give"))

    assert [link.unit for link in UnitLink.objects.all()] == [cell]
    assert _page(office, foreign).status_code == 404
    assert _act(office, foreign, "give").status_code == 404


@pytest.mark.parametrize("role", [Role.LEADER, Role.PROPAGANDA, Role.SECRETARY])
def test_others_see_no_cards(client, cell, role):
    client.force_login(member(role, cell if role == Role.SECRETARY else cell.ward))

    assert client.get(reverse("admin:unit_links")).status_code == 403


@pytest.mark.parametrize("count", [1, 3])
def test_list_asks_a_fixed_number_of_queries(office, cell, count, django_assert_max_num_queries):
    for _ in range(count - 1):
        card(reporting(cell.ward))
    reporting(WardFactory())

    with django_assert_max_num_queries(12):
        response = office.get(reverse("admin:unit_links"))

    assert len(response.context["rows"]) == count


@pytest.mark.parametrize("unit", ["9" * 20, "9" * 5000, "١", "-1", "x"])
def test_sheet_of_a_unit_that_cannot_be_has_no_card(office, cell, unit):
    links.issue(cell, actor=None)

    response = office.get(reverse("admin:unit_cards"), {"don-vi": unit})

    assert (response.status_code, "Chưa có thẻ nào để in" in _text(response)) == (200, True)
