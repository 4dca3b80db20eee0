"""The rows of ``docs/asvs.csv`` point at tests and documents that are there."""

import csv

from django.conf import settings


def _rows():
    with (settings.BASE_DIR / "docs" / "asvs.csv").open(encoding="utf-8") as lines:
        return list(csv.DictReader(lines))


def _is_there(place):
    path, _, name = place.partition("::")
    file = settings.BASE_DIR / path.strip()
    if not file.exists():
        return False
    return not name or f"def {name.split('[')[0]}(" in file.read_text(encoding="utf-8")


def test_what_shows_a_row_is_there():
    places = [
        (row["id"], place.split(" (")[0])
        for row in _rows()
        for place in row["shown_by"].split(";")
        if place.strip()
    ]

    assert [one for one in places if not _is_there(one[1])] == []
    assert len(places) > 50


def test_every_requirement_is_listed_once():
    rows = _rows()

    assert len({row["id"] for row in rows}) == len(rows) == 253
    assert sum(row["applies"] == "y" for row in rows) == 194
