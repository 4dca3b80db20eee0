"""The catalogue of each ward, held until a write renews the mark or the day ends."""

from __future__ import annotations

import datetime as dt
import threading
from collections import OrderedDict
from dataclasses import dataclass, field
from itertools import chain, islice
from typing import Any

from django.db import connections
from django.utils import timezone

from core import replica
from products.catalogue.entries import Entry, Labels, read
from products.catalogue.facets import Chosen, Facet, Sets, as_bits, as_places
from products.catalogue.ranking import Ranked, find
from units.models import Unit

KEPT = 64  # answers, so that page 1.000 of a search costs what page 1 does
PAGES = 200  # pages of goods held
WARDS = 8  # catalogues held by one process
SORTS = {"ten": "tên A đến Y", "moi": "mới nhất", "sao": "sao OCOP"}


@dataclass
class Catalogue:
    """The published goods of one ward on one day."""

    entries: list[Entry]
    sets: Sets
    vocabulary: frozenset[str]
    cards: dict[tuple[int, str, bool], Any] = field(default_factory=dict)  # see products.cards
    pages: OrderedDict[str, Any] = field(default_factory=OrderedDict)  # goods as pages show them
    _marks: OrderedDict[str, int] = field(default_factory=OrderedDict)
    _found: OrderedDict[str, Ranked] = field(default_factory=OrderedDict)
    _lists: OrderedDict[tuple[str, ...], list[int]] = field(default_factory=OrderedDict)

    @classmethod
    def of(cls, entries: list[Entry], labels: Labels) -> Catalogue:
        words = frozenset(word for entry in entries for word in entry.text.split())
        return cls(entries, Sets.of(entries, labels), words)

    def search(self, query: str) -> Ranked:
        """What ``query`` means, best first; all goods for an empty one."""
        if not query:
            return Ranked(list(range(len(self.entries))))
        if query not in self._found:
            _keep(self._found, query, find(self.entries, self.vocabulary, query))
        return self._found[query]

    def pks(self, query: str, chosen: list[Chosen], sort: str = "") -> list[int]:
        """Keys of the goods that ``query`` and ``chosen`` leave, in the order of ``sort``."""
        key = (query, sort, *(f"{one.facet}={one.slug}" for one in chosen))
        if key not in self._lists:
            _keep(
                self._lists,
                key,
                [self.entries[place].pk for place in self._places(query, chosen, sort)],
            )
        return self._lists[key]

    def keep_page(self, address: str, context: dict[str, Any]) -> None:
        """What the page of goods shows, drawn once until the next write."""
        _keep(self.pages, address, context, limit=PAGES)

    def facets(self, query: str, chosen: list[Chosen]) -> list[Facet]:
        return self.sets.facets(self._bits(query), chosen)

    def others_of_kind(self, pk: int, kind: str, size: int) -> list[int]:
        """Keys of up to ``size`` other goods of ``kind``: those that follow ``pk`` by name, round the end."""
        keys = self.pks("", [Chosen("loai", kind, kind)], "ten")
        if pk not in keys:
            return keys[:size]
        at = keys.index(pk)
        return (keys[at + 1 :] + keys[:at])[:size]

    def first_with_picture(self, size: int, *, without: set[int]) -> list[int]:
        """Keys of ``size`` goods for the first page, those with a picture before the others."""
        keys = (entry.pk for entry in self.entries if entry.has_picture)
        others = (entry.pk for entry in self.entries if not entry.has_picture)
        wanted = (key for key in chain(keys, others) if key not in without)
        return list(islice(wanted, size))

    def _bits(self, query: str) -> int:
        if not query:
            return self.sets.all
        if query not in self._marks:
            _keep(self._marks, query, as_bits(self.search(query).places, self.sets.size))
        return self._marks[query]

    def _places(self, query: str, chosen: list[Chosen], sort: str) -> list[int]:
        places = self.search(query).places
        if chosen:
            kept = set(as_places(self.sets.narrowed(self._bits(query), chosen), self.sets.size))
            places = [place for place in places if place in kept]
        if sort == "ten":
            return sorted(places)
        if sort == "moi":
            return sorted(places, key=lambda place: self.entries[place].made_at, reverse=True)
        if sort == "sao":
            return sorted(places, key=lambda place: -self.entries[place].stars)
        return places


_held: OrderedDict[int, tuple[tuple[str, dt.date], Catalogue]] = OrderedDict()
_lock = threading.Lock()


def stamp() -> str:
    """The mark of what the public pages show; asked for at every page, so by hand."""
    with connections[replica.alias()].cursor() as cursor:
        cursor.execute("SELECT value FROM products_cataloguestamp WHERE id = 1")
        row = cursor.fetchone()
    return row[0] if row else ""


def catalogue_of(ward: Unit, known: str = "") -> Catalogue:
    """The catalogue of ``ward`` as it is now; ``known`` is the mark where it was just read.

    The mark is read before the rows, never after.
    """
    mark = (known or stamp(), timezone.localdate())
    kept = _held.get(ward.pk)
    if kept and kept[0] == mark:
        return kept[1]
    with _lock:
        kept = _held.get(ward.pk)
        if kept and kept[0] == mark:
            return kept[1]
        catalogue = Catalogue.of(*read(ward, mark[1]))
        _keep(_held, ward.pk, (mark, catalogue), limit=WARDS)
    return catalogue


def forget() -> None:
    """Read again at the next page; for tests, whose databases go back."""
    _held.clear()


def _keep(kept: OrderedDict, key: object, value: object, *, limit: int = KEPT) -> None:
    kept[key] = value
    while len(kept) > limit:
        kept.popitem(last=False)
