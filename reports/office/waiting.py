"""What waits for a decision, in the order of the queue, and the way through it."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from dataclasses import dataclass, replace

from django.http import HttpRequest
from django.utils.http import urlencode

from core.text import DateFormatError, fold, format_month, month_slug, parse_month
from reports.models import MonthlyReport
from reports.oddities import Evidence, Remark, Weight, gather, oddities, weight_of
from reports.office.scope import waiting_for

# A ward has some hundred units; whoever sees more wards works through the oldest first.
MOST = 500
MAX_NAME = 80
SESSION_KEY = "report_queue"
SLUGS = {weight.slug: weight for weight in Weight}


@dataclass(frozen=True, slots=True)
class Filter:
    """What of the queue is looked at; it stays in the address through every action."""

    month: dt.date | None = None
    group: Weight | None = None
    name: str = ""

    @classmethod
    def of(cls, request: HttpRequest) -> Filter:
        """What the address says; anything that cannot be read counts as left out."""
        try:
            month = parse_month(request.GET.get("thang", ""))
        except DateFormatError:
            month = None
        name = " ".join(request.GET.get("tim", "").split())[:MAX_NAME]
        return cls(month, SLUGS.get(request.GET.get("nhom", "")), name)

    @property
    def query(self) -> str:
        """``?thang=2026-03&nhom=can-hoi``, empty where nothing is left out."""
        parts = {
            "thang": month_slug(self.month) if self.month else "",
            "nhom": self.group.slug if self.group is not None else "",
            "tim": self.name,
        }
        said = urlencode({key: value for key, value in parts.items() if value})
        return f"?{said}" if said else ""

    @property
    def words(self) -> str:
        """Month and name as they are read: “tháng 3/2026, “số 12””."""
        name = f"“{self.name}”" if self.name else ""
        return ", ".join(filter(None, (self.month and format_month(self.month), name)))

    def of_group(self, group: Weight | None) -> Filter:
        return replace(self, group=group)

    def takes(self, report: MonthlyReport) -> bool:
        """Whether month and name fit."""
        if self.month and report.month != self.month:
            return False
        return not self.name or fold(self.name) in fold(report.unit.name)


@dataclass(frozen=True, slots=True)
class Line:
    """A report of the queue with what is odd about it."""

    report: MonthlyReport
    remarks: list[Remark]

    @property
    def weight(self) -> Weight:
        return weight_of(self.remarks)


@dataclass(frozen=True, slots=True)
class Queue:
    """The reports of a filter, what must be asked about first and the oldest first in each group."""

    lines: list[Line]
    counts: Counter[Weight]  # of month and name, whatever the group
    months: list[dt.date]  # of all that waits
    evidence: Evidence
    is_cut: bool

    @property
    def order(self) -> list[int]:
        return [line.report.pk for line in self.lines]


def queue_of(request: HttpRequest, chosen: Filter) -> Queue:
    """The queue of this person under ``chosen``; eight queries at most."""
    waiting = list(waiting_for(request.user).for_list()[: MOST + 1])
    months = sorted({report.month for report in waiting}, reverse=True)
    reports = [report for report in waiting[:MOST] if chosen.takes(report)]
    evidence = gather(reports)
    remarks = oddities(reports, evidence)
    lines = [Line(report, remarks[report.pk]) for report in reports]
    lines.sort(key=lambda line: line.weight)  # stable: the oldest first in each group
    counts = Counter(line.weight for line in lines)
    if chosen.group is not None:
        lines = [line for line in lines if line.weight == chosen.group]
    return Queue(lines, counts, months, evidence, len(waiting) > MOST)


def remember(request: HttpRequest, chosen: Filter, order: list[int]) -> None:
    """Keep the order, so that "next" costs one query; a page that was not read anew keeps its way."""
    kept = {"query": chosen.query, "order": order}
    if request.session.get(SESSION_KEY) != kept:
        request.session[SESSION_KEY] = kept


@dataclass(frozen=True, slots=True)
class Way:
    """Where a report stands among those that still wait; keys of the reports beside it."""

    previous: int | None
    following: int | None
    left: int  # besides the report itself


def way_from(request: HttpRequest, report: MonthlyReport, chosen: Filter) -> Way:
    """The reports before and after ``report``; after the last the first that was passed over."""
    order = _order(request, chosen)
    still = set(waiting_for(request.user).filter(pk__in=order).values_list("pk", flat=True))
    still.discard(report.pk)
    place = order.index(report.pk) if report.pk in order else -1
    before = [pk for pk in order[: max(place, 0)] if pk in still]
    after = [pk for pk in order[place + 1 :] if pk in still]
    following = next(iter([*after, *before]), None)
    return Way(before[-1] if before else None, following, len(still))


def _order(request: HttpRequest, chosen: Filter) -> list[int]:
    kept = request.session.get(SESSION_KEY) or {}
    if kept.get("query") != chosen.query or not kept.get("order"):
        order = queue_of(request, chosen).order
        remember(request, chosen, order)
        return order
    return kept["order"]
