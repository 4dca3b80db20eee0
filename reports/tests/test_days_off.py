import datetime as dt

import pytest

from reports import days_off, periods
from reports.days_off import DaysOff
from reports.models import DeadlineRule
from reports.tests.factories import DeadlineRuleFactory, HolidayFactory

PLAIN = DaysOff()
# The first day of the year by the lunar calendar of Vietnam; China's of 2030 is a day later.
TET = {
    2024: dt.date(2024, 2, 10),
    2025: dt.date(2025, 1, 29),
    2026: dt.date(2026, 2, 17),
    2027: dt.date(2027, 2, 6),
    2028: dt.date(2028, 1, 26),
    2029: dt.date(2029, 2, 13),
    2030: dt.date(2030, 2, 2),
}


@pytest.mark.parametrize(("year", "day"), TET.items())
def test_tet_is_known_by_the_lunar_calendar(year, day):
    assert days_off.official(year).names[day] == "Tết Nguyên Đán"
    assert [bool(PLAIN.reason(day + dt.timedelta(days=n))) for n in range(-1, 4)] == [True] * 5


@pytest.mark.parametrize(
    ("day", "reason"),
    [
        (dt.date(2026, 9, 2), "Quốc khánh"),
        (dt.date(2026, 4, 26), "Ngày Giỗ Tổ Hùng Vương"),
        (dt.date(2026, 4, 27), "Ngày Giỗ Tổ Hùng Vương (nghỉ bù)"),
        (dt.date(2026, 8, 22), ""),  # a Saturday exchanged for the Monday of 31/8
        (dt.date(2026, 8, 31), "Ngày nghỉ (thay cho ngày 22/08/2026)"),
        (dt.date(2026, 11, 21), "thứ Bảy"),
        (dt.date(2026, 11, 22), "Chủ nhật"),
        (dt.date(2026, 11, 23), ""),
    ],
)
def test_reason_of_a_day(day, reason):
    assert PLAIN.reason(day) == reason


def test_ward_rests_and_works_on_its_own_days():
    own = {
        dt.date(2026, 11, 23): ("Hội làng", False),
        dt.date(2026, 9, 2): ("Trực lễ", True),
    }
    off = DaysOff(own)

    assert [off.reason(day) for day in own] == ["Hội làng", ""]


@pytest.mark.parametrize(
    ("day", "working"),
    [
        (dt.date(2026, 11, 23), dt.date(2026, 11, 23)),
        (dt.date(2026, 11, 21), dt.date(2026, 11, 23)),
        (dt.date(2027, 2, 4), dt.date(2027, 2, 11)),  # the week of Tết
        (dt.date(2027, 4, 30), dt.date(2027, 5, 4)),
    ],
)
def test_next_working_day(day, working):
    assert PLAIN.working_day_from(day) == working


def test_ward_that_never_works_keeps_the_day():
    day = dt.date(2026, 11, 2)
    off = DaysOff({day + dt.timedelta(days=n): ("Nghỉ", False) for n in range(60)})

    assert off.working_day_from(day) == day


@pytest.mark.parametrize(
    ("days", "month", "due"),
    [
        ({"due_day": 31}, dt.date(2027, 2, 1), dt.date(2027, 3, 1)),  # 28/2 is a Sunday
        ({"due_day": 25}, dt.date(2026, 10, 1), dt.date(2026, 10, 26)),
        ({"due_day": 2}, dt.date(2026, 9, 1), dt.date(2026, 9, 3)),
        ({"due_day": 5}, dt.date(2027, 2, 1), dt.date(2027, 2, 11)),
        ({"due_day": 1, "month_offset": 1}, dt.date(2026, 12, 1), dt.date(2027, 1, 4)),
        ({"due_day": 24}, dt.date(2026, 3, 1), dt.date(2026, 3, 24)),
    ],
)
def test_due_day_off_moves_to_the_next_working_day(days, month, due):
    rule = DeadlineRule(shifts_to_working_day=True, opens_day=1, **days)

    assert periods.dates_of(rule, month, PLAIN).due_on == due


def test_grace_and_closing_follow_the_moved_day():
    rule = DeadlineRule(shifts_to_working_day=True, grace_days=2, closes_after_days=10)

    period = periods.dates_of(rule, dt.date(2026, 10, 1), PLAIN)

    assert (period.moved_from, period.due_on) == (dt.date(2026, 10, 25), dt.date(2026, 10, 26))
    assert (period.grace_until, period.closes_on) == (
        dt.date(2026, 10, 28),
        dt.date(2026, 11, 5),
    )


def test_rule_that_does_not_shift_keeps_its_day():
    period = periods.dates_of(DeadlineRule(), dt.date(2026, 10, 1), PLAIN)

    assert (period.due_on, period.moved_from) == (dt.date(2026, 10, 25), None)


def test_ward_s_own_day_moves_its_deadline(ward, unit):
    DeadlineRuleFactory(owner=ward, shifts_to_working_day=True)
    HolidayFactory(owner=ward)
    HolidayFactory(day=dt.date(2026, 3, 26))

    assert periods.period_of(unit, dt.date(2026, 3, 1)).due_on == dt.date(2026, 3, 26)


@pytest.mark.parametrize(("shifts", "count"), [(False, 2), (True, 3)])
def test_calendar_asks_a_fixed_number_of_times(
    ward, unit, shifts, count, django_assert_num_queries
):
    DeadlineRuleFactory(owner=ward, shifts_to_working_day=shifts)

    # rules, extensions, and the days off where a rule looks at them
    with django_assert_num_queries(count):
        calendar = periods.Calendar(ward)
        for month in periods.last_months(dt.date(2026, 3, 1), 12):
            calendar.period(month, unit)
