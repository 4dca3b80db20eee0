"""A telephone from the card to the unit's pages, and how long it stays let in."""

import datetime as dt

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from units import links
from units.models import Device, Membership, Role, UnitSuccession
from units.tests.factories import PIN, MembershipFactory, UnitFactory, WardFactory, card, member

pytestmark = pytest.mark.django_db
MORNING = "2026-11-02 08:00+07:00"
DAY = 24 * 3600
ASK = "/vao/"
HOME = "/bao-cao/"


@pytest.fixture
def cell():
    return UnitFactory(parent=WardFactory())


@pytest.fixture
def token(cell):
    return card(cell)[1]


@pytest.fixture
def secretary(cell):
    return member(Role.SECRETARY, cell)


@pytest.fixture
def clock():
    with time_machine.travel(MORNING, tick=False) as traveller:
        yield traveller


def _open(client, token):
    return client.get(reverse("units:open_link", args=[token]))


def _enter(client, token, pin=PIN):
    _open(client, token)
    return client.post(ASK, {"pin": pin})


def _goes_to(response):
    return response.headers.get("Location", response.status_code)


def _text(response):
    return " ".join(response.content.decode().split())


def test_link_leaves_the_address_at_once(client, token):
    response = _open(client, token)

    assert (response.status_code, _goes_to(response)) == (303, ASK)
    assert response.headers["Referrer-Policy"] == "no-referrer"
    assert "no-store" in response.headers["Cache-Control"]


def test_page_of_the_pin_names_the_unit_and_nobody(client, cell, token, secretary):
    _open(client, token)

    text = _text(client.get(ASK))

    assert cell.name in text
    assert (secretary.full_name in text, token in text) == (False, False)


def test_right_pin_opens_the_pages_of_the_unit(client, cell, token, secretary):
    response = _enter(client, token)

    assert _goes_to(response) == HOME
    device = Device.objects.get()
    assert (device.unit, device.user, client.session["device"]) == (cell, secretary, device.pk)
    assert client.get(HOME).status_code == 200


def test_wrong_pin_opens_nothing_and_says_how_many_are_left(client, token, secretary):
    response = _enter(client, token, "840264")

    assert response.status_code == 422
    assert response.context["form"].errors["pin"][0].startswith("Mã PIN chưa đúng. Còn 4 lần")
    assert "_auth_user_id" not in client.session


def test_right_pin_during_a_rest_is_refused_with_the_time(client, token, secretary, clock):
    for _ in range(5):
        _enter(client, token, "840264")

    response = _enter(client, token)

    assert response.status_code == 429
    assert "chờ 15 phút nữa, đến 08:15" in response.context["form"].errors["pin"][0]


def test_same_phone_goes_home_at_once(client, token, secretary):
    _enter(client, token)

    _open(client, token)

    assert _goes_to(client.get(ASK)) == HOME


def test_secretary_who_signed_in_by_password_goes_home_at_once(client, token, secretary):
    client.force_login(secretary)

    _open(client, token)

    assert _goes_to(client.get(ASK)) == HOME


@pytest.mark.parametrize("made", ["unknown", "revoked"])
def test_unknown_and_revoked_links_answer_alike(client, cell, token, made):
    if made == "revoked":
        links.revoke(links.find(token), None)

    response = _open(client, token if made == "revoked" else "x" * 32)

    assert response.status_code == 404
    assert "Thẻ này không dùng được nữa" in _text(response)


def test_door_without_a_card_says_how_to_begin(client):
    assert "Mở bằng thẻ của đơn vị" in _text(client.get(ASK))


def test_one_of_several_secretaries_is_chosen_after_the_pin(client, cell, token, secretary):
    other = member(Role.SECRETARY, cell)

    response = _enter(client, token)

    assert _goes_to(response) == "/vao/chon-nguoi/"
    assert other.full_name in _text(client.get("/vao/chon-nguoi/"))
    client.post("/vao/chon-nguoi/", {"person": other.pk})
    assert client.session["_auth_user_id"] == str(other.pk)


def test_names_are_not_shown_before_the_pin(client, cell, token, secretary):
    member(Role.SECRETARY, cell)
    _open(client, token)

    assert _goes_to(client.get("/vao/chon-nguoi/")) == ASK
    assert _goes_to(client.post("/vao/chon-nguoi/", {"person": secretary.pk})) == ASK


