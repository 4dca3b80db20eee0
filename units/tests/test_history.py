"""Lịch sử: who changed what and when, two states side by side, the way back as a new change."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from core.history import write_baseline
from units.history import people_visible_to
from units.models import Membership, ReportingDuty, Role, Unit, UnitGroup, UnitName, UnitSuccession
from units.tests.factories import MembershipFactory, UnitFactory, WardFactory, member

pytestmark = pytest.mark.django_db
WHY = "gõ nhầm"


@pytest.fixture
def ward():
    return WardFactory(name="Chi bộ một")


@pytest.fixture
def officer(client, ward):
    user = member(Role.ADMINISTRATOR, ward)
    client.force_login(user)
    return user


@pytest.fixture
def unit(ward):
    """The ward's own row, on which three officers have written one after the other.

    The columns of units below it change by steps of their own and do not go back here.
    """
    unit = ward
    for name, code in (("Chi bộ hai", "A"), ("Chi bộ hai", "B"), ("Chi bộ ba", "B")):
        unit.name, unit.code = name, code
        unit._history_user = member(Role.OFFICE, ward)
        unit.save()
    return unit


def _states(row):
    return list(row.history.order_by("history_id"))


def _url(name, row, slug="don-vi"):
    return reverse(f"admin:{name}_{slug}", args=[row.pk])


def _way(client, row, state, slug="don-vi"):
    return client.get(_url("revert", row, slug), {"ban": state.pk}).context["way"]


def _go_back(client, row, state, slug="don-vi", **sent):
    seen = _way(client, row, state, slug).seen
    url = f"{_url('revert', row, slug)}?ban={state.pk}"
    return client.post(url, {"seen": seen, "reason": WHY, **sent})


def test_timeline_says_who_did_what_in_words(client, officer, unit):
    entries = client.get(_url("history", unit)).context["page"]

    page = [entry for entry in entries if entry.state is not None]
    said = [[(c.label, c.old, c.new) for c in entry.changes] for entry in page]
    assert said == [
        [("Tên", "Chi bộ hai", "Chi bộ ba")],
        [("Mã", "A", "B")],
        [("Tên", "Chi bộ một", "Chi bộ hai"), ("Mã", "trống", "A")],
        [],
    ]
    assert next(entry.by for entry in page) == str(_states(unit)[-1].history_user)


def test_timeline_holds_the_rows_below_with_their_names(client, officer, ward, unit):
    UnitName.objects.create(unit=unit, name="Chi bộ cũ", valid_from=dt.date(2020, 1, 1))
    duty = ReportingDuty.objects.create(unit=unit, starts_on=dt.date(2025, 7, 1))
    duty.ends_on = dt.date(2026, 1, 1)
    duty.save()
    secretary = MembershipFactory(unit=unit, role=Role.SECRETARY).user

    page = client.get(_url("history", unit)).context["page"]

    told = {entry.what for entry in page}
    assert {
        "Thêm tên: Chi bộ cũ",
        "Sửa chế độ báo cáo: 1/7/2025",
        f"Thêm nhiệm vụ: {secretary}",
    } <= told


def test_people_are_not_told_to_those_who_may_not_see_them(client, ward, unit):
    secretary = MembershipFactory(unit=unit, role=Role.SECRETARY).user
    client.force_login(member(Role.EDITOR, ward))

    assert str(secretary) not in client.get(_url("history", unit)).content.decode()


@pytest.mark.parametrize("count", [1, 3])
def test_timeline_asks_a_fixed_number_of_queries(
    client, officer, ward, count, django_assert_num_queries
):
    unit = UnitFactory(parent=ward)
    for place in range(count):
        unit.code = f"K{place}"
        unit.save()
        member(Role.SECRETARY, unit)
        UnitName.objects.create(
            unit=unit, name=f"Tên {place}", valid_from=dt.date(2020, 1, place + 1)
        )
    url = _url("history", unit)
    client.get(url)

    # session, person, unit; its states; names, duties and people of it; names of people; ward
    with django_assert_num_queries(8):
        client.get(url)


def test_two_states_are_compared_column_by_column(client, officer, unit):
    first, _, third, _ = _states(unit)

    response = client.get(_url("compare", unit), {"tu": third.pk, "den": first.pk})

    changes = {c.label: (c.old, c.new) for c in response.context["changes"]}
    assert changes == {"Tên": ("Chi bộ một", "Chi bộ hai"), "Mã": ("trống", "B")}


def test_state_of_another_record_is_missing(client, officer, ward, unit):
    other = UnitFactory(parent=ward).history.get()

    answers = [
        client.get(_url("compare", unit), {"tu": other.pk, "den": other.pk}).status_code,
        client.get(_url("revert", unit), {"ban": other.pk}).status_code,
        client.get(_url("revert", unit), {"ban": "9" * 30}).status_code,
        client.get(_url("revert", unit), {"ban": "x"}).status_code,
    ]

    assert answers == [404] * 4


def test_last_change_is_undone_by_one_press(client, officer, unit):
    before = _states(unit)[-2]
    way = _way(client, unit, before)

    response = _go_back(client, unit, before, **{"o-name": "then"})

    unit.refresh_from_db()
    assert [(line.name, line.choice) for line in way.lines] == [("name", "then")]
    assert (response.status_code, unit.name, unit.code) == (302, "Chi bộ hai", "B")
    newest = _states(unit)[-1]
    assert (newest.history_user, newest.history_change_reason) == (
        officer,
        f"Trở lại bản cũ: {WHY}",
    )


def test_later_changes_are_named_and_nothing_is_chosen_for_the_officer(client, officer, unit):
    first = _states(unit)[0]

    way = _way(client, unit, first)

    assert [(line.name, line.choice) for line in way.lines] == [("name", ""), ("code", "")]
    assert [[later.text for later in line.later] for line in way.lines] == [
        ["Chi bộ hai", "Chi bộ ba"],
        ["A", "B"],
    ]


def test_column_without_a_choice_is_refused_and_the_others_stay_chosen(client, officer, unit):
    first = _states(unit)[0]

    response = _go_back(client, unit, first, **{"o-name": "then"})

    unit.refresh_from_db()
    assert (response.status_code, unit.name) == (422, "Chi bộ ba")
    assert response.context["refusals"] == [
        "Đồng chí chọn cho từng ô: giữ như bây giờ hay trở lại bản cũ."
    ]
    assert [line.choice for line in response.context["way"].lines] == ["then", ""]


def test_chosen_columns_alone_go_back(client, officer, unit):
    _go_back(client, unit, _states(unit)[0], **{"o-name": "then", "o-code": "now"})

    unit.refresh_from_db()
    assert (unit.name, unit.code) == ("Chi bộ một", "B")


@pytest.mark.parametrize(
    ("sent", "sentence"),
    [
        ({"o-name": "now", "o-code": "now"}, "Chưa có ô nào được chọn để trở lại bản cũ."),
        ({"o-name": "hack", "o-code": "then"}, "Đồng chí chọn cho từng ô"),
        ({"o-name": "then", "o-code": "then", "reason": " "}, "Cần ghi lý do."),
        ({"o-name": "then", "o-code": "then", "reason": "x" * 81}, "nhiều hơn 80"),
    ],
)
def test_way_back_is_refused_with_a_sentence(client, officer, unit, sent, sentence):
    response = _go_back(client, unit, _states(unit)[0], **sent)

    unit.refresh_from_db()
    assert (response.status_code, unit.name, sentence in response.content.decode()) == (
        422,
        "Chi bộ ba",
        True,
    )


def test_way_back_over_a_change_made_meanwhile_is_told(client, officer, ward, unit):
    before = _states(unit)[-2]
    seen = _way(client, unit, before).seen
    unit.name = "Chi bộ bốn"
    unit.save()

    response = client.post(
        f"{_url('revert', unit)}?ban={before.pk}",
        {"seen": seen, "reason": WHY, "o-name": "then"},
    )

    unit.refresh_from_db()
    assert (response.status_code, unit.name) == (409, "Chi bộ bốn")
    assert [line.now for line in response.context["way"].lines] == ["Chi bộ bốn"]


def test_name_kept_in_time_does_not_go_back_by_itself(client, officer, unit):
    UnitName.objects.create(
        unit=unit, kind=UnitName.Kind.OFFICIAL, name=unit.name, valid_from=dt.date(2026, 1, 1)
    )

    way = _way(client, unit, _states(unit)[-2])

    assert [(line.name, bool(line.refused)) for line in way.lines] == [("name", True)]


def test_unit_below_goes_back_by_its_steps_alone(client, officer, ward):
    unit = UnitFactory(parent=ward, name="Cũ", code="A", position=1)
    before = unit.history.get()
    unit.name, unit.code, unit.position = "Mới", "B", 2
    unit.save()

    way = _way(client, unit, before)

    assert {line.name: bool(line.refused) for line in way.lines} == {
        "name": True,
        "code": True,
        "position": False,
    }


def test_end_of_a_merged_unit_does_not_go_back(client, officer, ward):
    unit = UnitFactory(parent=ward)
    before = unit.history.get()
    UnitSuccession.objects.create(
        from_unit=unit, to_unit=UnitFactory(parent=ward), on=dt.date(2026, 1, 1)
    )
    unit.closed_on = dt.date(2026, 1, 1)
    unit.save()

    response = _go_back(client, unit, before, **{"o-closed_on": "then"})

    unit.refresh_from_db()
    assert (response.status_code, unit.closed_on) == (422, dt.date(2026, 1, 1))


def test_state_that_breaks_a_rule_by_now_is_refused_whole(client, officer, ward):
    group = UnitGroup.objects.create(owner=ward, name="Các trường")
    before = group.history.get()
    group.name = "Các trường học"
    group.save()
    UnitGroup.objects.create(owner=ward, name="Các trường")

    response = _go_back(client, group, before, "nhom-don-vi", **{"o-name": "then"})

    group.refresh_from_db()
    assert (response.status_code, group.name) == (422, "Các trường học")
    assert response.context["refusals"] == ["Phường đã có nhóm mang tên này."]


def test_members_of_a_group_go_back_together(client, officer, ward):
    group = UnitGroup.objects.create(owner=ward, name="Các trường")
    one, two = UnitFactory(parent=ward), UnitFactory(parent=ward)
    group.members.set([one])
    before = _states(group)[-1]
    group.members.set([two])

    way = _way(client, group, before, "nhom-don-vi")
    _go_back(client, group, before, "nhom-don-vi", **{"o-members": "then"})

    assert [(line.now, line.then) for line in way.lines] == [(two.name, one.name)]
    assert list(group.members.all()) == [one]


def test_group_house_that_is_gone_is_told(client, officer, ward):
    house = UnitFactory(parent=ward, kind=Unit.Kind.RESIDENTIAL_GROUP)
    unit = UnitFactory(parent=ward, residential_group=house)
    before = unit.history.get()
    unit.residential_group = None
    unit.save()
    before.residential_group_id = house.pk + 1000
    before.save()

    way = _way(client, unit, before)

    assert [(line.then, bool(line.refused)) for line in way.lines] == [("(không còn)", True)]


def test_who_may_not_change_reads_and_does_not_go_back(client, ward, unit):
    client.force_login(member(Role.LEADER, ward))
    page = client.get(_url("history", unit))

    answer = client.get(_url("revert", unit), {"ban": _states(unit)[0].pk})

    assert (page.status_code, answer.status_code) == (200, 403)
    assert "Trở lại bản này" not in page.content.decode()


def test_person_shows_only_what_is_done_here(client, officer, ward):
    there = WardFactory()
    person = member(Role.EDITOR, ward)
    MembershipFactory(user=person, unit=there)

    response = client.get(_url("history", person, "tai-khoan"))

    assert there.name not in response.content.decode()
    assert list(people_visible_to(member(Role.ADMINISTRATOR, there))) != []


def test_old_address_leads_to_the_page(client, officer, unit):
    response = client.get(reverse("admin:units_unit_history", args=[unit.pk]))

    assert response.url == _url("history", unit)


def test_rows_older_than_their_history_get_a_first_state(ward):
    from django.apps import apps

    group = UnitGroup.objects.create(owner=ward, name="Các trường")
    group.members.set([UnitFactory(parent=ward)])
    MembershipFactory(unit=ward)
    for model in (UnitGroup, Membership):
        model.history.all().delete()

    write_baseline(apps, "units", "UnitGroup", many="members")
    write_baseline(apps, "units", "Membership")

    first = UnitGroup.history.get()
    assert (first.name, first.members.count(), first.history_type) == ("Các trường", 1, "+")
    assert (Membership.history.count(), first.history_date <= timezone.now()) == (1, True)
