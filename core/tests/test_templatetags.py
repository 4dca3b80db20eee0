import datetime as dt
from decimal import Decimal

import pytest
from django.template import Context, Template


def rendered(expression: str, value: object) -> str:
    return Template("{% load vietnamese %}{{ value|" + expression + " }}").render(
        Context({"value": value})
    )


@pytest.mark.parametrize(
    ("expression", "value", "text"),
    [
        ("number", 1234567, "1.234.567"),
        ("number", Decimal("1234.5"), "1.234,5"),
        ("number:1", 95.25, "95,3"),
        ("number", 0, "0"),
        ("count", 2, "02"),
        ("count", 1000, "1.000"),
        ("day", dt.date(2027, 4, 21), "21/4/2027"),
        ("day", dt.datetime(2027, 4, 20, 18, tzinfo=dt.UTC), "21/4/2027"),
        ("day", dt.datetime(2027, 4, 20, 18), "20/4/2027"),
        ("longdate", dt.date(2026, 2, 5), "ngày 05 tháng 02 năm 2026"),
        ("month", dt.date(2027, 4, 1), "tháng 4/2027"),
        ("phone", "+84912345678", "0912 345 678"),
    ],
)
def test_filters_write_as_people_read(expression, value, text):
    assert rendered(expression, value) == text


@pytest.mark.parametrize("name", ["number", "count", "day", "longdate", "month", "phone"])
@pytest.mark.parametrize("value", [None, ""])
def test_filters_write_nothing_for_nothing(name, value):
    assert rendered(name, value) == ""


def test_piece_written_once_stands_in_all_its_places():
    twice = '{% include "_empty.html" %}{% include "_empty.html" %}'
    once = '{% load office %}{% once "_empty.html" %}{% once "_empty.html" %}'
    given = {"title": "Không có gì <b>"}

    assert Template(once).render(Context(given)) == Template(twice).render(Context(given))
