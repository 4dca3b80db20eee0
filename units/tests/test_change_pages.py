"""The pages on which units change: typed, shown in sentences, written as shown."""

import datetime as dt

import pytest
import time_machine
from django.urls import reverse

from units import changes
from units.changes import Finding, guards
from units.models import ReportingDuty, Role, Unit, UnitChange
from units.tests.factories import OPENED, UnitFactory, WardFactory, member

pytestmark = pytest.mark.django_db
LIST = "/quan-tri/don-vi/thay-doi/"
MERGE = f"{LIST}sap-nhap/"


@pytest.fixture(autouse=True)
def _day():
    with time_machine.travel(dt.datetime(2026, 7, 10, 2, tzinfo=dt.UTC), tick=False):
        yield


@pytest.fixture
def ward():
    return WardFactory()


@pytest.fixture
def office(client, ward):
    client.force_login(member(Role.OFFICE, ward))
    return client


@pytest.fixture
def units(ward):
    return [UnitFactory(parent=ward, name=f"Chi bộ {number}") for number in (3, 4)]


def merged(units, **more):
    return {
        "units": [unit.pk for unit in units],
        "name": "Chi bộ 3-4",
        "on": "1/7/2026",
        "decision": "12-NQ/ĐU",
        "action": "xem",
        **more,
    }


def test_a_merge_is_shown_then_written(office, units):
    shown = office.post(MERGE, merged(units))
    seen = shown.context["preview"].seen

    done = office.post(MERGE, merged(units, action="luu", seen=seen))

    record = UnitChange.objects.get()
    assert shown.status_code == 200
    assert (done.status_code, done.url) == (302, f"{LIST}#viec-{record.pk}")
    assert Unit.objects.filter(closed_on=dt.date(2026, 7, 1)).count() == 2
    assert "12-NQ/ĐU" in office.get(LIST).content.decode()


def test_a_preview_writes_nothing(office, units):
    office.post(MERGE, merged(units))

    assert (UnitChange.objects.count(), Unit.objects.count()) == (0, 3)


def test_what_was_not_shown_is_not_written(office, units):
    seen = office.post(MERGE, merged(units)).context["preview"].seen

    response = office.post(MERGE, merged(units, name="Chi bộ Khác", action="luu", seen=seen))

    assert (response.status_code, UnitChange.objects.count()) == (409, 0)
    assert "nội dung khác bản đã xem trước" in response.content.decode()
    assert 'value="Chi bộ Khác"' in response.content.decode()


def test_warnings_are_confirmed(office, units):
    def guard(change, today):
        yield Finding("Còn nợ báo cáo.")

    changes.register_guard(guard)
    try:
        seen = office.post(MERGE, merged(units)).context["preview"].seen
        without = office.post(MERGE, merged(units, action="luu", seen=seen))
        confirmed = office.post(MERGE, merged(units, action="luu", seen=seen, confirmed="1"))
    finally:
        guards.unregister_guard(guard)

    assert (without.status_code, confirmed.status_code) == (422, 302)
    assert UnitChange.objects.count() == 1


def test_a_refusal_keeps_what_was_typed(office, units):
    response = office.post(MERGE, merged(units[:1]))

    assert response.status_code == 422
    assert "Sáp nhập cần ít nhất hai đơn vị" in response.content.decode()
    assert 'value="Chi bộ 3-4"' in response.content.decode()


def test_a_foreign_unit_is_no_choice(office, units):
    foreign = UnitFactory(parent=WardFactory(), name="Chi bộ phường khác")

    response = office.post(MERGE, merged([units[0], foreign]))

    assert response.status_code == 422
    assert "Không thấy đơn vị này" in response.content.decode()
    assert foreign.name not in response.content.decode()


@pytest.mark.parametrize(
    ("tail", "data"),
    [
        ("mo", {"name": "Chi bộ 9", "unit_kind": "school_cell", "owes": "on"}),
        ("doi-ten", {"name": "Chi bộ Ba"}),
        ("chia-tach", {"names": "Chi bộ 3A\n\nChi bộ 3B"}),
        ("thoi-hoat-dong", {}),
    ],
)
def test_every_step_has_its_page(office, units, tail, data):
    address = f"{LIST}{tail}/"
    data |= {"unit": units[0].pk, "on": "1/7/2026"}
    opened = office.get(f"{address}?don-vi={units[0].pk}")
    seen = office.post(address, data).context["preview"].seen

    done = office.post(address, data | {"action": "luu", "seen": seen})

    assert (opened.status_code, done.status_code) == (200, 302)
    assert UnitChange.objects.get().on == dt.date(2026, 7, 1)


def test_an_empty_form_says_what_is_missing(office):
    response = office.post(MERGE, {})

    text = response.content.decode()
    assert response.status_code == 422
    assert "Chưa chọn đơn vị nào" in text
    assert "Chưa có ngày" in text


def test_merging_into_a_unit_and_naming_a_new_one_do_not_go_together(office, units):
    response = office.post(MERGE, merged(units[:1], into=units[1].pk))

    assert response.status_code == 422
    assert "Nhập vào đơn vị đang có thì để trống ô này." in response.content.decode()


def test_new_units_owe_where_the_old_ones_did(office, units):
    ReportingDuty.objects.create(unit=units[1], starts_on=OPENED)
    shown = office.post(MERGE, merged(units, confirmed="1"))

    data = merged(units, action="luu", seen=shown.context["preview"].seen, confirmed="1")
    office.post(MERGE, data)

    new = Unit.objects.get(name="Chi bộ 3-4")
    assert list(new.duties.values_list("starts_on", flat=True)) == [dt.date(2026, 7, 1)]


@pytest.mark.parametrize("count", [1, 3])
def test_the_book_shows_the_own_ward_in_a_fixed_number_of_queries(
    office, ward, units, count, django_assert_num_queries
):
    other = WardFactory()
    for place in [ward] * count + [other]:
        person = member(Role.OFFICE, place)
        record = UnitChange.objects.create(
            ward=place,
            kind="close",
            on=dt.date(2026, 7, 1),
            sentences=[f"Việc của {place}."],
            by=person,
        )
        record.units.add(*(units if place == ward else []))
    office.get(LIST)

    # session with person and memberships, count, page, units, secretaries, ward's card
    with django_assert_num_queries(6):
        text = office.get(LIST).content.decode()

    assert text.count(f"Việc của {ward}.") == count
    assert f"Việc của {other}." not in text


def test_who_only_reads_is_offered_no_step(client, ward, units):
    client.force_login(member(Role.LEADER, ward))

    assert "sap-nhap" not in client.get(LIST).content.decode()
    assert client.get(MERGE).status_code == 403


def test_the_book_leads_to_the_hand_over_of_a_unit_without_secretary(office, units):
    seen = office.post(MERGE, merged(units)).context["preview"].seen
    office.post(MERGE, merged(units, action="luu", seen=seen))

    new = Unit.objects.get(name="Chi bộ 3-4")
    assert reverse("admin:unit_hand_over", args=[new.pk]) in office.get(LIST).content.decode()
