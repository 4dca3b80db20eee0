"""No log line holds the token of a unit's card."""

import json
import logging

import pytest

from core.logs import JsonFormatter, MaskAddresses, masked

TOKEN = "Ab3-_9".ljust(32, "x")


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        (f"Not Found: /vao/{TOKEN}/", "Not Found: /vao/***/"),
        (f'"GET /vao/{TOKEN} HTTP/1.1" 301', '"GET /vao/*** HTTP/1.1" 301'),
        (f"Referer: https://phuong.vn/vao/{TOKEN}/?a=1", "Referer: https://phuong.vn/vao/***/?a=1"),
        (f"GET /gop-y/ma/{TOKEN}/?moi=1", "GET /gop-y/ma/***/?moi=1"),
        ("GET /vao/ and /vao/chon-nguoi/", "GET /vao/ and /vao/chon-nguoi/"),
    ],
)
def test_way_in_is_masked(line, expected):
    assert masked(line) == expected


def test_record_is_masked_with_its_arguments_and_trace():
    try:
        raise ValueError(f"/vao/{TOKEN}/")
    except ValueError as error:
        record = logging.LogRecord(
            "django.request", 40, "", 0, "Error: %s", (f"/vao/{TOKEN}/",),
            (type(error), error, error.__traceback__),
        )  # fmt: skip

    MaskAddresses().filter(record)

    line = JsonFormatter().format(record)
    assert json.loads(line)["message"] == "Error: /vao/***/"
    assert TOKEN not in line


def test_plain_formatter_behind_the_filter_shows_no_token():
    record = logging.LogRecord("x", 20, "", 0, "at %s", (f"/vao/{TOKEN}/",), None)

    MaskAddresses().filter(record)

    assert logging.Formatter().format(record) == "at /vao/***/"
