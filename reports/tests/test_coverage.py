"""How many reports cover a content, as the plan's own page shows it."""

import datetime as dt

import pytest
from django.utils import timezone

from reports import coverage
from reports.models import ReportContent
from reports.tests.factories import MONTH, ReportFactory, content_item
from units.models import Role
from units.tests.factories import UnitFactory, WardFactory, member

pytestmark = pytest.mark.django_db
APRIL = dt.date(2026, 4, 1)


def covered(ward, item, month=MONTH, status="submitted"):
    unit = UnitFactory(parent=ward)
    now = timezone.now()
    handed_in = {
        "first_submitted_at": now, "submitted_at": now, "due_on": month,
        "submitted_by": member(Role.SECRETARY, unit),
    }  # fmt: skip
    values = {} if status == "draft" else handed_in
    report = ReportFactory(unit=unit, month=month, status=status, **values)
    ReportContent.objects.create(report=report, content_item=item)


def test_reports_that_were_handed_in_count_month_by_month():
    ward = WardFactory()
    item, other = content_item(ward), content_item(ward, "Hội chợ", 2)
    for status in ("submitted", "accepted", "draft"):
        covered(ward, item, status=status)
    covered(ward, item, month=APRIL)
    covered(ward, other, month=dt.date(2026, 5, 1))

    counts = coverage.by_month(ward, [item, other], [MONTH, APRIL])

    assert counts == {item.pk: {MONTH: 2, APRIL: 1}}


def test_the_count_is_one_query(django_assert_num_queries):
    ward = WardFactory()
    items = [content_item(ward, f"Nội dung {n}", n) for n in (1, 2, 3)]

    with django_assert_num_queries(1):
        coverage.by_month(ward, items, [MONTH])
