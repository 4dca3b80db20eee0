"""Two web servers, a primary with its replica, Redis: three of them die, and nothing is lost."""

import os
import shutil

import pytest
from django.db import connection

from bench import machines


@pytest.mark.threads
def test_three_machines_die_and_no_report_is_lost():
    if connection.vendor != "postgresql":
        pytest.skip("needs PostgreSQL")
    if not shutil.which("redis-server") and os.environ.get("REQUIRE_BROWSER") != "1":
        pytest.skip("needs Debian's redis-server")

    found = machines.rows(seconds=6)

    assert [row.line(60) for row in found if not row.holds] == []
