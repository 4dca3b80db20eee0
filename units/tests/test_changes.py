"""Units open, change their name, merge, split and close: what is written, what is refused."""

import datetime as dt

import pytest

from core.workflow import StaleError
from units import changes, links
from units.changes import Change, ChangeRefusedError, Finding, Kind, Part, guards
from units.models import (
    Device,
    LinkEvent,
    Membership,
    Role,
    Unit,
    UnitGroup,
    UnitName,
    UnitSuccession,
)
from units.tests.factories import (
    OPENED,
    MembershipFactory,
    ReportingDutyFactory,
    UnitFactory,
    WardFactory,
    card,
    member,
)

pytestmark = pytest.mark.django_db
TODAY = dt.date(2026, 7, 10)
JULY = dt.date(2026, 7, 1)
AUGUST = dt.date(2026, 8, 1)
MIDDLE = dt.date(2026, 7, 8)


@pytest.fixture
def ward():
    return WardFactory()


@pytest.fixture
def officer(ward):
    return member(Role.OFFICE, ward)


def cell(ward, name, **kwargs):
    unit = UnitFactory(parent=ward, name=name, **kwargs)
    ReportingDutyFactory(unit=unit)
    return unit


@pytest.fixture
def three(ward):
    return cell(ward, "Chi bộ 3")


@pytest.fixture
def four(ward):
    return cell(ward, "Chi bộ 4")


def merge(ward, *old, name="Chi bộ 3-4", on=JULY, since=JULY, **kwargs):
    parts = () if kwargs.get("into") else (Part(name, kind=Unit.Kind.RESIDENTIAL_CELL),)
    return Change(Kind.MERGE, ward, on, since, old=old, parts=parts, **kwargs)


def rename(ward, unit, name="Chi bộ Ba", on=JULY, **kwargs):
    part = Part(name, kwargs.pop("short_name", unit.short_name), kwargs.pop("code", unit.code))
    return Change(Kind.RENAME, ward, on, on.replace(day=1), old=(unit,), parts=(part,))


def split(ward, unit, *names, on=JULY, since=JULY):
    return Change(Kind.SPLIT, ward, on, since, old=(unit,), parts=tuple(map(Part, names)))


def close(ward, unit, on=JULY, since=JULY):
    return Change(Kind.CLOSE, ward, on, since, old=(unit,))


def opening(ward, name="Chi bộ 9", on=JULY, since=JULY, **kwargs):
    part = Part(name, kind=Unit.Kind.SCHOOL_CELL, **kwargs)
    return Change(Kind.OPEN, ward, on, since, parts=(part,))


def take(change, actor, today=TODAY):
    shown = changes.preview(change, today=today)
    return changes.carry_out(change, actor=actor, seen=shown.seen, today=today)


def refused(change, today=TODAY):
    return changes.preview(change, today=today).refusals


def spans(unit):
    return list(unit.duties.values_list("starts_on", "ends_on"))


# -- What is written ----------------------------------------------------------


def test_a_merge_ends_two_units_and_opens_one(ward, officer, three, four):
    record = take(merge(ward, three, four, decision="12-NQ/ĐU", reason="Ít đảng viên"), officer)

    new = Unit.objects.get(name="Chi bộ 3-4")
    closed = Unit.objects.filter(pk__in=[three.pk, four.pk])
    assert set(closed.values_list("closed_on", flat=True)) == {JULY}
    assert (spans(three), spans(four)) == ([(OPENED, JULY)], [(OPENED, JULY)])
    assert (spans(new), new.opened_on, new.ward) == ([(JULY, None)], JULY, ward)
    assert set(UnitSuccession.objects.values_list("from_unit", "to_unit", "on")) == {
        (three.pk, new.pk, JULY),
        (four.pk, new.pk, JULY),
    }
    assert list(new.names.values_list("kind", "name", "valid_from")) == [
        ("official", "Chi bộ 3-4", JULY)
    ]
    assert (record.by, record.decision, record.reason) == (officer, "12-NQ/ĐU", "Ít đảng viên")
    assert set(record.units.all()) == {three, four, new}
    assert three.history.first().history_change_reason == (
        "sáp nhập: Chi bộ 3, Chi bộ 4 và Chi bộ 3-4 (12-NQ/ĐU)"
    )


