"""Photos that came with another report too: the same file, or one that looks like it."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from reports.models import MonthlyReport, Photo
from reports.periods import last_months

MONTHS = 24  # an older photo is not looked for
BITS = 64
NEAR = 6  # of 64 bits may differ
ALL_BITS = (1 << BITS) - 1
# Two numbers that differ in at most NEAR bits are equal in at least one of NEAR + 1 pieces.
PIECES = [
    (start, (1 << end - start) - 1)
    for start, end in (
        (n * BITS // (NEAR + 1), (n + 1) * BITS // (NEAR + 1)) for n in range(NEAR + 1)
    )
]


@dataclass(frozen=True, slots=True)
class Match:
    """Photo ``number`` of a report, and the unit and month of the report that shows it too."""

    number: int
    unit: str
    month: dt.date
    is_same: bool


class _Seen(NamedTuple):
    """What tells a photo; a ward has thousands of them, so no more is read."""

    report: int
    likeness: int | None
    sha256: str | None
    ward: int
    unit: str
    month: dt.date

    def is_same(self, other: _Seen) -> bool:
        return self.sha256 is not None and self.sha256 == other.sha256

    def is_like(self, other: _Seen) -> bool:
        if self.report == other.report or self.ward != other.ward:
            return False
        return self.is_same(other) or are_near(self.likeness, other.likeness)

    def marks(self) -> Iterator[object]:
        """Whatever is like this one shares one of these."""
        yield self.sha256
        if self.likeness is not None:
            for start, mask in PIECES:
                yield start, self.likeness >> start & mask


def are_near(one: int | None, other: int | None) -> bool:
    """Do two pictures look alike? False where one has no likeness."""
    if one is None or other is None:
        return False
    return ((one ^ other) & ALL_BITS).bit_count() <= NEAR


def own_photos(reports: Iterable[MonthlyReport]) -> Mapping[int, list[Photo]]:
    """By the key of the report: its photos in the order of their coming; one query."""
    found: defaultdict[int, list[Photo]] = defaultdict(list)
    shown = Photo.objects.filter(report__in=list(reports), removed_at=None)
    for photo in shown.select_related("picture__original").order_by("pk"):
        found[photo.report_id].append(photo)
    return found


def matches(
    reports: Iterable[MonthlyReport], own: Mapping[int, list[Photo]]
) -> Mapping[int, list[Match]]:
    """By the key of the report: its photos ``own`` that other reports of the ward show too.

    One query, none where there is no photo.
    """
    found: defaultdict[int, list[Match]] = defaultdict(list)
    index = _index(reports, own)
    if not index:
        return found
    named: dict[tuple[int, int, int], Match] = {}
    for other in _read(list(reports)):
        for number, one in {own for mark in other.marks() for own in index.get(mark, ())}:
            if one.is_like(other):
                is_same = one.is_same(other)
                key = one.report, number, other.report
                if is_same or key not in named:
                    named[key] = Match(number, other.unit, other.month, is_same)
    for (report, _, _), match in sorted(named.items()):
        found[report].append(match)
    return found


def _read(reports: list[MonthlyReport]) -> Iterator[_Seen]:
    """The photos of the last months in the wards of ``reports``."""
    rows = Photo.objects.filter(
        removed_at=None,
        report__ward__in={report.ward_id for report in reports},
        report__month__gte=min(last_months(report.month, MONTHS + 1)[0] for report in reports),
    ).values_list(
        "report",
        "likeness",
        "picture__original__sha256",
        "report__ward",
        "report__unit__name",
        "report__month",
    )
    return (_Seen(*row) for row in rows.order_by("pk").iterator())


def _index(
    reports: Iterable[MonthlyReport], own: Mapping[int, list[Photo]]
) -> dict[object, list[tuple[int, _Seen]]]:
    """The photos of the list, numbered within their report, by all their marks."""
    index: defaultdict[object, list[tuple[int, _Seen]]] = defaultdict(list)
    for report in reports:
        for number, photo in enumerate(own.get(report.pk, ()), start=1):
            original = photo.picture.original
            sha256 = original.sha256 if original else None
            place = report.ward_id, report.unit.name, report.month
            one = _Seen(report.pk, photo.likeness, sha256, *place)
            for mark in one.marks():
                index[mark].append((number, one))
    return dict(index)
