import datetime as dt

import pytest

from reports import periods
from reports.models import DeadlineRule, Status
from reports.tests.factories import (
    LATE,
    MONTH,
    DeadlineRuleFactory,
    ExtensionFactory,
    hand_in,
    owing_unit,
    report_in,
)

APRIL = dt.date(2027, 4, 1)


def test_default_asks_for_the_25th_and_the_data_from_the_20th_before(unit):
    period = periods.period_of(unit, APRIL)

    assert (period.opens_on, period.due_on) == (APRIL, dt.date(2027, 4, 25))
    assert (period.data_from, period.data_to) == (dt.date(2027, 3, 20), dt.date(2027, 4, 19))
    assert period.closes_on is None


def test_rule_of_the_month_counts_not_the_newest(ward, unit):
    DeadlineRuleFactory(owner=ward, due_day=20)
    DeadlineRuleFactory(owner=ward, due_day=23, starts_on=dt.date(2027, 5, 1))

    assert periods.period_of(unit, APRIL).due_on == dt.date(2027, 4, 20)
    assert periods.period_of(unit, dt.date(2027, 5, 1)).due_on == dt.date(2027, 5, 23)


def test_day_that_a_month_lacks_is_its_last_day():
    rule = DeadlineRule(due_day=31, opens_day=30, data_from_day=1)

    period = periods.dates_of(rule, dt.date(2027, 2, 1))

    assert (period.opens_on, period.due_on) == (dt.date(2027, 2, 28), dt.date(2027, 2, 28))
    assert (period.data_from, period.data_to) == (dt.date(2027, 2, 1), dt.date(2027, 2, 28))


def test_due_day_may_lie_in_the_next_month():
    rule = DeadlineRule(month_offset=1, due_day=5, closes_after_days=10)

    period = periods.dates_of(rule, dt.date(2026, 12, 1))

    assert (period.due_on, period.closes_on) == (dt.date(2027, 1, 5), dt.date(2027, 1, 15))


def test_extension_moves_the_due_day_and_opens_a_closed_month(ward, unit):
    DeadlineRuleFactory(owner=ward, closes_after_days=0)
    neighbour = owing_unit(ward)
    ExtensionFactory(unit=unit)

    today = dt.date(2026, 3, 27)

    assert periods.period_of(unit, MONTH).is_open(today) is True
    assert periods.period_of(neighbour, MONTH).is_open(today) is False


@pytest.mark.parametrize(
    ("today", "words"),
    [
        (dt.date(2027, 4, 22), "Tháng 4/2027: CHƯA NỘP. Hạn 25/4, còn 3 ngày."),
        (dt.date(2027, 4, 25), "Tháng 4/2027: CHƯA NỘP. Hạn 25/4, là hôm nay."),
        (dt.date(2027, 4, 28), "Tháng 4/2027: CHƯA NỘP. Hạn 25/4, đã quá 3 ngày."),
    ],
)
def test_sentence_says_what_is_owed_and_until_when(unit, today, words):
    owed = periods.Owed(unit, periods.period_of(unit, APRIL), None)

    assert periods.sentence(owed, today) == words


@pytest.mark.parametrize(
    ("days", "today", "words"),
    [
        ({"grace_days": 2}, 26, "Hạn 25/4, nộp đến hết 27/4 vẫn đúng hạn."),
        (
            {"closes_after_days": 1},
            27,
            "Hạn 25/4, đã khóa. Đồng chí gọi văn phòng để được mở lại.",
        ),
    ],
)
def test_due_words_know_grace_and_closing(days, today, words):
    period = periods.dates_of(DeadlineRule(**days), APRIL)

    assert periods.due_words(period, dt.date(2027, 4, today)) == words


@pytest.mark.parametrize(
    ("status", "words"),
    [
        (Status.SUBMITTED, "ĐÃ NỘP, phường đang xem."),
        (Status.ACCEPTED, "ĐÃ NỘP, phường đã tiếp nhận."),
        (Status.RETURNED, "TRẢ LẠI ĐỂ SỬA. Đồng chí sửa rồi nộp lại."),
    ],
)
def test_state_words_follow_the_report(unit, sessions, reviewer, status, words):
    report = report_in(status, unit, reviewer)
    owed = periods.Owed(unit, periods.period_of(unit, MONTH), report)

    assert periods.state_words(owed, dt.date(2026, 3, 25)) == words


def test_unit_owes_for_the_months_of_its_duty_alone(ward):
    unit = owing_unit(ward)
    unit.duties.update(starts_on=dt.date(2026, 1, 15), ends_on=dt.date(2026, 3, 1))

    owed = periods.owed_by(unit, dt.date(2026, 4, 10))

    assert [one.month for one in owed] == [dt.date(2026, 2, 1), dt.date(2026, 1, 1)]


def test_month_that_has_not_opened_is_not_owed_yet(ward, unit):
    DeadlineRuleFactory(owner=ward, opens_day=20)

    assert periods.owed_by(unit, dt.date(2026, 3, 19))[0].month == dt.date(2026, 2, 1)
    assert periods.owed_by(unit, dt.date(2026, 3, 20))[0].month == MONTH


def test_overdue_are_the_months_not_received_oldest_first(unit, sessions):
    unit.duties.update(starts_on=dt.date(2026, 1, 1))
    hand_in(unit, month=dt.date(2026, 2, 1), now=LATE)
    today = dt.date(2026, 4, 1)

    late = periods.overdue(periods.owed_by(unit, today), today)

    assert [one.month for one in late] == [dt.date(2026, 1, 1), MONTH]


def test_current_month_is_the_newest_that_opened(ward):
    DeadlineRuleFactory(owner=ward, opens_day=20)

    assert periods.current_month(ward, dt.date(2026, 3, 19)) == dt.date(2026, 2, 1)
    assert periods.current_month(ward, dt.date(2026, 3, 20)) == MONTH
