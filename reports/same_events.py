"""Happenings that two units may have told of as one: proposed to an officer before the totals.

Nothing is linked by itself. Every reason is a sentence that the officer reads (:data:`RULES`).
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations
from typing import NamedTuple

from core.text import fold, previous_month
from reports.models import HANDED_IN, Activity, Indicator, Photo, ToldApart
from reports.oddities.events import MIN_PLACE_WORDS
from reports.oddities.likeness import are_near
from reports.telling import key_of
from units.models import Unit

LIKE_TITLE = 0.6  # of the words of both are the same
LIKE_PLACE = 0.75
LIKE_AT_HOME = 0.4  # between a cell and its own neighbourhood

SAME_PLACE = "cùng ngày, cùng địa điểm"
SAME_TITLE = "cùng ngày, nội dung giống nhau"
SAME_PHOTO = "cùng ngày, ảnh gửi kèm giống nhau"
AT_HOME = "cùng ngày, chi bộ và tổ dân phố của mình"
RULES = (
    "Cùng chỉ tiêu, cùng ngày, cùng địa điểm hoặc gần như cùng (ghi từ bốn chữ trở lên).",
    "Cùng chỉ tiêu, cùng ngày, nội dung giống nhau từ ba phần năm số chữ trở lên, mà có đơn vị không "
    "ghi địa điểm, hoặc địa điểm của đơn vị này nằm trong địa điểm của đơn vị kia.",
    "Cùng chỉ tiêu, cùng ngày, và ảnh của hai báo cáo trùng hoặc gần giống nhau.",
    "Cùng chỉ tiêu, cùng ngày, một bên là chi bộ, một bên là tổ dân phố của chi bộ ấy, nội dung "
    "giống nhau từ hai phần năm số chữ trở lên.",
)

Words = frozenset[str]


@dataclass(frozen=True)
class Told:
    """One mention, ready to be compared. ``row`` has its report and unit.

    Words are taken apart where they are asked for: most days have one mention, beside no other.
    """

    row: Activity

    @cached_property
    def key(self) -> str:
        return key_of(self.row, self.row.report.unit_id)

    @cached_property
    def title(self) -> Words:
        return _words(self.row.title)

    @cached_property
    def place(self) -> Words:
        return _words(self.row.place)

    @property
    def unit(self) -> Unit:
        return self.row.report.unit

    @property
    def seen(self) -> str:
        """What the page carries of it: its row and the event it had then."""
        return f"{self.row.pk}-{self.row.event_id or 0}"


@dataclass(frozen=True, slots=True)
class Group:
    """Mentions that may be one event, and why."""

    told: list[Told]
    reasons: list[str]

    @property
    def held_on(self) -> dt.date:
        return self.told[0].row.held_on

    @property
    def indicator(self) -> Indicator:
        return self.told[0].row.indicator


class _Picture(NamedTuple):
    likeness: int | None
    sha256: str | None


Pictures = Mapping[int, list[_Picture]]


def groups(ward: Unit, month: dt.date, told: list[Told] | None = None) -> list[Group]:
    """What reports of ``month`` may have told twice, also beside those of the month before.

    By day; ``told`` are their :func:`mentions`, where they were read before. Three queries, one
    where nobody told of single happenings.
    """
    told = mentions(ward, month) if told is None else told
    if not told:
        return []
    pictures, apart = _pictures(told), _told_apart(ward, told)
    found: list[Group] = []
    for of_day in _by_day(told).values():
        found += _groups_of(of_day, month, pictures, apart)
    return sorted(found, key=lambda group: (group.held_on, group.told[0].row.pk))


def mentions(ward: Unit, month: dt.date) -> list[Told]:
    """The happenings that reports of ``month`` and of the month before tell of; one query."""
    rows = Activity.objects.filter(
        report__ward=ward,
        report__month__in=[previous_month(month), month],
        report__status__in=HANDED_IN,
        indicator__roll_up=Indicator.RollUp.SUM,
    ).select_related("report__unit", "indicator", "event__created_by")
    return [Told(row) for row in rows.order_by("held_on", "report__unit__position", "pk")]


def _words(text: str) -> Words:
    """The words without what stands between them."""
    plain = "".join(sign if sign.isalnum() else " " for sign in fold(text))
    return frozenset(plain.split())


def _by_day(told: Iterable[Told]) -> Mapping[tuple[dt.date, int], list[Told]]:
    days: defaultdict[tuple[dt.date, int], list[Told]] = defaultdict(list)
    for one in told:
        days[one.row.held_on, one.row.indicator_id].append(one)
    return days


def _groups_of(
    told: list[Told], month: dt.date, pictures: Pictures, apart: set[tuple[str, str]]
) -> Iterator[Group]:
    """The groups of one day and indicator; one of them tells in ``month``."""
    bundle = {one.row.pk: {one.row.pk} for one in told}
    reasons: defaultdict[int, dict[str, None]] = defaultdict(dict)
    open_pairs: set[int] = set()
    for one, other in combinations(told, 2):
        if one.unit == other.unit or pair_of(one.key, other.key) in apart:
            continue
        is_linked = one.row.event_id is not None and one.row.event_id == other.row.event_id
        reason = "" if is_linked else _reason(one, other, pictures)
        if not is_linked and not reason:
            continue
        merged = bundle[one.row.pk] | bundle[other.row.pk]
        for pk in merged:
            bundle[pk] = merged
        if reason:
            reasons[one.row.pk][reason] = None
            open_pairs.add(one.row.pk)
    by_pk = {one.row.pk: one for one in told}
    for members in {min(members): members for members in bundle.values()}.values():
        is_of_month = any(by_pk[pk].row.report.month == month for pk in members)
        if members & open_pairs and is_of_month:
            why = {reason: None for pk in sorted(members) for reason in reasons[pk]}
            yield Group([one for one in told if one.row.pk in members], list(why))


def _reason(one: Told, other: Told, pictures: Pictures) -> str:
    """Why the two may be one event, of one day and indicator; empty where nothing says so."""
    if min(len(one.place), len(other.place)) >= MIN_PLACE_WORDS and (
        _likeness(one.place, other.place) >= LIKE_PLACE
    ):
        return SAME_PLACE
    places_agree = one.place <= other.place or other.place <= one.place
    if places_agree and _likeness(one.title, other.title) >= LIKE_TITLE:
        return SAME_TITLE
    if _is_at_home(one.unit, other.unit) and _likeness(one.title, other.title) >= LIKE_AT_HOME:
        return AT_HOME
    return SAME_PHOTO if _show_the_same(one.row, other.row, pictures) else ""


def _likeness(one: Words, other: Words) -> float:
    return len(one & other) / len(one | other) if one and other else 0.0


def _is_at_home(one: Unit, other: Unit) -> bool:
    return one.residential_group_id == other.pk or other.residential_group_id == one.pk


def _show_the_same(one: Activity, other: Activity, pictures: Pictures) -> bool:
    return any(
        (mine.sha256 is not None and mine.sha256 == theirs.sha256)
        or are_near(mine.likeness, theirs.likeness)
        for mine in pictures.get(one.report_id, ())
        for theirs in pictures.get(other.report_id, ())
    )


def _pictures(told: list[Told]) -> Pictures:
    """By the report: its photos; one query."""
    found: defaultdict[int, list[_Picture]] = defaultdict(list)
    rows = Photo.objects.filter(
        report__in={one.row.report_id for one in told}, removed_at=None
    ).order_by()
    for report, likeness, sha256 in rows.values_list(
        "report", "likeness", "picture__original__sha256"
    ):
        found[report].append(_Picture(likeness, sha256))
    return found


def pair_of(one: str, other: str) -> tuple[str, str]:
    return (one, other) if one < other else (other, one)


def _told_apart(ward: Unit, told: list[Told]) -> set[tuple[str, str]]:
    days = {one.row.held_on for one in told}
    rows = ToldApart.objects.standing().filter(owner=ward, held_on__in=days).order_by()
    return set(rows.values_list("one", "other"))
