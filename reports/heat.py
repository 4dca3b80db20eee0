"""Contents × months and units × months: what was told to people, and what was never told."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from core.text import format_month, last_day, month_slug
from plans import standing
from plans.models import ContentItem, Plan
from reports import statistics
from reports.models import MonthlyReport, Status
from reports.periods import last_months
from units.models import Unit

REPORTS = "báo cáo"
LOOK_BACK = 60  # months in which "since when" is looked for
FEW, SOME = 0.25, 0.5  # of the units that owe a report

# State, sign, words: the legend, in its order.
STATES = {
    "most": ("▓", "từ một nửa số đơn vị trở lên"),
    "some": ("▒", "từ một phần tư đến dưới một nửa"),
    "few": ("░", "dưới một phần tư"),
    "none": ("○", "chưa đơn vị nào"),
    "open": ("◌", "chưa đơn vị nào, còn hạn báo cáo"),
    "off": ("·", "chưa có, đã thôi nội dung này, hoặc chưa đơn vị nào phải báo cáo"),
}
UNIT_STATES = {
    "told": ("●", "đã tuyên truyền"),
    "not": ("○", "có báo cáo, không có nội dung này"),
    "missing": ("–", "chưa có báo cáo"),
    "off": ("·", "không phải báo cáo, hoặc chưa có nội dung này"),
}
OUTSIDE = ("off",)


@dataclass(frozen=True, slots=True)
class Cell:
    """One content in one month: ``count`` of ``of`` units; ``more`` are other sources in words."""

    month: dt.date
    state: str
    count: int = 0
    of: int = 0
    more: str = ""

    @property
    def words(self) -> str:
        if self.state == "off":
            return STATES["off"][1]
        return f"{self.count}/{self.of} đơn vị" + (f", {self.more}" if self.more else "")

    @property
    def slug(self) -> str:
        return month_slug(self.month)


@dataclass(frozen=True, slots=True)
class Row:
    """A content, the ``number``-th of its plan, and its months."""

    item: ContentItem
    number: int
    cells: list[Cell]
    silence: str = ""  # the sentence, where nobody has told of it lately

    @property
    def total(self) -> int:
        return sum(cell.count for cell in self.cells)


@dataclass(frozen=True, slots=True)
class Heat:
    months: list[dt.date]
    plans: list[tuple[Plan, list[Row]]]
    owing: list[int]

    @property
    def rows(self) -> list[Row]:
        return [row for _, rows in self.plans for row in rows]

    @property
    def silent(self) -> list[Row]:
        """The contents that a sentence is said of."""
        return [row for row in self.rows if row.silence]


@dataclass(frozen=True, slots=True)
class UnitRow:
    unit: Unit
    cells: list[tuple[dt.date, str]]

    @property
    def told(self) -> int:
        return sum(state == "told" for _, state in self.cells)


def heat_map(ward: Unit, newest: dt.date, count: int, *, closed_to: dt.date) -> Heat:
    """The ``count`` months up to ``newest``; four queries and one a source of coverage.

    ``closed_to`` is the last month whose reports are due: nobody is told to be silent before.
    """
    every = last_months(newest, max(LOOK_BACK, count))
    months = every[-count:]
    items = list(ContentItem.objects.asked_between(ward, every[0], newest))
    counts = standing.counts_of(ward, items, every)
    owing, only_cells = _owing(ward, every)
    who = "chi bộ" if only_cells else "đơn vị"
    plans: dict[int, tuple[Plan, list[Row]]] = {}
    numbers: dict[int, int] = defaultdict(int)
    for item in items:
        numbers[item.plan_id] += 1
        asked = [month for month in every if item.is_asked_in(month)]
        if not asked or asked[-1] < months[0]:
            continue
        asked = [month for month in asked if owing[month]]
        told = counts.get(item.pk, {})
        cells = [
            _cell(item, month, told.get(month, {}), owing[month], closed_to) for month in months
        ]
        silence = _silence(item, numbers[item.plan_id], asked, told, closed_to, newest, who)
        row = Row(item, numbers[item.plan_id], cells, silence)
        plans.setdefault(item.plan_id, (item.plan, []))[1].append(row)
    found = [(plan, rows) for plan, rows in plans.values()]
    if len(found) > 1:
        found = [(plan, [_named(row, plan) for row in rows]) for plan, rows in found]
    return Heat(months, found, [owing[month] for month in months])


def _named(row: Row, plan: Plan) -> Row:
    """The sentence says of which plan, where there are several."""
    if not row.silence:
        return row
    start = f"Nội dung {row.number}"
    silence = row.silence.replace(start, f"{start} của {plan}", 1)
    return Row(row.item, row.number, row.cells, silence)


def _owing(ward: Unit, months: list[dt.date]) -> tuple[dict[dt.date, int], bool]:
    """How many units have a duty in each month, and whether all of them are cells; one query."""
    duties = list(
        statistics.duties(ward, months[0], months[-1]).values_list(
            "unit", "unit__kind", "starts_on", "ends_on"
        )
    )
    owing = {
        month: len({unit for unit, _, start, end in duties if _touches(start, end, month)})
        for month in months
    }
    return owing, all(kind in Unit.CELL_KINDS for _, kind, _, _ in duties)


def _touches(starts_on: dt.date, ends_on: dt.date | None, month: dt.date) -> bool:
    return starts_on <= last_day(month) and (ends_on is None or ends_on > month)


def _cell(
    item: ContentItem,
    month: dt.date,
    told: Mapping[str, int],
    owing: int,
    closed_to: dt.date,
) -> Cell:
    count = told.get(REPORTS, 0)
    more = ", ".join(f"{n} {noun}" for noun, n in told.items() if noun != REPORTS and n)
    if not item.is_asked_in(month) or not owing:
        return Cell(month, "few" if count else "off", count, owing, more)
    if not count and not more:
        return Cell(month, "none" if month <= closed_to else "open", 0, owing)
    share = count / owing
    state = "few" if share < FEW else "some" if share < SOME else "most"
    return Cell(month, state, count, owing, more)


def _silence(
    item: ContentItem,
    number: int,
    asked: list[dt.date],
    told: Mapping[dt.date, Mapping[str, int]],
    closed_to: dt.date,
    newest: dt.date,
    who: str,
) -> str:
    """ "Nội dung 3 (Quyền người tiêu dùng) chưa có chi bộ nào tuyên truyền từ tháng 2/2026."."""
    if not item.is_asked_in(newest):
        return ""
    covered = [month for month in asked if told.get(month, {}).get(REPORTS)]
    silent = [month for month in asked if not covered or month > covered[-1]]
    due = [month for month in silent if month <= closed_to]
    if not due:
        return ""
    since = format_month(due[0])
    start = f"Nội dung {number} ({item.short_title}) chưa có {who} nào tuyên truyền từ {since}"
    others = sum(sum(told.get(month, {}).values()) for month in silent)
    more = f"; phường đã có {others} lần khác" if others else ""
    never = "" if covered or len(asked) >= LOOK_BACK else ", tức là từ khi có nội dung này"
    return f"{start}{never}{more}."


def unit_map(ward: Unit, item: ContentItem, newest: dt.date, count: int) -> list[UnitRow]:
    """The units with a duty in the months up to ``newest``, each with its months, for ``item``.

    Three queries and one a source that knows units.
    """
    months = last_months(newest, count)
    spans: defaultdict[int, list[tuple[dt.date, dt.date | None]]] = defaultdict(list)
    for unit, start, end in statistics.duties(ward, months[0], months[-1]).values_list(
        "unit", "starts_on", "ends_on"
    ):
        spans[unit].append((start, end))
    told = standing.covered_by_units(ward, item, months)
    received = set(
        MonthlyReport.objects.filter(
            ward=ward, month__in=months, status__in=(Status.SUBMITTED, Status.ACCEPTED)
        ).values_list("unit", "month")
    )
    asked = {month for month in months if item.is_asked_in(month)}
    rows = []
    for unit in Unit.objects.filter(pk__in=list(spans)).in_order():
        cells = []
        for month in months:
            owed = any(_touches(start, end, month) for start, end in spans[unit.pk])
            key = unit.pk, month
            state = "off" if not owed or month not in asked else "missing"
            if key in told:
                state = "told"
            elif state == "missing" and key in received:
                state = "not"
            cells.append((month, state))
        rows.append(UnitRow(unit, cells))
    return rows
