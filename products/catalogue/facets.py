"""What the list can be narrowed by, and how many goods each choice would leave.

A set of goods is one whole number with a bit for each place in the order of names, so narrowing
is ``&`` and counting is ``bit_count``: some microseconds even for a hundred thousand goods.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from products.catalogue.entries import Entry, Labels

# The name in the address, and what people read above the choices.
FACETS = {
    "loai": "Loại hàng",
    "sao": "OCOP",
    "cong-nhan": "Được công nhận",
    "tinh": "Nơi làm: tỉnh, thành phố",
    "xa": "Nơi làm: phường, xã",
    "ban": "Nơi bán",
}
NEEDS = {"xa": "tinh"}  # communes are listed within the chosen province
UNKNOWN = 0  # the empty set
MOST = 12  # choices of one facet that are looked at


@dataclass(frozen=True)
class Value:
    slug: str
    name: str
    count: int
    is_chosen: bool


@dataclass(frozen=True)
class Facet:
    slug: str
    name: str
    values: list[Value]

    @property
    def chosen(self) -> Value | None:
        return next((value for value in self.values if value.is_chosen), None)


@dataclass(frozen=True)
class Chosen:
    """A choice in the address. ``name`` is empty for a value that no goods have."""

    facet: str
    slug: str
    name: str


@dataclass
class Sets:
    """For every value of every facet the goods that have it."""

    size: int
    labels: Mapping[str, Mapping[str, str]]
    bits: dict[str, dict[str, int]] = field(default_factory=dict)

    @classmethod
    def of(cls, entries: list[Entry], labels: Labels) -> Sets:
        places: dict[str, dict[str, list[int]]] = {facet: {} for facet in FACETS}
        for place, entry in enumerate(entries):
            for facet, values in entry.values.items():
                for value in values:
                    places[facet].setdefault(value, []).append(place)
        size = len(entries)
        bits = {
            facet: {value: as_bits(found, size) for value, found in values.items()}
            for facet, values in places.items()
        }
        return cls(size, labels.names, bits)

    @property
    def all(self) -> int:
        return (1 << self.size) - 1

    def chosen(self, asked: Mapping[str, Iterable[str]]) -> list[Chosen]:
        """What ``asked`` (the address) chooses, in the order of the facets, each choice once."""
        return [
            Chosen(facet, slug, self.labels.get(facet, {}).get(slug, ""))
            for facet in FACETS
            for slug in [one for one in dict.fromkeys(asked.get(facet, ())) if one][:MOST]
        ]

    def narrowed(self, found: int, chosen: Iterable[Chosen], *, without: str = "") -> int:
        """``found`` with the choices of every facet but ``without``; of one facet any will do."""
        wanted: dict[str, int] = {}
        for one in chosen:
            if one.facet != without:
                bits = self.bits[one.facet].get(one.slug, UNKNOWN)
                wanted[one.facet] = wanted.get(one.facet, UNKNOWN) | bits
        for bits in wanted.values():
            found &= bits
        return found

    def facets(self, found: int, chosen: list[Chosen]) -> list[Facet]:
        """Each facet with what its choices would leave; those without a choice to make stay out."""
        by_facet: dict[str, set[str]] = {}
        for one in chosen:
            by_facet.setdefault(one.facet, set()).add(one.slug)
        facets = []
        for slug, name in FACETS.items():
            if NEEDS.get(slug, slug) not in by_facet and slug in NEEDS:
                continue
            rest = self.narrowed(found, chosen, without=slug)
            values = self._values(slug, rest, by_facet.get(slug, set()))
            if values:
                facets.append(Facet(slug, name, values))
        return facets

    def _values(self, facet: str, rest: int, chosen: set[str]) -> list[Value]:
        names = self.labels.get(facet, {})
        values = [
            Value(slug, names[slug], (bits & rest).bit_count(), slug in chosen)
            for slug, bits in self.bits[facet].items()
        ]
        shown = [value for value in values if value.count or value.is_chosen]
        if facet == "loai":
            order = list(names)
            return sorted(shown, key=lambda value: order.index(value.slug))
        if facet in ("sao", "cong-nhan"):
            return sorted(shown, key=lambda value: value.slug, reverse=True)
        return sorted(shown, key=lambda value: (-value.count, value.slug))


def as_bits(places: Iterable[int], size: int) -> int:
    marks = bytearray(size // 8 + 1)
    for place in places:
        marks[place >> 3] |= 1 << (place & 7)
    return int.from_bytes(marks, "little")


def as_places(bits: int, size: int) -> list[int]:
    """The places of ``bits``, ascending."""
    text = f"{bits:0{size}b}"[::-1] if size else ""
    return [place for place, bit in enumerate(text) if bit == "1"]
