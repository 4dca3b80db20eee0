import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied

from reports import periods, reminders, statistics
from reports.models import Reminder, Tone
from reports.tests.factories import (
    MONTH,
    ExtensionFactory,
    hand_in,
    owing_unit,
    report_in,
)
from units.models import Role
from units.tests.factories import member

BEFORE = dt.date(2026, 3, 22)
DUE = dt.date(2026, 3, 25)
AFTER = dt.date(2026, 3, 27)


def own_link(unit):
    return f"https://portal.example/vao/{unit.pk}"


def text_on(ward, day, *, tone=None, units=None, address_of=own_link):
    period = periods.Calendar(ward, [MONTH]).period(MONTH)
    tone = tone or reminders.tone_for(period, day)
    lines = reminders.due_now(reminders.missing(ward, MONTH, units), tone, day)
    return reminders.compose(
        ward.profile,
        period,
        tone,
        lines,
        statistics.punctuality(ward, MONTH).received,
        today=day,
        address_of=address_of,
    )


@pytest.mark.parametrize(
    ("day", "tone", "opening"),
    [
        (BEFORE, Tone.BEFORE, "đến hạn ngày 25/3, còn 3 ngày."),
        (DUE, Tone.ON_DAY, "Hôm nay, 25/3, là hạn nộp báo cáo tháng 3/2026"),
        (AFTER, Tone.AFTER, "đã quá hạn 2 ngày (hạn 25/3)."),
    ],
)
def test_tone_follows_the_calendar(ward, unit, day, tone, opening):
    period = periods.Calendar(ward, [MONTH]).period(MONTH)

    assert reminders.tone_for(period, day) == tone
    assert opening in text_on(ward, day)


def test_text_names_the_missing_units_with_their_own_links(ward, unit, sessions):
    other = owing_unit(ward, name="Chi bộ Tổ dân phố số 13")
    done = owing_unit(ward, name="Chi bộ Tổ dân phố số 14")
    hand_in(done)

    text = text_on(ward, BEFORE)

    assert "Phường đã nhận 1/3 báo cáo. Còn 2 đơn vị chưa nộp:" in text
    assert f"1. Chi bộ Tổ dân phố số 12: https://portal.example/vao/{unit.pk}" in text
    assert f"2. Chi bộ Tổ dân phố số 13: https://portal.example/vao/{other.pk}" in text
    assert done.name not in text


def test_shared_address_is_told_once_below_the_units(ward, unit):
    other = owing_unit(ward, name="Chi bộ Tổ dân phố số 13")
    third = owing_unit(ward, name="Chi bộ Tổ dân phố số 14")
    own = {third.pk: "https://portal.example/vao/14"}

    def address_of(one):
        return own.get(one.pk, "https://portal.example/")

    mixed = text_on(ward, BEFORE, address_of=address_of)
    alike = text_on(ward, BEFORE, units=[unit.pk, other.pk], address_of=address_of)

    assert (
        "1. Chi bộ Tổ dân phố số 12\n"
        "2. Chi bộ Tổ dân phố số 13\n"
        "3. Chi bộ Tổ dân phố số 14: https://portal.example/vao/14\n"
        "Đơn vị chưa có đường dẫn riêng: https://portal.example/\n"
    ) in mixed
    assert "\nĐường vào: https://portal.example/\n" in alike


def test_next_text_leaves_out_who_reported_since(ward, unit, sessions):
    owing_unit(ward, name="Chi bộ Tổ dân phố số 13")
    before = text_on(ward, BEFORE)
    hand_in(unit)

    after = text_on(ward, BEFORE)

    assert unit.name in before
    assert unit.name not in after


def test_unit_given_longer_is_not_told_that_it_is_late(ward, unit):
    owing_unit(ward, name="Chi bộ Tổ dân phố số 13")
    ExtensionFactory(unit=unit, month=MONTH, due_on=dt.date(2026, 3, 31))

    assert unit.name not in text_on(ward, AFTER)
    assert f"{unit.name} (hạn riêng 31/3)" in text_on(ward, BEFORE)


def test_returned_report_is_asked_for_again(ward, unit, sessions, reviewer):
    owing_unit(ward, name="Chi bộ Tổ dân phố số 13")
    report_in("returned", unit, reviewer)

    assert f"{unit.name} (phường đã trả lại, đề nghị sửa và nộp lại)" in text_on(ward, AFTER)


def test_text_for_one_unit_speaks_to_it(ward, unit):
    owing_unit(ward, name="Chi bộ Tổ dân phố số 13")

    text = text_on(ward, BEFORE, units=[unit.pk])

    assert text.startswith(f"Kính gửi {unit.name}!")
    assert "Đường vào: https://" in text


def test_complete_month_is_thanked(ward, unit, sessions):
    hand_in(unit)

    assert text_on(ward, BEFORE).startswith("Phường đã nhận đủ 1/1 báo cáo tháng 3/2026")


def test_copy_is_entered_with_its_units(ward, unit, reviewer):
    reminders.enter_copy(ward, MONTH, Tone.BEFORE, "Lời nhắc", [unit], actor=reviewer)

    row = Reminder.objects.get()
    assert (row.tone, row.text, row.by, list(row.units.all())) == (
        "before",
        "Lời nhắc",
        reviewer,
        [unit],
    )


def test_only_reviewers_enter_copies(ward, unit, reporter):
    leader = member(Role.LEADER, ward)

    for person in (reporter, leader):
        with pytest.raises(PermissionDenied):
            reminders.enter_copy(ward, MONTH, Tone.BEFORE, "Lời nhắc", [unit], actor=person)


@pytest.mark.parametrize("count", [1, 3])
def test_missing_takes_a_fixed_number_of_queries(ward, django_assert_num_queries, count):
    for number in range(count):
        owing_unit(ward, name=f"Chi bộ {number}")

    with django_assert_num_queries(4):
        assert len(reminders.missing(ward, MONTH)) == count


def test_month_is_not_thanked_while_someone_has_longer(ward, unit, sessions):
    hand_in(owing_unit(ward, name="Chi bộ Tổ dân phố số 13"))
    ExtensionFactory(unit=unit, month=MONTH, due_on=dt.date(2026, 3, 31))

    text = text_on(ward, AFTER)

    assert "đủ" not in text
    assert text == "Phường đã nhận 1/2 báo cáo tháng 3/2026. Lúc này không có đơn vị nào cần nhắc."


def test_text_for_a_unit_that_reported_thanks_nobody_else(ward, unit, sessions):
    owing_unit(ward, name="Chi bộ Tổ dân phố số 13")
    hand_in(unit)

    assert "đủ" not in text_on(ward, BEFORE, units=[unit.pk])


def test_month_that_nobody_owes_is_not_thanked(ward):
    assert text_on(ward, BEFORE) == "Tháng 3/2026 không có đơn vị nào phải báo cáo."


def test_standing_does_not_hide_who_has_longer(ward, unit):
    owing_unit(ward, name="Chi bộ Tổ dân phố số 13")
    owing_unit(ward, name="Chi bộ Tổ dân phố số 14")
    ExtensionFactory(unit=unit, month=MONTH, due_on=dt.date(2026, 3, 31))

    text = text_on(ward, AFTER)

    assert "Phường đã nhận 0/3 báo cáo. Còn 2 đơn vị quá hạn chưa nộp:" in text