def test_nobody_else_than_a_secretary_of_the_unit_can_be_chosen(client, cell, token, secretary):
    member(Role.SECRETARY, cell)
    stranger = member(Role.OFFICE, cell.ward)
    _enter(client, token)

    response = client.post("/vao/chon-nguoi/", {"person": stranger.pk})

    assert response.status_code == 422
    assert "_auth_user_id" not in client.session


def test_choice_waits_ten_minutes(client, cell, token, secretary, clock):
    member(Role.SECRETARY, cell)
    _enter(client, token)
    clock.shift(601)

    assert _goes_to(client.post("/vao/chon-nguoi/", {"person": secretary.pk})) == ASK


def test_choice_after_a_pin_that_was_changed_meanwhile_opens_nothing(
    client, cell, token, secretary
):
    member(Role.SECRETARY, cell)
    _enter(client, token)
    links.new_pin(links.find(token), None)

    assert _goes_to(client.post("/vao/chon-nguoi/", {"person": secretary.pk})) == ASK


def test_unit_without_secretary_is_sent_to_the_office(client, token):
    response = _enter(client, token)

    assert response.status_code == 422
    assert "Đồng chí gọi văn phòng" in _text(response)


def test_merged_unit_lets_no_new_phone_in_and_names_the_next(client, cell, token, secretary):
    cell.closed_on = timezone.localdate()
    cell.save()
    following = UnitFactory(parent=cell.ward, name="Chi bộ Tổ dân phố số 30")
    UnitSuccession.objects.create(from_unit=cell, to_unit=following, on=cell.closed_on)

    response = _enter(client, token)

    assert "nay là Chi bộ Tổ dân phố số 30" in _text(response)
    assert "_auth_user_id" not in client.session


def test_officer_who_tries_a_card_stays_who_he_is(client, cell, token, secretary):
    officer = member(Role.OFFICE, cell.ward)
    client.force_login(officer)

    response = _enter(client, token)

    assert f"đang đăng nhập tên {officer.full_name}" in _text(response)
    assert client.session["_auth_user_id"] == str(officer.pk)


def test_officer_signs_out_and_goes_on_with_the_card(client, cell, token, secretary):
    client.force_login(member(Role.OFFICE, cell.ward))
    _open(client, token)

    assert _goes_to(client.post("/vao/doi-nguoi/")) == ASK
    assert _goes_to(client.post(ASK, {"pin": PIN})) == HOME
    assert client.session["_auth_user_id"] == str(secretary.pk)


def test_secretary_of_two_units_opens_both_on_one_phone(client, cell, token, secretary):
    second = UnitFactory(parent=cell.ward)
    MembershipFactory(user=secretary, unit=second, role=Role.SECRETARY)
    _, other = card(second)
    _enter(client, token)
    before = client.get(HOME).context["desks"]

    _enter(client, other)

    assert [desk.unit for desk in before] == [cell]
    assert [desk.unit for desk in client.get(HOME).context["desks"]] == [cell, second]
    _open(client, token)
    assert _goes_to(client.get(ASK)) == HOME


def test_six_digits_never_open_the_office(client, cell, token, secretary):
    MembershipFactory(user=secretary, unit=cell.ward, role=Role.OFFICE)

    _enter(client, token)

    assert client.get(reverse("admin:index")).status_code == 403
    assert client.get(HOME).status_code == 200


def test_phone_is_asked_again_after_100_days_of_rest(client, token, secretary, clock):
    _enter(client, token)
    clock.shift(99 * DAY)
    seen = [client.get(HOME).status_code]
    clock.shift(99 * DAY)
    seen.append(client.get(HOME).status_code)
    clock.shift(100 * DAY)
    seen.append(client.get(HOME).status_code)

    assert seen == [200, 200, 302]
    assert 'href="/vao/"' in _text(client.get("/dang-nhap/"))
    assert _goes_to(client.post(ASK, {"pin": PIN})) == HOME
    assert Device.objects.count() == 1


