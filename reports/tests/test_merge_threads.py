"""Two merges at the same moment, with real threads. SQLite has one writer."""

import datetime as dt

import pytest
from django.db import connection

from core.tests.together import together
from core.workflow import TransitionRefusedError
from reports import statistics
from reports.tests.factories import IndicatorFactory, owing_unit
from reports.tests.test_unit_changes import JULY, JUNE, TODAY, handed_in
from units import changes
from units.changes import Change, Kind, Part
from units.models import ReportingDuty, Role, Unit, UnitChange, UnitSuccession
from units.tests.factories import WardFactory, member

pytestmark = [
    pytest.mark.threads,
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor != "postgresql", reason="row locks need PostgreSQL"),
]


def _sums(ward):
    return [
        (month, total.indicator.code, total.value, total.unit_count)
        for month in (dt.date(2026, 5, 1), JUNE)
        for total, _ in statistics.totals_beside(ward, month, month)
    ]


@pytest.mark.parametrize("shared", [0, 1, 2])
def test_two_merges_at_once_are_one_and_past_sums_stay(shared):
    """Of the same two units, or with one unit in common: one stands, the other gets a sentence."""
    ward = WardFactory()
    officers = [member(Role.OFFICE, ward), member(Role.OFFICE, ward)]
    sessions = IndicatorFactory(owner=ward)
    units = [owing_unit(ward, name=f"Chi bộ {number}") for number in range(4)]
    for number, unit in enumerate(units):
        for month in (dt.date(2026, 5, 1), JUNE):
            person = member(Role.SECRETARY, unit)
            handed_in(unit, month, person, indicator=sessions, value=number + 1)
    before = _sums(ward)
    pairs = (units[:2], units[2 - shared : 4 - shared])

    def merge(number):
        old = tuple(pairs[number])
        part = Part(f"Chi bộ mới {number}", kind=Unit.Kind.RESIDENTIAL_CELL)
        change = Change(Kind.MERGE, ward, JULY, JULY, old=old, parts=(part,))
        seen = changes.preview(change, today=TODAY).seen
        return lambda: changes.carry_out(change, actor=officers[number], seen=seen, today=TODAY)

    outcomes = together(merge(0), merge(1))

    refused = [one for one in outcomes if isinstance(one, TransitionRefusedError)]
    stand = 1 if shared else 2
    assert (len(refused), UnitChange.objects.count()) == (2 - stand, stand)
    assert all(str(one) for one in refused)
    assert UnitSuccession.objects.count() == 2 * stand
    assert Unit.objects.filter(closed_on=JULY).count() == 2 * stand
    owing = ReportingDuty.objects.in_month(JULY).values("unit").distinct().count()
    assert owing == 4 - stand
    assert _sums(ward) == before