def test_the_preview_of_a_merge_says_what_will_happen(ward, three, four):
    shown = changes.preview(merge(ward, three, four), today=TODAY)

    assert shown.sentences == [
        "Từ 1/7/2026, Chi bộ 3 và Chi bộ 4 thôi hoạt động; Chi bộ 3-4 được lập trên cơ sở các đơn "
        "vị này.",
        "Chi bộ 3-4 nhận nhiệm vụ báo cáo từ tháng 7/2026; Chi bộ 3 và Chi bộ 4 báo cáo đến hết "
        "tháng trước đó. Số liệu các tháng trước giữ nguyên.",
        "Chi bộ 3-4 chưa có bí thư và thẻ; từ ngày đó đồng chí ghi ở bước Bàn giao bí thư.",
    ]
    assert (shown.refusals, len(shown.seen)) == ([], 20)


def test_a_preview_writes_nothing(ward, three, four, django_assert_num_queries):
    before = list(Unit.objects.values())

    changes.preview(merge(ward, three, four), today=TODAY)

    assert list(Unit.objects.values()) == before


def test_a_merge_into_a_unit_that_goes_on_keeps_its_duty(ward, officer, three, four):
    take(merge(ward, three, into=four), officer)

    four.refresh_from_db()
    assert (four.closed_on, spans(four), spans(three)) == (
        None,
        [(OPENED, None)],
        [(OPENED, JULY)],
    )
    assert list(four.predecessors.values_list("from_unit", flat=True)) == [three.pk]


def test_a_change_in_mid_month_leaves_the_month_to_whom_the_office_says(ward, officer, three, four):
    take(merge(ward, three, four, on=MIDDLE, since=AUGUST), officer)

    new = Unit.objects.get(name="Chi bộ 3-4")
    assert set(Unit.objects.owing(JULY)) == {three, four}
    assert set(Unit.objects.owing(AUGUST)) == {new}
    assert new.opened_on == MIDDLE


def test_people_cards_and_phones_of_a_closed_unit_end(ward, officer, three, four):
    secretary = member(Role.SECRETARY, three)
    link, _ = card(three)
    phone = Device.objects.create(link=link, unit=three, user=secretary, name="Điện thoại")

    take(merge(ward, three, four), officer)

    phone.refresh_from_db()
    link.refresh_from_db()
    assert Membership.objects.get(user=secretary).ends_on == JULY
    assert None not in (phone.revoked_at, link.revoked_at)
    assert LinkEvent.objects.filter(unit=three, name=LinkEvent.Name.REVOKED).count() == 1
    assert "nay là Chi bộ 3-4" in links.closed_sentence(Unit.objects.get(pk=three.pk), TODAY)


def test_the_preview_tells_of_people_cards_and_groups(ward, three, four):
    person = member(Role.SECRETARY, three)
    card(three)
    group = UnitGroup.objects.create(owner=ward, name="Cụm phía Nam")
    group.members.add(three)

    shown = changes.preview(merge(ward, three, four), today=TODAY)

    assert shown.sentences[2:5] == [
        f"{person} thôi nhiệm vụ bí thư, người báo cáo ở Chi bộ 3 từ 1/7/2026.",
        "Từ 1/7/2026, 1 thẻ của đơn vị cũ không vào được nữa.",
        "Chi bộ 3-4 được thêm vào nhóm: Cụm phía Nam.",
    ]


def test_a_group_goes_on_with_the_new_unit_and_keeps_the_old_in_its_time(
    ward, officer, three, four
):
    group = UnitGroup.objects.create(owner=ward, name="Cụm phía Nam")
    group.members.add(three)

    take(merge(ward, three, four), officer)

    new = Unit.objects.get(name="Chi bộ 3-4")
    assert list(group.units_on(JULY - dt.timedelta(days=1))) == [three]
    assert list(group.units_on(JULY)) == [new]