def test_last_use_is_written_once_a_day(client, token, secretary, clock):
    _enter(client, token)
    written = []
    for hours in (1, 22, 2, 1):
        clock.shift(hours * 3600)
        client.get(HOME)
        written.append(Device.objects.get().last_seen_at)

    assert [moment.astimezone(dt.UTC).isoformat() for moment in written] == [
        "2026-11-02T01:00:00+00:00",
        "2026-11-02T01:00:00+00:00",
        "2026-11-03T02:00:00+00:00",
        "2026-11-03T02:00:00+00:00",
    ]


def _revoke_phone(cell, secretary):
    links.revoke_phone(Device.objects.get(), actor=None)


def _revoke_link(cell, secretary):
    links.revoke(cell.links.get(), None)


def _hand_over(cell, secretary):
    links.hand_over(cell, None)


def _replace(cell, secretary):
    Membership.objects.filter(user=secretary).update(ends_on=timezone.localdate())


@pytest.mark.parametrize("happens", [_revoke_phone, _revoke_link, _hand_over, _replace])
def test_dead_phone_is_told_and_sent_to_the_sign_in(client, cell, token, secretary, happens):
    _enter(client, token)
    happens(cell, secretary)

    response = client.get(HOME, follow=True)

    assert response.redirect_chain == [("/dang-nhap/?next=/bao-cao/", 302)]
    sentence = f"Điện thoại này không còn dùng được cho {cell.name}; đồng chí gọi văn phòng."
    assert sentence in _text(response)


def test_new_pin_leaves_phones_alone(client, cell, token, secretary):
    _enter(client, token)
    links.new_pin(cell.links.get(), None)

    assert client.get(HOME).status_code == 200


def test_script_of_a_dead_phone_gets_json(client, cell, token, secretary):
    _enter(client, token)
    _revoke_phone(cell, secretary)

    response = client.get(HOME, headers={"accept": "application/json"})

    assert (response.status_code, response.json()) == (401, {"ok": False, "sign_in": "/dang-nhap/"})


def test_token_is_on_no_page_and_in_no_cookie(client, token, secretary):
    pages = [_open(client, token), client.get(ASK), client.post(ASK, {"pin": PIN})]
    pages += [client.get(HOME), client.get("/dang-xuat/")]

    kept = [page.content.decode() + str(page.headers) for page in pages]
    kept += [str(client.cookies), str(dict(client.session))]
    assert [text for text in kept if token in text] == []


def test_token_is_in_no_log_line(client, token, caplog):
    from core.logs import JsonFormatter

    with caplog.at_level("DEBUG"):
        _open(client, token)
        _open(client, "y" * 32)

    lines = [JsonFormatter().format(record) for record in caplog.records]
    assert any("/vao/***/" in line for line in lines)
    assert [line for line in lines if token in line or "y" * 32 in line] == []


def test_replaced_secretary_gets_back_what_was_just_typed(client, cell, token, secretary):
    _enter(client, token)
    _replace(cell, secretary)
    path = reverse("reports:result", args=[cell.pk, dt.date(2026, 3, 1)])

    response = client.post(path, {"result-result": "Đã họp 2 buổi", "seen_version": "0"})

    assert response.status_code == 403
    assert "Đã họp 2 buổi" in _text(response)
    assert "_auth_user_id" not in client.session


def test_sign_in_page_of_a_dead_phone_says_so_every_time(client, cell, token, secretary):
    _enter(client, token)
    _hand_over(cell, secretary)
    client.get(HOME, follow=True)

    text = _text(client.get("/dang-nhap/"))

    assert f"Điện thoại này không còn dùng được cho {cell.name}; đồng chí gọi văn phòng." in text
    assert "Nhập mã PIN" not in text


def test_forged_cookie_of_a_phone_names_no_card(client, cell, token, secretary, settings):
    _enter(client, token)
    client.logout()
    client.cookies[settings.KNOWN_PHONE_COOKIE] = f"{cell.links.get().pk}-1"

    assert "Mở bằng thẻ của đơn vị" in _text(client.get(ASK))


def test_cookie_of_the_phone_opens_nothing_by_itself(client, cell, token, secretary):
    _enter(client, token)
    cookie = client.cookies["phone"]
    client.cookies.pop("sessionid")

    assert (cookie["httponly"], cookie["samesite"]) == (True, "Lax")
    assert client.get(HOME).status_code == 302
    assert cell.name in _text(client.get(ASK))
