"""The table of what people type: the share of queries whose first hit is right."""

import datetime as dt

import pytest

from products import demonstration
from products.catalogue.entries import _entry
from products.catalogue.ranking import find
from products.searching import exact_key, folded_key
from products.setup import CATEGORIES
from products.tests.search_table import OTHERS, TABLE

KINDS = dict(CATEGORIES)


def row(number, name, place, kind, summary=""):
    return {
        "pk": number,
        "title": name,
        "slug": "",
        "place": place,
        "search": folded_key(name, place, kind, summary),
        "search_exact": exact_key(name, place, kind, summary),
        "search_name": folded_key(name),
        "barcode": "",
        "created_at": dt.datetime(2026, 1, 1, tzinfo=dt.UTC),
        "category_id": 1,
        "picture_id": None,
        "producer__place": None,
    }


@pytest.fixture(scope="module")
def goods():
    samples = [
        row(0, one["name"], one["place"], KINDS[one["category"]], one["summary"])
        for one in demonstration.rows()
    ]
    others = [row(0, name, place, kind) for name, place, kind in OTHERS]
    rows = sorted(samples + others, key=lambda one: one["title"])
    return rows, [_entry(one, []) for one in rows]


def first(goods, typed):
    rows, entries = goods
    words = frozenset(word for entry in entries for word in entry.text.split())
    places = find(entries, words, typed).places
    return rows[places[0]]["title"] if places else None


def test_first_hit_is_right_for_98_of_100(goods):
    wrong = [
        (typed, wanted, found)
        for typed, wanted in TABLE
        if (found := first(goods, typed)) != wanted
    ]

    assert len(TABLE) >= 120
    assert len({typed for typed, _ in TABLE}) == len(TABLE)
    assert len(wrong) <= len(TABLE) * 0.02, wrong


def test_whole_catalogue_of_many_finds_is_still_ordered_by_name(goods):
    _, entries = goods
    many = entries * 200

    found = find(many, frozenset({"ha", "noi"}), "ha noi")

    assert len(found.places) == 200 * sum(" ha noi " in entry.text for entry in entries) > 0
