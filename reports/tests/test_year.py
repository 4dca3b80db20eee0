"""My last 12 months on one page."""

import datetime as dt

import pytest
from django.urls import reverse

from core.text import Count
from reports import statistics
from reports.answers import Answers
from reports.tests.factories import (
    LATE,
    MONTH,
    IndicatorFactory,
    ReportFactory,
    answers,
    hand_in,
    owing_unit,
    secretary,
)
from units.tests.factories import WardFactory

TODAY = dt.datetime(2026, 3, 26, 9, 0, tzinfo=dt.UTC)
FEBRUARY = dt.date(2026, 2, 1)
JANUARY = dt.date(2026, 1, 1)


@pytest.fixture(autouse=True)
def _today(time_machine_at):
    time_machine_at(TODAY)


@pytest.fixture
def phone(client, unit, sessions, reporter):
    client.force_login(reporter)
    return client


def page(response):
    return response.content.decode()


def _year(phone, unit):
    return phone.get(reverse("reports:year", args=[unit.pk]))


def _sessions(unit, number, **kwargs):
    return hand_in(unit, answers(counts={"sessions": Count(number)}), **kwargs)


def test_year_says_in_one_sentence_how_often_it_was_in_time(phone, unit):
    unit.duties.update(starts_on=JANUARY)
    _sessions(unit, 2, month=FEBRUARY, now=dt.datetime(2026, 2, 24, 9, tzinfo=dt.UTC))
    _sessions(unit, 2, month=JANUARY, now=dt.datetime(2026, 1, 28, 9, tzinfo=dt.UTC))

    response = _year(phone, unit)

    text = page(response)
    assert "Chi bộ Tổ dân phố số 12 đã nộp đúng hạn 1/3 tháng." in text
    lines = [(line.state, line.days) for line in response.context["lines"]]
    assert lines == [
        ("CHƯA NỘP", ""),
        ("Đúng hạn", "nộp sớm 1 ngày"),
        ("Nộp muộn 3 ngày", ""),
    ]


def test_month_that_is_not_due_yet_is_not_counted(phone, unit, time_machine_at):
    time_machine_at(dt.datetime(2026, 3, 5, 9, tzinfo=dt.UTC))
    unit.duties.update(starts_on=MONTH)

    assert "chưa đến hạn nộp tháng nào" in page(_year(phone, unit))


def test_own_number_stands_beside_the_median_of_the_ward(phone, ward, unit):
    _sessions(unit, 4)
    for number in (1, 2, 90):
        _sessions(owing_unit(ward), number)
    _sessions(owing_unit(WardFactory()), 1000)

    figure = _year(phone, unit).context["lines"][0].figures[0]

    assert (figure["value"], figure["median"]) == (4, "3")


def test_median_leaves_out_blanks_and_returned_reports(ward, unit, sessions, reviewer):
    hand_in(unit, Answers(zero_reason="together"))
    _sessions(owing_unit(ward), 5)

    found = statistics.medians(ward, [MONTH], [sessions])

    assert found == {(sessions.pk, MONTH): 5}


def test_year_shows_three_core_figures(phone, ward, unit):
    for number in range(5):
        IndicatorFactory(owner=ward, code=f"more_{number}", name=f"Việc {number}")
    _sessions(unit, 1, now=LATE)

    assert len(_year(phone, unit).context["lines"][0].figures) == 3


@pytest.mark.parametrize("month_count", [1, 3])
def test_year_takes_a_fixed_number_of_queries(phone, unit, month_count, django_assert_num_queries):
    for month in (FEBRUARY, JANUARY, dt.date(2025, 12, 1))[:month_count]:
        _sessions(unit, 2, month=month)
    hidden = owing_unit(WardFactory(), name="Chi bộ ở nơi khác")
    ReportFactory(unit=hidden)

    _year(phone, unit)
    # session with user and memberships, unit, ward twice, rules, extensions, duties, reports, indicators,
    # own values, the ward's values, the ward card
    with django_assert_num_queries(12):
        text = page(_year(phone, unit))

    assert "Chi bộ ở nơi khác" not in text


def test_year_of_another_unit_is_missing(client, unit, sessions):
    client.force_login(secretary(owing_unit(unit.ward)))

    assert _year(client, unit).status_code == 404


def test_home_leads_to_the_year(phone, unit):
    _sessions(unit, 1)

    text = page(phone.get(reverse("reports:home")))

    assert reverse("reports:year", args=[unit.pk]) in text
