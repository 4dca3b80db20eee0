"""A merge of two units in a ward of 150 units with 60 months of reports, in one transaction."""

from __future__ import annotations

import time

from django.db import connection, transaction
from django.test.utils import setup_test_environment, teardown_test_environment
from django.utils import timezone

from bench.figures import Row
from campaign_portal import scale
from core.text import first_of_month, next_month
from reports.models import MonthlyReport
from units import changes
from units.changes import Change, Kind, Part
from units.models import Membership, Role, Unit

UNITS, MONTHS = 150, 60
ROUNDS = 5


def rows() -> list[Row]:
    setup_test_environment()
    name = connection.settings_dict["NAME"]
    connection.creation.create_test_db(verbosity=0, autoclobber=True)
    try:
        scale.build(wards=1, units=UNITS, months=MONTHS, seed=1)
        return _merges()
    finally:
        connection.creation.destroy_test_db(name, verbosity=0)
        teardown_test_environment()


def _merges() -> list[Row]:
    """Wall time, preview included, of merges that are rolled back; the slowest of five."""
    ward = Unit.objects.wards().get()
    officer = Membership.objects.filter(unit=ward, role=Role.OFFICE).first().user
    on = next_month(first_of_month(timezone.localdate()))
    cells = Unit.objects.filter(kind=Unit.Kind.RESIDENTIAL_CELL).in_order()
    previews, merges, reports = [], [], []
    for number in range(ROUNDS):
        old = tuple(cells[2 * number : 2 * number + 2])
        reports.append(MonthlyReport.objects.filter(unit__in=old).count())
        parts = (Part("Chi bộ đo", kind=old[0].kind),)
        change = Change(Kind.MERGE, ward, on, on, old=old, parts=parts)
        start = time.perf_counter()
        shown = changes.preview(change, today=timezone.localdate())
        previews.append(time.perf_counter() - start)
        if shown.refusals:
            raise RuntimeError(shown.refusals)
        start = time.perf_counter()
        with transaction.atomic():
            changes.carry_out(change, actor=officer, seen=shown.seen)
            merges.append(time.perf_counter() - start)
            transaction.set_rollback(True)
    what = f"two units with {min(reports)} reports or more"
    return [
        Row(f"merge of {what}, the slowest of {ROUNDS}", max(merges) * 1000, "ms", 2000),
        Row(f"preview of the merge of {what}", max(previews) * 1000, "ms", 500),
    ]
