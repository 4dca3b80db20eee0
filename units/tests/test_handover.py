"""A secretary hands over: one step from the old phones to the new card."""

import datetime as dt

import pytest
import time_machine
from django.urls import reverse

from accounts.models import User
from core.workflow import StaleError
from units import handover, links
from units.changes import ChangeRefusedError
from units.handover import HandOver
from units.models import Device, LinkEvent, Membership, Role, UnitChange, UnitLink
from units.tests.factories import OPENED, UnitFactory, UserFactory, WardFactory, card, member

pytestmark = pytest.mark.django_db
TODAY = dt.date(2026, 7, 10)
PHONE = "+84912345678"


@pytest.fixture(autouse=True)
def _day():
    with time_machine.travel(dt.datetime(2026, 7, 10, 2, tzinfo=dt.UTC), tick=False):
        yield


@pytest.fixture
def ward():
    return WardFactory()


@pytest.fixture
def cell(ward):
    return UnitFactory(parent=ward, name="Chi bộ 3")


@pytest.fixture
def officer(ward):
    return member(Role.OFFICE, ward)


def asked(cell, name="Trần Thị Bưởi", phone=PHONE, on=TODAY, decision=""):
    return HandOver(cell, name, phone, on, decision)


def take(wanted, officer):
    shown = handover.preview(wanted, actor=officer, today=TODAY)
    return handover.carry_out(wanted, actor=officer, seen=shown.seen, today=TODAY)


def refusals(wanted, officer):
    return handover.preview(wanted, actor=officer, today=TODAY).refusals


def test_the_old_end_and_the_new_begins_with_a_card(cell, officer):
    old = member(Role.SECRETARY, cell)
    link, _ = card(cell)
    phone = Device.objects.create(link=link, unit=cell, user=old, name="Điện thoại")

    done = take(asked(cell, decision="15-QĐ/ĐU"), officer)

    phone.refresh_from_db()
    assert phone.revoked_at is not None
    assert Membership.objects.get(user=old).ends_on == TODAY
    assert links.people_of(cell) == [done.person]
    assert (done.person.username, done.person.phone) == ("tran-thi-buoi", PHONE)
    assert not done.person.has_usable_password()
    assert UnitLink.objects.in_use().get() == done.link
    links.enter(done.link, done.pin)
    assert LinkEvent.objects.filter(name=LinkEvent.Name.HANDED_OVER, actor=officer).exists()
    record = UnitChange.objects.get()
    assert (record.kind, record.decision, record.by) == ("hand_over", "15-QĐ/ĐU", officer)
    assert record.sentences[:2] == [
        f"Đồng chí {old} thôi làm bí thư Chi bộ 3 từ 10/7/2026.",
        "Đồng chí Trần Thị Bưởi nhận việc từ 10/7/2026; có tài khoản mới.",
    ]
    assert record.sentences[2].startswith("Thẻ cũ và 1 điện thoại")


def test_the_preview_says_it_in_sentences(cell, officer):
    old = member(Role.SECRETARY, cell)
    card(cell)

    shown = handover.preview(asked(cell), actor=officer, today=TODAY)

    assert shown.sentences == [
        f"Đồng chí {old} thôi làm bí thư Chi bộ 3 từ 10/7/2026.",
        "Đồng chí Trần Thị Bưởi, 0912 345 678, nhận việc từ 10/7/2026; có tài khoản mới.",
        "Thẻ cũ thôi vào được ngay; có thẻ và mã PIN mới.",
        "Báo cáo các tháng và bản nháp vẫn ở đơn vị, người mới làm tiếp.",
    ]


def test_a_known_person_keeps_the_account(ward, cell, officer):
    elsewhere = UnitFactory(parent=ward)
    known = member(
        Role.SECRETARY, elsewhere, user=UserFactory(full_name="Trần Thị Bưởi", phone=PHONE)
    )

    done = take(asked(cell, name="TRẦN THỊ BƯỞI"), officer)

    assert done.person == known
    assert User.objects.filter(phone=PHONE).count() == 1
    assert Membership.objects.active().filter(user=known).count() == 2


def test_two_people_of_one_name_have_two_accounts(cell, officer):
    UserFactory(username="tran-thi-buoi")

    assert take(asked(cell), officer).person.username == "tran-thi-buoi-2"


