"""Two officers on one form: the second is told with both texts, box by box, and loses nothing."""

import datetime as dt

import pytest
from django.core.cache import cache
from django.urls import reverse
from django.utils import timezone

from core.admin import presence
from core.tests.opening import opened
from units.models import Membership, ReportingDuty, Role, Unit, UnitGroup, UnitName
from units.tests.factories import MembershipFactory, UnitFactory, WardFactory, member

pytestmark = pytest.mark.django_db


@pytest.fixture
def ward():
    return WardFactory()


@pytest.fixture
def unit(ward):
    """The ward's own row: the columns of units below it change by steps of their own."""
    ward.short_name, ward.code = "Chi bộ một", "A"
    ward.save()
    return ward


@pytest.fixture
def officer(client, ward):
    user = member(Role.ADMINISTRATOR, ward)
    client.force_login(user)
    return user


@pytest.fixture
def url(unit):
    return reverse("admin:units_unit_change", args=[unit.pk])


def typed(unit, **changed):
    """The form of ``unit`` as a browser sends it, with the rows below it."""
    data = {
        "kind": unit.kind,
        "name": unit.name,
        "short_name": unit.short_name,
        "code": unit.code,
        "position": unit.position,
        "opened_on": "1/1/2020",
    }
    rows = {
        "names": (UnitName, ("kind", "name", "valid_from", "valid_to")),
        "duties": (ReportingDuty, ("starts_on", "ends_on")),
        "memberships": (Membership, ("user_id", "role", "starts_on", "ends_on")),
    }
    for prefix, (model, names) in rows.items():
        found = list(model.objects.filter(unit=unit))
        data |= {f"{prefix}-TOTAL_FORMS": len(found), f"{prefix}-INITIAL_FORMS": len(found)}
        for place, row in enumerate(found):
            data |= {f"{prefix}-{place}-id": row.pk, f"{prefix}-{place}-unit": unit.pk}
            for name in names:
                value = getattr(row, name)
                if isinstance(value, dt.date):
                    value = f"{value.day}/{value.month}/{value.year}"
                data[f"{prefix}-{place}-{name.removesuffix('_id')}"] = value or ""
    return data | changed


def _write(unit, **values):
    """Another officer writes meanwhile."""
    other = MembershipFactory(unit=unit.ward, user__full_name="Trần Thị Bình").user
    fresh = Unit.objects.get(pk=unit.pk)
    for name, value in values.items():
        setattr(fresh, name, value)
    fresh._history_user = other
    fresh.save()


def test_second_officer_is_told_who_when_and_both_texts(client, officer, unit, url):
    sent = typed(unit, short_name="Chi bộ của tôi") | opened(client, url)
    _write(unit, short_name="Chi bộ của Bình")

    response = client.post(url, sent)

    clash = response.context["clash"]
    now = f"{timezone.localtime():%H:%M}"
    assert (response.status_code, Unit.objects.get(pk=unit.pk).short_name) == (
        409,
        "Chi bộ của Bình",
    )
    assert clash.sentence == f"Đồng chí Trần Thị Bình vừa sửa lúc {now}."
    assert [(one.label, one.mine, one.theirs, one.choice) for one in clash.differences] == [
        ("Tên gọn", "Chi bộ của tôi", "Chi bộ của Bình", "")
    ]
    assert response.context["adminform"].form["short_name"].value() == "Chi bộ của tôi"


@pytest.mark.parametrize(
    ("choice", "kept"), [("mine", "Chi bộ của tôi"), ("theirs", "Chi bộ của Bình")]
)
def test_officer_takes_one_text_of_each_box(client, officer, unit, url, choice, kept):
    sent = typed(unit, short_name="Chi bộ của tôi", code="CB1") | opened(client, url)
    _write(unit, short_name="Chi bộ của Bình")
    told = client.post(url, sent)

    answer = {
        "_seen": told.context["seen_token"],
        "_can-chon": "short_name",
        "_chon-short_name": choice,
    }
    response = client.post(url, sent | answer)

    unit.refresh_from_db()
    assert (response.status_code, unit.short_name, unit.code) == (302, kept, "CB1")


