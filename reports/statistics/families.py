"""Indicators that are one line of a report: what was renamed or replaced counts on."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from reports.models import Indicator
from reports.spans import Span


@dataclass(frozen=True, slots=True)
class Family:
    """The newest indicator and those that it replaced, the newest first."""

    head: Indicator
    members: tuple[Indicator, ...]

    def note(self, until: dt.date) -> str:
        """What a reader of the line up to the month ``until`` must know of its past; "" where
        there is nothing.
        """
        told = []
        if older := self.members[1:]:
            names = ", ".join(f"“{one.name}” (đến hết tháng {_last_month(one)})" for one in older)
            told.append(f"gồm cả số của chỉ tiêu cũ {names}")
        if self.head.ends_on and self.head.ends_on <= until:
            told.append(f"chỉ tiêu dùng đến hết tháng {_last_month(self.head)}")
        return "; ".join(told)


def _last_month(indicator: Indicator) -> str:
    ends = indicator.ends_on
    if ends is None:
        return "nay"
    month, year = (ends.month - 1, ends.year) if ends.month > 1 else (12, ends.year - 1)
    return f"{month}/{year}"


def families(
    indicators: Iterable[Indicator], span: Span, counted: Iterable[int] = ()
) -> list[Family]:
    """The lines of ``span``, in the order of the form.

    ``indicators`` are all of the ward. A line stands where one of its members is in force in a
    month of the span, or has a number in it (``counted``, by key): no number is lost because an
    indicator was retired meanwhile.
    """
    known = {one.pk: one for one in indicators}
    by_head: dict[int, list[Indicator]] = {}
    for one in known.values():
        by_head.setdefault(_head_of(one, known, span).pk, []).append(one)
    wanted = set(counted)
    found = []
    for head, members in by_head.items():
        is_told = any(
            one.pk in wanted or any(one.is_in_force(month) for month in span.months)
            for one in members
        )
        if is_told:
            older = sorted(
                (one for one in members if one.pk != head),
                key=lambda one: (one.ends_on is None, one.ends_on, one.pk),
                reverse=True,
            )
            found.append(Family(known[head], (known[head], *older)))
    found.sort(key=lambda one: (not one.head.is_core, one.head.position, one.head.pk))
    return found


def _head_of(one: Indicator, known: Mapping[int, Indicator], span: Span) -> Indicator:
    """The last of its successors that counts the same thing and has begun by the span's end."""
    seen = {one.pk}
    while one.successor_id and one.successor_id not in seen:
        following = known.get(one.successor_id)
        if following is None or not _counts_on(one, following, span):
            break
        one = following
        seen.add(one.pk)
    return one


def _counts_on(one: Indicator, following: Indicator, span: Span) -> bool:
    """Numbers of another measure or another way to add up are not added to these."""
    return (
        following.starts_on <= span.last_month
        and following.roll_up == one.roll_up
        and following.unit_of_measure.casefold() == one.unit_of_measure.casefold()
    )