def test_a_day_to_come_leaves_card_and_phone_until_then(ward, officer, three, four):
    link, _ = card(three)
    secretary = member(Role.SECRETARY, three)

    take(merge(ward, three, four, on=AUGUST, since=AUGUST), officer)

    link.refresh_from_db()
    fresh = Unit.objects.get(pk=three.pk)
    assert link.revoked_at is None
    assert links.closed_sentence(fresh, AUGUST - dt.timedelta(days=1)) == ""
    assert links.closed_sentence(fresh, AUGUST) != ""
    assert list(Membership.objects.active(AUGUST).filter(user=secretary)) == []


def test_cells_of_merged_groups_follow_them(ward, officer):
    kind = Unit.Kind.RESIDENTIAL_GROUP
    one = UnitFactory(parent=ward, name="Tổ dân phố số 1", kind=kind)
    two = UnitFactory(parent=ward, name="Tổ dân phố số 2", kind=kind)
    own = UnitFactory(parent=ward, name="Chi bộ 1", residential_group=one)
    parts = (Part("Tổ dân phố số 1-2", owes=False),)
    change = Change(Kind.MERGE, ward, JULY, JULY, old=(one, two), parts=parts)

    record = take(change, officer)

    own.refresh_from_db()
    assert own.residential_group.name == "Tổ dân phố số 1-2"
    assert own.residential_group.kind == kind
    assert spans(own.residential_group) == []
    assert "Chi bộ 1 chuyển sang phụ trách Tổ dân phố số 1-2." in record.sentences


def test_a_split_names_the_cells_that_must_choose_anew(ward):
    group = UnitFactory(parent=ward, name="Tổ 1", kind=Unit.Kind.RESIDENTIAL_GROUP)
    UnitFactory(parent=ward, name="Chi bộ 1", residential_group=group)

    shown = changes.preview(split(ward, group, "Tổ 1A", "Tổ 1B"), today=TODAY)

    assert shown.warnings == [
        "Chi bộ 1 đang phụ trách Tổ 1; đồng chí chọn lại tổ dân phố ở trang của chi bộ."
    ]


def test_a_split_may_keep_the_old_name_for_one_part(ward, officer, three):
    take(split(ward, three, "Chi bộ 3", "Chi bộ 3B"), officer)

    three.refresh_from_db()
    now = Unit.objects.open_on(JULY).filter(name__startswith="Chi bộ 3")
    assert three.closed_on == JULY
    assert sorted(now.values_list("name", flat=True)) == ["Chi bộ 3", "Chi bộ 3B"]
    assert set(Unit.objects.owing(JULY)) == set(now)


def test_closing_ends_the_duty_and_opens_nothing(ward, officer, three):
    take(close(ward, three), officer)

    assert spans(three) == [(OPENED, JULY)]
    assert list(Unit.objects.owing(JULY)) == []
    assert Unit.objects.count() == 2


def test_opening_gives_name_and_duty(ward, officer):
    take(opening(ward, code="CB9"), officer)

    unit = Unit.objects.get(name="Chi bộ 9")
    assert (unit.kind, unit.code, spans(unit)) == ("school_cell", "CB9", [(JULY, None)])


def test_a_duty_that_never_began_goes(ward, officer):
    young = UnitFactory(parent=ward, name="Chi bộ 8", opened_on=dt.date(2026, 7, 2))
    ReportingDutyFactory(unit=young, starts_on=dt.date(2026, 7, 2))

    take(close(ward, young, on=MIDDLE), officer)

    assert spans(young) == []


def test_a_new_name_keeps_the_old_one_in_its_time(ward, officer, three):
    take(rename(ward, three), officer)

    three.refresh_from_db()
    assert (three.name, three.search) == ("Chi bộ Ba", "chi bo ba")
    assert three.name_on(JULY - dt.timedelta(days=1)) == "Chi bộ 3"
    assert three.name_on(JULY) == "Chi bộ Ba"


