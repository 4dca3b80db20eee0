"""A planned outage is told long enough before, on every face, and no longer than it lasts."""

import datetime as dt

import pytest
import time_machine
from django.core.exceptions import ImproperlyConfigured

from core import outages
from units.tests.factories import WardFactory

GOOD = "2026-12-20T22:00/2026-12-21T02:00/2026-12-08/nâng cấp máy chủ"


def test_nothing_planned_is_nothing():
    assert outages.parse("  ") is None


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("tối mai", "must look like"),
        ("2026-12-20T22:00/2026-12-21T02:00/2026-12-08", "must look like"),
        ("2026-12-20T22:00/2026-12-20T21:00/2026-12-08/x", "end after"),
        ("2026-12-20T22:00/2026-12-21T02:00/2026-12-08/ ", "needs a reason"),
        ("2026-12-16T22:00/2026-12-17T02:00/2026-12-08/x", "7 working days"),  # six
    ],
)
def test_what_cannot_be_is_refused_at_the_start(text, reason):
    with pytest.raises(ImproperlyConfigured, match=reason):
        outages.parse(text)


def test_public_holidays_are_no_working_days():
    first = dt.date(2027, 4, 26)  # a Monday; 30/4 and 1/5 are holidays

    assert outages.working_days(first, first + dt.timedelta(days=7)) < 5


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/", "/dang-nhap/", "/khong-co/"])
@pytest.mark.parametrize(("now", "is_told"), [("2026-12-09", True), ("2026-12-21 03:00", False)])
def test_it_is_told_until_it_is_over(client, settings, path, now, is_told):
    WardFactory()
    settings.PLANNED_OUTAGE = outages.parse(GOOD)
    with time_machine.travel(f"{now}+07:00" if " " in now else f"{now} 08:00+07:00", tick=False):
        page = client.get(path).content.decode()

    assert ("Cổng tạm ngừng từ 22:00 20/12/2026 đến 02:00 21/12/2026" in page) is is_told