def test_box_that_only_the_other_changed_is_theirs_unless_said(client, officer, unit, url):
    sent = typed(unit, short_name="Chi bộ của tôi") | opened(client, url)
    _write(unit, code="B")

    clash = client.post(url, sent).context["clash"]

    assert [(one.label, one.mine, one.theirs, one.choice) for one in clash.differences] == [
        ("Mã", "A", "B", "theirs")
    ]


def test_box_without_an_answer_is_asked_again(client, officer, unit, url):
    sent = typed(unit, short_name="Chi bộ của tôi") | opened(client, url)
    _write(unit, short_name="Chi bộ của Bình")
    told = client.post(url, sent)

    response = client.post(
        url, sent | {"_seen": told.context["seen_token"], "_can-chon": "short_name"}
    )

    assert (response.status_code, len(response.context["clash"].differences)) == (422, 1)
    assert Unit.objects.get(pk=unit.pk).short_name == "Chi bộ của Bình"


def test_third_officer_between_is_told_again(client, officer, unit, url):
    sent = typed(unit, short_name="Chi bộ của tôi") | opened(client, url)
    _write(unit, short_name="Chi bộ của Bình")
    told = client.post(url, sent)
    _write(unit, short_name="Chi bộ của Cường")

    answer = {
        "_seen": told.context["seen_token"],
        "_can-chon": "short_name",
        "_chon-short_name": "mine",
    }
    response = client.post(url, sent | answer)

    assert (response.status_code, response.context["clash"].differences[0].theirs) == (
        409,
        "Chi bộ của Cường",
    )


def test_row_below_that_another_changed_is_told(client, officer, unit, url):
    duty = ReportingDuty.objects.create(unit=unit, starts_on=dt.date(2025, 7, 1))
    sent = typed(unit, short_name="Mới") | opened(client, url)
    sent |= {"duties-0-ends_on": "1/6/2026"}
    duty.ends_on = dt.date(2026, 1, 1)
    duty.save()

    told = client.post(url, sent)
    key = f"duties|{duty.pk}|ends_on"
    answer = {"_seen": told.context["seen_token"], "_can-chon": key, f"_chon-{key}": "theirs"}
    response = client.post(url, sent | answer)

    (one,) = told.context["clash"].differences
    assert (told.status_code, one.label, one.mine, one.theirs) == (
        409,
        "Chế độ báo cáo: Đến trước ngày",
        "1/6/2026",
        "01/01/2026",
    )
    duty.refresh_from_db()
    unit.refresh_from_db()
    assert (response.status_code, duty.ends_on, unit.short_name) == (
        302,
        dt.date(2026, 1, 1),
        "Mới",
    )


def test_row_that_another_added_is_told_and_stays(client, officer, unit, url):
    sent = typed(unit, short_name="Mới") | opened(client, url)
    UnitName.objects.create(unit=unit, name="Tên của Bình", valid_from=dt.date(2020, 1, 1))

    told = client.post(url, sent)
    response = client.post(url, sent | {"_seen": told.context["seen_token"]})

    assert told.status_code == 409
    assert told.context["clash"].new_rows == ["tên gọi khác, Tên của Bình, 01/01/2020"]
    unit.refresh_from_db()
    assert (response.status_code, unit.short_name, unit.names.count()) == (302, "Mới", 1)


def test_own_other_window_is_told_as_such(client, officer, unit, url):
    sent = typed(unit, short_name="Chi bộ của tôi") | opened(client, url)
    client.post(url, typed(unit, short_name="Cửa sổ kia") | opened(client, url))

    clash = client.post(url, sent).context["clash"]

    assert clash.sentence.startswith("Chính đồng chí vừa sửa mục này ở một cửa sổ khác")