def test_a_name_changed_on_its_first_day_is_a_correction(ward, officer, three):
    take(rename(ward, three), officer)
    shown = changes.preview(rename(ward, three, "Chi bộ Bà"), today=TODAY)
    take(rename(ward, Unit.objects.get(pk=three.pk), "Chi bộ Số 3"), officer)

    names = UnitName.objects.filter(unit=three).values_list("name", "valid_from", "valid_to")
    assert list(names) == [("Chi bộ 3", OPENED, JULY), ("Chi bộ Số 3", JULY, None)]
    assert shown.sentences[0] == (
        "Tên “Chi bộ 3” được sửa thành “Chi bộ Bà” từ ngày bắt đầu dùng, 1/7/2026."
    )


def test_a_code_alone_may_change(ward, officer, three):
    take(rename(ward, three, "Chi bộ 3", code="CB03"), officer)

    three.refresh_from_db()
    assert (three.code, three.names.count()) == ("CB03", 0)


# -- What is refused ----------------------------------------------------------


@pytest.mark.parametrize(
    ("make", "sentence"),
    [
        (
            lambda w, a, b: merge(w, a, a),
            "Không sáp nhập một đơn vị với chính nó, đồng chí chọn hai đơn vị khác nhau.",
        ),
        (
            lambda w, a, b: merge(w, a, into=a),
            "Không sáp nhập một đơn vị với chính nó, đồng chí chọn hai đơn vị khác nhau.",
        ),
        (
            lambda w, a, b: merge(w, a),
            "Sáp nhập cần ít nhất hai đơn vị, đồng chí chọn thêm.",
        ),
        (
            lambda w, a, b: split(w, a),
            "Chia tách cần ít nhất hai đơn vị mới, đồng chí ghi mỗi dòng một tên.",
        ),
        (
            lambda w, a, b: split(w, a, "Chi bộ 3A"),
            "Chia tách cần ít nhất hai đơn vị mới, đồng chí ghi mỗi dòng một tên.",
        ),
        (
            lambda w, a, b: split(w, a, "Chi bộ 3A", "chi bo 3a"),
            "Các đơn vị mới trùng tên nhau, đồng chí đặt tên khác nhau.",
        ),
        (
            lambda w, a, b: close(w, w),
            "Phường không sáp nhập, chia tách hay đổi tên ở đây.",
        ),
        (
            lambda w, a, b: close(w, a, on=OPENED),
            "Chi bộ 3 hoạt động từ ngày 1/1/2020, đồng chí chọn ngày sau ngày đó.",
        ),
        (
            lambda w, a, b: close(w, a, on=dt.date(2036, 7, 1), since=dt.date(2036, 7, 1)),
            "Ngày này còn hơn một năm nữa, đồng chí xem lại năm.",
        ),
        (
            lambda w, a, b: rename(w, a, "CHI BO 4"),
            "Tên “CHI BO 4” đang là của Chi bộ 4, đồng chí đặt tên khác.",
        ),
        (
            lambda w, a, b: opening(w, "Chi bộ 4"),
            "Tên “Chi bộ 4” đang là của Chi bộ 4, đồng chí đặt tên khác.",
        ),
        (
            lambda w, a, b: rename(w, a, a.name),
            "Tên mới giống hệt tên đang dùng, không có gì để ghi.",
        ),
        (
            lambda w, a, b: rename(w, a, on=AUGUST),
            "Tên mới chưa đến ngày dùng; đến ngày đó đồng chí mới ghi đổi tên.",
        ),
        (
            lambda w, a, b: close(w, a, on=dt.date(2026, 5, 1), since=dt.date(2026, 5, 1)),
            "Số liệu các tháng đã qua giữ nguyên, nên báo cáo theo đơn vị mới sớm nhất từ "
            "tháng 7/2026.",
        ),
        (
            lambda w, a, b: close(w, a, since=dt.date(2026, 9, 1)),
            "Đơn vị mới báo cáo chậm nhất từ tháng 8/2026, đồng chí chọn tháng gần hơn.",
        ),
    ],
)
def test_what_cannot_be_has_its_sentence_and_writes_nothing(
    ward, officer, three, four, make, sentence
):
    change = make(ward, three, four)
    before = list(Unit.objects.values())

    assert refused(change) == [sentence]
    with pytest.raises(ChangeRefusedError) as caught:
        changes.carry_out(change, actor=officer, seen="", today=TODAY)

    assert caught.value.reasons == [sentence]
    assert list(Unit.objects.values()) == before


