"""The short form of ``make chaos``: 300 reports while workers die at named places."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from django.db import connection

from bench import chaos

REPORTS, UNITS, MONTHS = 300, 60, 5
DEATHS = 8  # some thirty are expected


@pytest.mark.chaos
@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(connection.vendor != "sqlite", reason="make chaos has PostgreSQL's own form")
def test_what_was_acknowledged_is_kept_whoever_dies(tmp_path):
    ready = tmp_path / "ready.sqlite3"
    with (
        closing(sqlite3.connect(str(connection.settings_dict["NAME"]))) as source,
        closing(sqlite3.connect(ready)) as copy,
    ):
        source.backup(copy)
    place = tmp_path / "place"
    place.mkdir()

    with chaos.on_sqlite(place, units=UNITS, months=MONTHS, ready=Path(ready)) as run:
        chaos.kill_round(run, count=REPORTS, nodes=False)
        found = chaos.compare(run)

    receipts, photos = found["receipts"], found["photos"]
    assert run.ledger.faults == []
    assert (receipts["compared"], receipts["lost"], receipts["broken"]) == (REPORTS, 0, 0), receipts
    assert (photos["compared"], photos["lost"], photos["broken"]) == (REPORTS // 5, 0, 0), photos
    assert sum(run.deaths().values()) >= DEATHS
