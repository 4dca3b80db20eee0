"""The office's pages take as many queries for 150 units as for 50, and at most fifteen."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from campaign_portal import scale
from campaign_portal.scale.pages import office_pages

TODAY = dt.datetime(2026, 11, 24, 3, 0, tzinfo=dt.UTC)
MOST = 15
# How many these take depends on what the one report tells; see reports/tests/test_queue.py.
ONE_REPORT = ("Báo cáo chờ xem", "Báo cáo đã tiếp nhận", "Báo cáo đã trả lại")
MONTHS = 14  # long enough for merged units and two deadline rules

pytestmark = pytest.mark.django_db


def counts_of(client, ward):
    """Queries of each page, as the second look of an officer takes them."""
    client.force_login(User.objects.get(username=f"{ward.code.lower()}-vanphong"))
    counts = {}
    for name, address in office_pages(ward, TODAY.date()).items():
        client.get(address)
        with CaptureQueriesContext(connection) as queries:
            response = client.get(address)
        assert response.status_code == 200, name
        counts[name] = len(queries)
    return counts


def test_pages_take_as_many_queries_for_150_units_as_for_50(client, time_machine):
    time_machine.move_to(TODAY, tick=False)
    small, large = (
        scale.build(units=units, months=MONTHS, until=TODAY.date()).wards[0] for units in (50, 150)
    )

    of_large, of_small = counts_of(client, large), counts_of(client, small)

    both = [name for name in of_large if name in of_small and name not in ONE_REPORT]
    assert {name: of_large[name] for name in both} == {name: of_small[name] for name in both}
    assert {name: count for name, count in of_large.items() if count > MOST} == {}
    assert len(both) == 30
