import datetime as dt

import pytest

from core.text import Count
from reports.answers import Answers
from reports.oddities import oddities
from reports.tests.factories import (
    LATE,
    MONTH,
    IndicatorFactory,
    answers,
    hand_in,
    owing_unit,
)

FEBRUARY = dt.date(2026, 2, 1)
JANUARY = dt.date(2026, 1, 1)


@pytest.fixture
def people(ward, sessions):
    return IndicatorFactory(owner=ward, code="people", name="Lượt người dự", attendance_of=sessions)


def remarks(report):
    return oddities([report])[report.pk]


def _counts(**counts):
    return answers(counts={code: Count(value) for code, value in counts.items()})


def test_usual_report_has_no_remark(unit, sessions):
    hand_in(unit, month=FEBRUARY)

    assert remarks(hand_in(unit)) == []


def test_late_report_says_by_how_much(unit, sessions):
    assert remarks(hand_in(unit, now=LATE)) == ["Nộp muộn 2 ngày."]


def test_people_without_a_session(unit, people):
    report = hand_in(unit, _counts(people=40))

    assert remarks(report) == ["Lượt người dự là 40 nhưng không có buổi nào."]


def test_more_people_than_a_room_holds(unit, people):
    report = hand_in(unit, _counts(sessions=1, people=600))

    assert remarks(report) == ["Lượt người dự: hơn 500 người một buổi."]


def test_number_far_above_the_own_median(unit, sessions):
    for month in (JANUARY, FEBRUARY):
        hand_in(unit, _counts(sessions=4), month=month, now=LATE)

    assert remarks(hand_in(unit, _counts(sessions=21))) == [
        "Buổi tuyên truyền: 21, gấp hơn 5 lần mức thường có (4)."
    ]
    assert remarks(hand_in(unit, _counts(sessions=20))) == []


def test_small_numbers_and_other_units_are_no_measure(ward, unit, sessions):
    hand_in(owing_unit(ward), _counts(sessions=1), month=FEBRUARY, now=LATE)
    hand_in(unit, _counts(sessions=1), month=FEBRUARY, now=LATE)

    assert remarks(hand_in(unit, _counts(sessions=9))) == []


def test_run_of_months_without_activity(unit, sessions):
    zero = Answers(zero_reason="together")
    for month in (JANUARY, FEBRUARY):
        hand_in(unit, zero, month=month, now=LATE)

    assert remarks(hand_in(unit, zero)) == ["Tháng thứ 3 liền không phát sinh."]


def test_run_ends_with_a_month_of_activity(unit, sessions):
    zero = Answers(zero_reason="together")
    hand_in(unit, zero, month=JANUARY, now=LATE)
    hand_in(unit, month=FEBRUARY, now=LATE)

    assert remarks(hand_in(unit, zero, month=MONTH)) == []