def test_a_closed_unit_is_not_closed_again(ward, officer, three, four):
    take(close(ward, three), officer)

    assert refused(merge(ward, Unit.objects.get(pk=three.pk), four, name="Chi bộ X")) == [
        "Chi bộ 3 đã ghi thôi hoạt động từ ngày 1/7/2026, đồng chí chọn đơn vị khác."
    ]


def test_a_name_of_a_closed_unit_is_free_again(ward, officer, three, four):
    take(close(ward, three), officer)

    assert refused(rename(ward, four, "Chi bộ 3", on=MIDDLE)) == []


def test_a_unit_with_others_below_is_not_closed(ward, three):
    UnitFactory(parent=three, name="Tổ đảng 1")

    assert refused(close(ward, three)) == [
        "Chi bộ 3 còn đơn vị trực thuộc đang hoạt động (Tổ đảng 1), đồng chí ghi cho các đơn vị "
        "đó trước."
    ]


def test_a_cell_does_not_merge_with_a_residential_group(ward, three):
    group = UnitFactory(parent=ward, name="Tổ 1", kind=Unit.Kind.RESIDENTIAL_GROUP)

    assert refused(merge(ward, three, group)) == [
        "Chi bộ chỉ sáp nhập với chi bộ, tổ dân phố với tổ dân phố; đồng chí chọn lại."
    ]


def test_a_person_who_begins_later_is_named(ward, three):
    person = MembershipFactory(unit=three, role=Role.SECRETARY, starts_on=MIDDLE).user

    assert refused(close(ward, three)) == [
        f"{person} được ghi nhiệm vụ ở Chi bộ 3 từ ngày 8/7/2026, không trước ngày đơn vị thôi "
        "hoạt động; đồng chí chọn ngày khác hoặc sửa nhiệm vụ đó trước."
    ]


def test_a_name_is_not_changed_before_it_began(ward, officer, three):
    take(rename(ward, three), officer)
    fresh = Unit.objects.get(pk=three.pk)

    assert refused(rename(ward, fresh, "Chi bộ 33", on=dt.date(2026, 6, 1))) == [
        "Tên hiện nay của Chi bộ Ba dùng từ ngày 1/7/2026, đồng chí chọn từ ngày đó trở đi."
    ]


def test_what_was_shown_must_still_be_so(ward, officer, three, four):
    shown = changes.preview(merge(ward, three, four), today=TODAY)
    MembershipFactory(unit=three, role=Role.SECRETARY)

    with pytest.raises(StaleError) as caught:
        changes.carry_out(shown.change, actor=officer, seen=shown.seen, today=TODAY)

    assert len(caught.value.fresh.sentences) == len(shown.sentences) + 1
    assert Unit.objects.filter(closed_on__isnull=False).count() == 0


def test_an_app_above_may_refuse_and_warn(ward, officer, three):
    seen = []

    def guard(change, today):
        seen.append((change.kind, today))
        yield Finding("Báo cáo quý II đã ban hành ghi đơn vị này.", is_refusal=True)

    changes.register_guard(guard)
    changes.register_guard(guard)  # a module that is loaded twice asks once
    try:
        shown = changes.preview(close(ward, three), today=TODAY)
    finally:
        guards.unregister_guard(guard)

    assert (shown.refusals, shown.sentences, seen[:1]) == (
        ["Báo cáo quý II đã ban hành ghi đơn vị này."],
        [],
        [(Kind.CLOSE, TODAY)],
    )
    assert len(seen) == 1
    assert refused(close(ward, three)) == []
