"""One row of the catalogue as it is held, and how the rows are read: four queries for any number."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from products.models import Category, Product, Programme, Recognition, Sale
from products.places import commune_of, province_of
from products.searching import folded_key, same_vowels
from products.slugs import slug_of
from units.models import Unit

Values = dict[str, list[str]]


@dataclass
class Entry:
    """Words stand between single spaces, with a space at both ends."""

    pk: int
    slug: str
    name: str  # folded
    name_exact: str
    text: str  # folded: name, place, maker, kind, summary
    text_exact: str
    made_at: dt.datetime
    stars: int
    has_picture: bool = False
    values: Values = field(default_factory=dict)


@dataclass
class Labels:
    """What the values of the facets are called, by facet and value."""

    names: dict[str, dict[str, str]] = field(default_factory=lambda: defaultdict(dict))

    def add(self, facet: str, value: str, name: str) -> str:
        self.names[facet].setdefault(value, name)
        return value


def read(ward: Unit, day: dt.date) -> tuple[list[Entry], Labels]:
    """The published goods of ``ward`` in the order of their names, with what holds on ``day``."""
    labels = Labels()
    kinds = {pk: (slug, name) for pk, slug, name in _kinds(ward)}
    for slug, name in kinds.values():
        labels.add("loai", slug, name)
    recognitions = defaultdict(list)
    for row in Recognition.objects.holding_on(day).filter(product__owner=ward):
        recognitions[row.product_id].append(row)
    sold = set(
        Sale.objects.on_sale().filter(outlet__owner=ward).values_list("product_id", flat=True)
    )
    entries = []
    for row in _goods(ward):
        said = recognitions.get(row["pk"], [])
        entry = _entry(row, said)
        entry.values = _values(row, said, kinds, labels)
        if row["pk"] in sold:
            entry.values["ban"] = [labels.add("ban", "phuong", "Bán tại phường")]
        entries.append(entry)
    return entries, labels


def _kinds(ward: Unit) -> Iterable[tuple[int, str, str]]:
    return Category.objects.filter(owner=ward).values_list("pk", "slug", "name")


def _goods(ward: Unit) -> Iterable[dict[str, Any]]:
    rows = Product.objects.filter(owner=ward).published().order_by("name_sort", "pk")
    columns = ("pk", "slug", "place", "barcode", "created_at", "category_id", "picture_id")
    keys = ("search", "search_exact", "search_name", "producer__place")
    return rows.values(*columns, *keys).iterator()


def _entry(row: dict[str, Any], said: list[Recognition]) -> Entry:
    """From the keys that are stored with the goods; what was said of them is added."""
    name = row["search_name"]
    exact = row["search_exact"].split(" ", len(name.split()) + 1)[1:-1]
    more = " ".join([row["barcode"], *(folded_key(one.label) for one in said)]).strip()
    return Entry(
        pk=row["pk"],
        slug=row["slug"],
        name=same_vowels(f" {name} "),
        name_exact=same_vowels(f" {' '.join(exact)} "),
        text=same_vowels(f" {row['search']} {more} " if more else f" {row['search']} "),
        text_exact=same_vowels(row["search_exact"]),
        made_at=row["created_at"],
        has_picture=row["picture_id"] is not None,
        stars=max((one.level or 0 for one in said if one.programme == Programme.OCOP), default=0),
    )


def _values(
    row: dict[str, Any],
    said: list[Recognition],
    kinds: dict[int, tuple[str, str]],
    labels: Labels,
) -> Values:
    values: Values = {"loai": [kinds[row["category_id"]][0]]}
    address = row["producer__place"] or row["place"]
    if province := province_of(address):
        values["tinh"] = [labels.add("tinh", _slug(province), province)]
    if commune := commune_of(address):
        values["xa"] = [labels.add("xa", _slug(commune), commune)]
    for one in said:
        if one.programme == Programme.OCOP and one.level:
            values.setdefault("sao", []).append(labels.add("sao", str(one.level), one.level_name))
        name = f"{one.get_programme_display()} {one.year}"
        value = labels.add("cong-nhan", f"{one.programme}-{one.year}", name)
        if value not in values.setdefault("cong-nhan", []):
            values["cong-nhan"].append(value)
    return values


@lru_cache(maxsize=4096)
def _slug(name: str) -> str:
    return slug_of(name)
