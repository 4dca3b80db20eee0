"""Photos that came with another report too: the same file, or one that looks like it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

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
    """Photo ``number`` of a report, and the ``other`` report that shows it too."""

    number: int
    other: MonthlyReport
    is_same: bool


@dataclass(frozen=True, slots=True)
class _Seen:
    """What tells a photo; a ward has thousands of them, so no more is read."""

    report: int
    likeness: int | None
    sha256: str | None

    def is_same(self, other: _Seen) -> bool:
        return self.sha256 is not None and self.sha256 == other.sha256

    def is_like(self, other: _Seen) -> bool:
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


def matches(reports: list[MonthlyReport]) -> Mapping[int, list[Match]]:
    """By the key of the report: its photos that other reports of the ward show too; three queries."""
    shown = Photo.objects.filter(removed_at=None)
    index = _index(_read(shown.filter(report__in=reports)))
    found: defaultdict[int, dict[tuple[int, int], bool]] = defaultdict(dict)
    if index:
        since = min(last_months(report.month, MONTHS + 1)[0] for report in reports)
        wards = {report.ward_id for report in reports}
        for other in _read(shown.filter(report__ward__in=wards, report__month__gte=since)):
            for number, one in {own for mark in other.marks() for own in index.get(mark, ())}:
                if one.report != other.report and one.is_like(other):
                    key = number, other.report
                    found[one.report][key] = found[one.report].get(key, False) or one.is_same(other)
    return _with_reports(reports, found)


def _read(photos: Any) -> Iterator[_Seen]:
    rows = photos.order_by("pk").values_list("report", "likeness", "picture__original__sha256")
    return (_Seen(*row) for row in rows.iterator())


def _index(own: Iterable[_Seen]) -> dict[object, list[tuple[int, _Seen]]]:
    """The photos of the list, numbered within their report, by all their marks."""
    index: defaultdict[object, list[tuple[int, _Seen]]] = defaultdict(list)
    numbers: defaultdict[int, int] = defaultdict(int)
    for one in own:
        numbers[one.report] += 1
        for mark in one.marks():
            index[mark].append((numbers[one.report], one))
    return dict(index)


def _with_reports(
    reports: list[MonthlyReport], found: Mapping[int, Mapping[tuple[int, int], bool]]
) -> Mapping[int, list[Match]]:
    """The reports that the sentences name; those of another ward are left out."""
    wards = {report.pk: report.ward_id for report in reports}
    named = {other for one in found.values() for _, other in one}
    others = MonthlyReport.objects.select_related("unit").in_bulk(named) if named else {}
    return defaultdict(
        list,
        {
            pk: [
                Match(number, others[other], is_same)
                for (number, other), is_same in sorted(pairs.items())
                if others[other].ward_id == wards[pk]
            ]
            for pk, pairs in found.items()
        },
    )
