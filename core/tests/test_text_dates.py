import datetime as dt

import pytest
import time_machine
from hypothesis import given
from hypothesis import strategies as st

from core import text
from core.text import DateFormatError, Period

DAYS = st.dates(dt.date(1900, 1, 1), dt.date(2100, 11, 30))
TODAY = dt.date(2026, 11, 23)


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("21/4/2027", (2027, 4, 21)),
        ("05/11/2026", (2026, 11, 5)),
        ("21-4-2027", (2027, 4, 21)),
        ("21.4.27", (2027, 4, 21)),
        ("21 / 4 / 2027", (2027, 4, 21)),
        ("2027-04-21", (2027, 4, 21)),
        ("22/3", (2026, 3, 22)),
        ("ngày 22/3", (2026, 3, 22)),
        ("ngày 05 tháng 02 năm 2026", (2026, 2, 5)),
        ("Ngày 5 tháng 2, năm 2026.", (2026, 2, 5)),
        ("5 tháng 2/2026", (2026, 2, 5)),
        ("ngay 5 thang 2 nam 2026", (2026, 2, 5)),
        ("ngày 22 tháng 3", (2026, 3, 22)),
        ("29/2/2028", (2028, 2, 29)),
        ("２１/４/２０２７", (2027, 4, 21)),
    ],
)
def test_parse_date_reads_usual_forms(typed, day):
    assert text.parse_date(typed, today=TODAY) == dt.date(*day)


def test_parse_date_takes_the_year_that_it_is_in_vietnam():
    with time_machine.travel(dt.datetime(2026, 12, 31, 18, tzinfo=dt.UTC), tick=False):
        assert text.parse_date("22/3") == dt.date(2027, 3, 22)


UNCLEAR = "Chưa đọc được ngày này, hãy nhập ngày, tháng, năm, ví dụ: 21/4/2027."
MONTH = "Tháng chỉ có từ 1 đến 12, hãy nhập theo thứ tự ngày/tháng/năm, ví dụ: 21/4/2027."
YEAR = "Năm phải từ 1900 đến 2100, hãy nhập đủ bốn chữ số của năm, ví dụ: 2027."


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("", UNCLEAR),
        ("mai", UNCLEAR),
        ("4/2027", UNCLEAR),
        ("21/4-2027", UNCLEAR),
        ("21/4/027", UNCLEAR),
        ("11/25/2026", MONTH),
        ("1/0/2026", MONTH),
        ("1/1/0026", YEAR),
        ("1/1/2101", YEAR),
        (
            "29/2/2027",
            "Tháng 2/2027 chỉ có từ ngày 1 đến ngày 28, hãy kiểm tra rồi nhập lại,"
            " ví dụ: 28/2/2027.",
        ),
        (
            "0/4/2027",
            "Tháng 4/2027 chỉ có từ ngày 1 đến ngày 30, hãy kiểm tra rồi nhập lại,"
            " ví dụ: 30/4/2027.",
        ),
    ],
)
def test_parse_date_refuses_with_one_sentence(typed, sentence):
    with pytest.raises(DateFormatError) as caught:
        text.parse_date(typed, today=TODAY)

    assert str(caught.value) == sentence


@given(DAYS)
def test_parse_date_reads_what_is_written(day):
    assert text.parse_date(text.format_date(day)) == day
    assert text.parse_date(text.long_date(day)) == day
    assert text.parse_date(day.isoformat()) == day


@given(st.text(max_size=20))
def test_dates_months_periods_answer_or_refuse_any_text(typed):
    for parse in (text.parse_date, text.parse_month, text.parse_period):
        try:
            parse(typed)
        except DateFormatError as error:
            assert "ví dụ" in str(error)


@pytest.mark.parametrize(
    "typed", ["2027-04", "4/2027", "04/2027", "tháng 4/2027", "Tháng 4 năm 2027"]
)
def test_parse_month_gives_the_first_day(typed):
    assert text.parse_month(typed) == dt.date(2027, 4, 1)


@pytest.mark.parametrize("typed", ["", "2027", "2027-13", "2027-00", "0000-01", "2027-04-01", "x"])
def test_parse_month_refuses_with_a_sentence(typed):
    with pytest.raises(DateFormatError, match="ví dụ"):
        text.parse_month(typed)


@given(DAYS)
def test_parse_month_reads_what_is_written(day):
    month = text.first_of_month(day)

    assert text.parse_month(text.month_slug(day)) == month
    assert text.parse_month(text.format_month(day)) == month


@pytest.mark.parametrize(
    ("typed", "start", "end"),
    [
        ("tháng 3/2026", (2026, 3, 1), (2026, 4, 1)),
        ("Quý I/2026", (2026, 1, 1), (2026, 4, 1)),
        ("quý 4 năm 2026", (2026, 10, 1), (2027, 1, 1)),
        ("6 tháng đầu năm", (2026, 1, 1), (2026, 7, 1)),
        ("sáu tháng cuối năm 2027", (2027, 7, 1), (2028, 1, 1)),
        ("năm 2027", (2027, 1, 1), (2028, 1, 1)),
    ],
)
def test_parse_period_gives_an_exclusive_end(typed, start, end):
    assert text.parse_period(typed, today=TODAY) == Period(dt.date(*start), dt.date(*end))


@pytest.mark.parametrize("typed", ["", "quý V/2026", "3 tháng đầu năm", "năm 1"])
def test_parse_period_refuses_with_a_sentence(typed):
    with pytest.raises(DateFormatError, match="ví dụ"):
        text.parse_period(typed, today=TODAY)


def test_days_and_months_are_written_as_on_screens():
    day = dt.date(2027, 4, 5)

    assert text.format_date(day) == "5/4/2027"
    assert text.format_month(day) == "tháng 4/2027"
    assert text.month_slug(day) == "2027-04"


@pytest.mark.parametrize(
    ("day", "written"),
    [
        ((2026, 2, 5), "ngày 05 tháng 02 năm 2026"),
        ((2026, 3, 9), "ngày 09 tháng 3 năm 2026"),
        ((2026, 1, 10), "ngày 10 tháng 01 năm 2026"),
        ((2026, 12, 31), "ngày 31 tháng 12 năm 2026"),
    ],
)
def test_long_date_pads_days_below_ten_and_two_months(day, written):
    assert text.long_date(dt.date(*day)) == written


@pytest.mark.parametrize(
    ("day", "previous", "first", "last", "following"),
    [
        ((2026, 1, 31), (2025, 12, 1), (2026, 1, 1), (2026, 1, 31), (2026, 2, 1)),
        ((2028, 2, 10), (2028, 1, 1), (2028, 2, 1), (2028, 2, 29), (2028, 3, 1)),
        ((2026, 12, 1), (2026, 11, 1), (2026, 12, 1), (2026, 12, 31), (2027, 1, 1)),
    ],
)
def test_months_follow_each_other(day, previous, first, last, following):
    day = dt.date(*day)

    assert text.previous_month(day) == dt.date(*previous)
    assert text.first_of_month(day) == dt.date(*first)
    assert text.last_day(day) == dt.date(*last)
    assert text.next_month(day) == dt.date(*following)


def test_first_of_month_of_a_time_is_a_date():
    moment = dt.datetime(2026, 4, 21, 8, 0, tzinfo=dt.UTC)

    assert type(text.first_of_month(moment)) is dt.date
