"""One definition of an odd number, for the question and for the remark."""

import datetime as dt

import pytest

from core.text import Count
from reports.answers import Answers, Happening
from reports.odd_numbers import odd_answers, past_of
from reports.tests.factories import (
    MONTH,
    IndicatorFactory,
    answers,
    blank,
    hand_in,
    owing_unit,
    remarks,
)

FEBRUARY = dt.date(2026, 2, 1)


@pytest.fixture
def people(ward, sessions):
    return IndicatorFactory(
        owner=ward,
        code="people",
        name="Lượt người dự",
        unit_of_measure="lượt người",
        attendance_of=sessions,
    )


def _counts(**counts):
    return {code: Count(value) for code, value in counts.items()}


def _questions(unit, happenings=(), **counts):
    given = Answers(counts=_counts(**counts), happenings=happenings)
    found = odd_answers(given, blank(unit), past_of(unit, MONTH))
    return {one.indicator.code: one.question for one in found}


def _told(attendance):
    return Happening("sessions", MONTH, "Nói chuyện", attendance=attendance)


def test_usual_numbers_raise_no_question(unit, people):
    hand_in(unit, answers(counts=_counts(sessions=2, people=80)), month=FEBRUARY)

    assert _questions(unit, sessions=3, people=120) == {}


def test_hundred_times_last_month_is_asked_about(unit, people):
    hand_in(unit, answers(counts=_counts(sessions=1, people=40)), month=FEBRUARY)

    asked = _questions(unit, sessions=9, people=4000)

    assert asked == {"people": "Tháng trước 40, tháng này 4.000. Số này đúng không?"}


def test_ten_times_last_month_is_odd_even_when_the_year_was_wild(unit, sessions):
    for month, number in ((1, 1000), (2, 12)):
        counts = _counts(sessions=number)
        hand_in(unit, answers(counts=counts), month=dt.date(2026, month, 1))

    asked = _questions(unit, sessions=120)

    assert asked == {"sessions": "Tháng trước 12, tháng này 120. Số này đúng không?"}


def test_without_last_month_the_usual_number_is_named(unit, sessions):
    hand_in(unit, answers(counts=_counts(sessions=4)), month=dt.date(2026, 1, 1))

    asked = _questions(unit, sessions=40)

    assert asked == {"sessions": "Mọi tháng khoảng 4, tháng này 40. Số này đúng không?"}


def test_people_without_a_session_are_asked_about(unit, people):
    assert _questions(unit, people=40) == {
        "people": "Có 40 lượt người nhưng “Buổi tuyên truyền” chưa ghi buổi nào. Số này đúng không?"
    }


def test_more_people_than_a_room_holds_are_asked_about(unit, people):
    assert _questions(unit, sessions=1, people=501) == {
        "people": "01 buổi mà có 501 lượt người. Số này đúng không?"
    }
    assert _questions(unit, sessions=1, people=500) == {}


def test_number_told_twice_is_asked_about(unit, people):
    told = (_told(40), _told(50))

    asked = _questions(unit, told, sessions=2, people=30)

    assert asked == {
        "sessions": "Ô này ghi 2, kể từng buổi ở dưới cũng 2, cộng là 4. Số này đúng không?"
    }


def test_remark_says_that_the_secretary_stood_by_it(unit, people):
    given = answers(counts=_counts(people=40), confirmed=frozenset({"people"}))

    report = hand_in(unit, given)

    assert remarks(report) == [
        "Lượt người dự là 40 nhưng không có buổi nào. Đã hỏi lại, chi bộ xác nhận đúng."
    ]


def test_reviewer_sees_what_may_be_counted_twice(unit, sessions):
    report = hand_in(unit, answers(counts=_counts(sessions=1), happenings=(_told(None),)))

    assert remarks(report) == [
        "Buổi tuyên truyền: ghi 1, kể từng buổi cũng 1; có thể tính hai lần."
    ]


def test_copy_of_the_month_before_is_told_to_the_reviewer(ward, unit, people):
    IndicatorFactory(owner=ward, code="leaflets", name="Tờ rơi")
    counts = _counts(sessions=2, people=80, leaflets=100)
    hand_in(unit, answers(counts=counts), month=FEBRUARY)

    copied = hand_in(unit, answers(counts=counts))
    other = hand_in(owing_unit(ward), answers(counts=counts))

    assert remarks(copied) == ["Cả 3 số liệu giống hệt tháng trước."]
    assert remarks(other) == []