def test_members_chosen_by_two_are_told_by_name(client, officer, ward, unit):
    group = UnitGroup.objects.create(owner=ward, name="Nhóm")
    address = reverse("admin:units_unitgroup_change", args=[group.pk])
    sent = {"name": "Nhóm", "members": [unit.pk]} | opened(client, address)
    other = UnitFactory(parent=ward)
    group.members.add(other)

    (one,) = client.post(address, sent).context["clash"].differences

    assert (one.mine, one.theirs) == (unit.name, other.name)


@pytest.mark.parametrize("token", ["", "x", "x:y:z"])
def test_form_without_our_mark_is_not_taken(client, officer, unit, url, token):
    response = client.post(url, typed(unit, short_name="Mới") | {"_seen": token})

    assert (response.status_code, Unit.objects.get(pk=unit.pk).short_name) == (409, "Chi bộ một")


def test_mark_of_another_row_is_none(client, officer, ward, unit, url):
    other = UnitFactory(parent=ward)
    elsewhere = opened(client, reverse("admin:units_unit_change", args=[other.pk]))

    assert client.post(url, typed(unit, short_name="Mới") | elsewhere).status_code == 409


def test_unchanged_form_is_saved_in_peace(client, officer, unit, url):
    MembershipFactory(unit=unit, role=Role.SECRETARY)
    ReportingDuty.objects.create(unit=unit, starts_on=dt.date(2025, 7, 1))

    assert client.post(url, typed(unit) | opened(client, url)).status_code == 302


@pytest.mark.parametrize("count", [1, 3])
def test_form_asks_a_fixed_number_of_queries(
    client, officer, unit, url, count, django_assert_max_num_queries
):
    for place in range(count):
        UnitName.objects.create(unit=unit, name=f"T{place}", valid_from=dt.date(2020, 1, place + 1))
    client.get(url)

    with django_assert_max_num_queries(15):
        client.get(url)


# -- Who has it open ----------------------------------------------------------


@pytest.fixture
def quiet():
    cache.clear()
    yield
    cache.clear()


def _tell(client, unit, **sent):
    data = {"model": "units.unit", "pk": unit.pk, **sent}
    return client.post(reverse("admin:form_open"), data)


def test_open_form_is_told_to_the_next_officer(client, quiet, ward, unit, url):
    client.force_login(MembershipFactory(unit=ward, user__full_name="Trần Thị Bình").user)
    alone = _tell(client, unit).json()["sentence"]
    client.force_login(member(Role.ADMINISTRATOR, ward))

    notice = client.get(url).context["presence"]

    assert alone == ""
    assert notice.startswith("Đồng chí Trần Thị Bình đang mở trang này, từ ")
    assert _tell(client, unit).json()["sentence"] == notice


def test_form_that_was_left_is_told_no_more(client, quiet, ward, unit, url, monkeypatch):
    client.force_login(member(Role.OFFICE, ward))
    _tell(client, unit)
    later = presence.time.time() + presence.LASTS + 1
    monkeypatch.setattr(presence.time, "time", lambda: later)
    client.force_login(member(Role.ADMINISTRATOR, ward))

    assert client.get(url).context["presence"] == ""


@pytest.mark.parametrize(
    ("sent", "status"),
    [({"model": "units.device"}, 404), ({"pk": "x"}, 404), ({"pk": ""}, 400), ({"model": ""}, 400)],
)
def test_nothing_that_has_no_form_is_told_of(client, quiet, officer, unit, sent, status):
    assert _tell(client, unit, **sent).status_code == status


def test_foreign_form_is_missing_and_a_reader_tells_nothing(client, quiet, ward, unit):
    client.force_login(member(Role.ADMINISTRATOR, WardFactory()))
    foreign = _tell(client, unit).status_code
    client.force_login(member(Role.LEADER, ward))

    assert (foreign, _tell(client, unit).status_code) == (404, 404)
