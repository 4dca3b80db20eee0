"""The short way of reading says what the forms say, or nothing."""

import datetime as dt

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from core.text import Count
from reports import forms
from reports.periods import Calendar
from reports.reading import plain_answers, sheet_for
from reports.tests.factories import (
    MONTH,
    DeadlineRuleFactory,
    HolidayFactory,
    IndicatorFactory,
    blank,
    content_item,
)
from units.tests.factories import WardFactory

SIGNS = st.characters(exclude_characters="\0", exclude_categories=["Cs"])  # as drafts are kept
NUMBERS = st.one_of(
    st.sampled_from(
        ["", " ", "0", "00", "012", "2", "1.000", "1.00", "khoảng 50", "năm mươi", "99999999", "-1"]
    ),
    st.integers(0, 10**9).map(str),
    st.text(SIGNS, max_size=6),
)
TEXTS = st.one_of(
    st.text(SIGNS, max_size=30), st.sampled_from(["", " a\u00a0b ", "x" * 2001, "Tốt.\n"])
)
BOXES = settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)


@pytest.fixture
def asked(ward, unit, sessions):
    """Two indicators, two contents, a content of another ward."""
    IndicatorFactory(owner=ward, code="people", name="Lượt người", attendance_of=sessions)
    items = [content_item(ward), content_item(ward, "Hội chợ", 2)]
    other = content_item(WardFactory(name="Phường Khác"))
    return unit, [str(one.pk) for one in (*items, other)]


@BOXES
@given(data=st.data())
def test_short_way_agrees_with_the_forms(asked, data):
    unit, pks = asked
    content = {
        "contents": {"items": data.draw(st.lists(st.sampled_from([*pks, "x"]), max_size=3))},
        "counts": data.draw(st.fixed_dictionaries({"sessions": NUMBERS, "people": NUMBERS})),
        "result": {"result": data.draw(TEXTS)},
        "difficulties": {"difficulties": data.draw(TEXTS), "recommendations": ""},
    }

    answers = plain_answers(content, sheet_for(unit, MONTH))
    reading = forms.read(blank(unit), content)

    assert (answers is not None) == reading.is_valid
    assert answers is None or answers == reading.answers()


def test_rare_parts_are_left_to_the_forms(asked):
    unit, _ = asked

    assert plain_answers({"confirmed": {"sessions": "2"}}, sheet_for(unit, MONTH)) is None
    assert plain_answers({"happenings": {}, "counts": {}}, sheet_for(unit, MONTH)) is not None


def test_every_part_is_either_plain_or_left():
    from reports.reading import PLAIN_PARTS

    assert set(forms.PART_FORMS) - PLAIN_PARTS == {"happenings", "confirmed"}


def test_sheet_is_read_anew(ward, unit, sessions):
    before = sheet_for(unit, MONTH)
    sessions.ends_on = MONTH
    sessions.save()
    DeadlineRuleFactory(owner=ward, due_day=10, closes_after_days=None)

    after = sheet_for(unit, MONTH)

    assert ([one.code for one in before.indicators], before.period.due_on.day) == (["sessions"], 25)
    assert (after.indicators, after.period.due_on.day, after.period.closes_on) == ([], 10, None)
    assert (after.ward.pk, after.ward.name) == (ward.pk, "Phường Tân An")


@pytest.mark.parametrize("offset", [0, 1])
def test_sheet_knows_the_days_of_the_calendar(ward, unit, offset):
    due = dt.date(2026, 4, 30) if offset else dt.date(2026, 3, 31)
    DeadlineRuleFactory(owner=ward, due_day=31, month_offset=offset, shifts_to_working_day=True)
    HolidayFactory(owner=WardFactory(name="Phường Khác"), day=due + dt.timedelta(days=1))
    for passed in range(3):
        HolidayFactory(owner=ward, day=due + dt.timedelta(days=passed), name="Lụt | bão")
    HolidayFactory(owner=ward, day=dt.date(2026, 5, 3), is_working=True)

    period = sheet_for(unit, MONTH).period

    assert period == Calendar(ward).period(MONTH)
    assert period.moved_from == due


def test_plain_digits_are_numbers(asked):
    unit, _ = asked

    answers = plain_answers({"counts": {"sessions": "12"}}, sheet_for(unit, MONTH))

    assert answers.counts == {"sessions": Count(12), "people": None}