def test_what_cannot_be_has_its_sentence(ward, cell, officer):
    other = UserFactory(full_name="Người Khác", phone="+84912345679")
    member(Role.SECRETARY, UnitFactory(parent=ward), user=other)
    foreign = UserFactory(full_name="Trần Thị Bưởi", phone="+84912345670")
    member(Role.SECRETARY, UnitFactory(parent=WardFactory()), user=foreign)
    now = member(
        Role.SECRETARY, cell, user=UserFactory(full_name="Lê Văn Cam", phone="+84912345671")
    )
    later = dt.date(2026, 8, 1)

    assert refusals(asked(cell, on=later), officer) == [
        "Ngày nhận việc chưa đến. Ghi bàn giao thì máy cũ thôi dùng được ngay, nên đồng chí ghi "
        "đúng ngày đó."
    ]
    assert refusals(asked(cell, phone=other.phone), officer) == [
        "Số 0912 345 679 đang là của đồng chí Người Khác. Nếu đúng là người đó, đồng chí ghi đúng "
        "họ tên; nếu không, xem lại số."
    ]
    assert refusals(asked(cell, phone=foreign.phone), officer) == [
        "Số 0912 345 670 đã có ở một tài khoản ngoài phạm vi của đồng chí; nhờ quản trị ghi."
    ]
    assert refusals(asked(cell, name="Lê Văn Cam", phone=now.phone), officer) == [
        "Đồng chí Lê Văn Cam đang là bí thư của Chi bộ 3, không có gì để bàn giao."
    ]
    assert refusals(asked(cell, on=OPENED), officer) == [
        "Đồng chí Lê Văn Cam nhận việc từ ngày 1/1/2020, đồng chí chọn ngày sau ngày đó."
    ]


def test_a_locked_account_is_not_taken(ward, cell, officer):
    known = UserFactory(full_name="Trần Thị Bưởi", phone=PHONE, is_active=False)
    member(Role.SECRETARY, UnitFactory(parent=ward), user=known)

    assert refusals(asked(cell), officer) == [
        "Tài khoản của đồng chí Trần Thị Bưởi đang khóa; nhờ quản trị mở ở mục Tài khoản."
    ]


def test_a_closed_unit_has_no_secretary_any_more(cell, officer):
    cell.closed_on = dt.date(2026, 7, 1)
    cell.save()

    with pytest.raises(ChangeRefusedError, match="thôi hoạt động"):
        take(asked(cell), officer)

    assert Membership.objects.filter(unit=cell).count() == 0


def test_a_card_given_meanwhile_makes_it_stale(cell, officer):
    shown = handover.preview(asked(cell), actor=officer, today=TODAY)
    card(cell)

    with pytest.raises(StaleError):
        handover.carry_out(asked(cell), actor=officer, seen=shown.seen, today=TODAY)

    assert not User.objects.filter(phone=PHONE).exists()


# -- The page -----------------------------------------------------------------


def test_the_page_ends_with_the_card_and_the_pin(client, cell, officer):
    client.force_login(officer)
    address = reverse("admin:unit_hand_over", args=[cell.pk])
    data = {"full_name": "Trần Thị Bưởi", "phone": "ĐT: 0912 345 678", "on": "10/7/2026"}
    wrong = client.post(address, data)
    data["phone"] = "0912.345.678"
    shown = client.post(address, data)

    done = client.post(address, data | {"action": "luu", "seen": shown.context["preview"].seen})
    again = client.post(address, data | {"action": "luu", "seen": shown.context["preview"].seen})

    assert (wrong.status_code, shown.status_code, done.status_code) == (422, 200, 200)
    assert "Đã bàn giao cho đồng chí Trần Thị Bưởi" in done.content.decode()
    assert "pin-slip__pin" in done.content.decode()
    assert again.status_code == 422  # pressed twice: she is the secretary already
    assert UnitChange.objects.count() == 1


@pytest.mark.parametrize(
    ("role", "status"), [(Role.OFFICE, 404), (Role.LEADER, 403), (Role.SECRETARY, 403)]
)
def test_others_do_not_hand_over(client, cell, role, status):
    client.force_login(member(role, WardFactory()))

    assert client.get(reverse("admin:unit_hand_over", args=[cell.pk])).status_code == status
