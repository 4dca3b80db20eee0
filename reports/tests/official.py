"""Accepted reports with numbers, for the tests of the ward's own report."""

import datetime as dt
import uuid

from django.utils import timezone

from reports.models import IndicatorValue, MonthlyReport, Status, Submission
from reports.spans import Span
from reports.statistics import Scope
from reports.tests.factories import secretary
from units.models import UnitSuccession

JANUARY, FEBRUARY, MARCH = (dt.date(2026, month, 1) for month in (1, 2, 3))
QUARTER = Span.parse("2026-q1")


def accepted(unit, month, status=Status.ACCEPTED, *, late=False, **fields):
    """A report of ``unit`` as the workflow leaves it; numbers come with :func:`number`."""
    at = timezone.make_aware(dt.datetime(month.year, month.month, 27 if late else 24, 9))
    return MonthlyReport.objects.create(
        unit=unit,
        ward=unit.ward,
        month=month,
        status=status,
        first_submitted_at=at,
        submitted_at=at,
        submitted_by=secretary(unit),
        due_on=month.replace(day=25),
        **fields,
    )


def handed(report):
    """Its hand-in, for the pages that show who handed in what."""
    return Submission.objects.create(
        report=report,
        number=1,
        key=uuid.uuid4(),
        receipt=f"THU-{report.pk}",
        content={},
        by=report.submitted_by,
        at=report.submitted_at,
    )


def number(report, indicator, value, of=None, **fields):
    return IndicatorValue.objects.create(
        report=report,
        indicator=indicator,
        unit=report.unit,
        ward=report.ward,
        month=report.month,
        value=value,
        denominator=of,
        **fields,
    )


def given(unit, month, *numbers, status=Status.ACCEPTED):
    """An accepted report with (indicator, value) or (indicator, value, of)."""
    report = accepted(unit, month, status)
    for one in numbers:
        number(report, *one)
    return report


def merged(old, new, on):
    """``old`` owes nothing any more from ``on``; ``new`` goes on."""
    old.duties.update(ends_on=on)
    return UnitSuccession.objects.create(from_unit=old, to_unit=new, on=on)


def whole(ward):
    return Scope(ward)
