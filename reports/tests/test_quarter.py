"""What residents read of the quarter: accepted reports, whole ward, nothing that points at a few."""

import datetime as dt

import pytest
import time_machine
from django.utils import timezone

from reports.models import Indicator, IndicatorValue, MonthlyReport
from reports.quarter import quarter
from units.models import Role
from units.tests.factories import OPENED, UnitFactory, WardFactory, member

pytestmark = pytest.mark.django_db
MONTH = dt.date(2026, 3, 1)


@pytest.fixture(autouse=True)
def _in_march():
    with time_machine.travel(dt.datetime(2026, 3, 28, 5, tzinfo=dt.UTC)):
        yield


def told(ward, units, value, *, status="accepted"):
    """``units`` cells of ``ward`` with a report of March that tells ``value`` sessions each."""
    indicator, _ = Indicator.objects.get_or_create(
        owner=ward,
        code="sessions",
        defaults={
            "name": "Buổi tuyên truyền",
            "unit_of_measure": "buổi",
            "phrase": "tổ chức … buổi tuyên truyền",
            "starts_on": OPENED,
        },
    )
    for _ in range(units):
        cell = UnitFactory(parent=ward)
        report = MonthlyReport.objects.create(
            unit=cell,
            ward=ward,
            month=MONTH,
            status=status,
            first_submitted_at=timezone.now(),
            submitted_at=timezone.now(),
            submitted_by=member(Role.SECRETARY, cell),
            due_on=MONTH,
        )
        IndicatorValue.objects.create(
            report=report, indicator=indicator, value=value, unit=cell, ward=ward, month=MONTH
        )


def test_quarter_is_told_in_plain_words():
    ward = WardFactory()
    told(ward, 5, 3)

    found = quarter(ward)

    assert (found.name, found.unit_count, found.sentences) == (
        "quý I/2026",
        5,
        ["Tổ chức 15 buổi tuyên truyền"],
    )


@pytest.mark.parametrize(
    ("units", "value", "status"), [(4, 30, "accepted"), (5, 0, "accepted"), (9, 3, "submitted")]
)
def test_few_units_small_numbers_and_unread_reports_stay_out(units, value, status):
    ward = WardFactory()
    told(ward, units, value, status=status)

    assert quarter(ward) is None


def test_last_quarter_speaks_while_this_one_is_empty():
    ward = WardFactory()
    told(ward, 5, 3)

    with time_machine.travel(dt.datetime(2026, 4, 2, 5, tzinfo=dt.UTC)):
        found = quarter(ward)

    assert found.name == "quý I/2026"
