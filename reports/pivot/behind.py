"""The reports behind one cell: what its row, its column and the selection have in common."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db.models import QuerySet
from django.http import Http404

from plans.models import ContentItem
from reports.models import Indicator, IndicatorValue, MonthlyReport
from reports.pivot.axes import TOTAL, grouping, months_of, time_heads
from reports.pivot.once import Parts
from reports.pivot.selection import Dimension, Measure, Selection
from reports.pivot.table import units_of
from units.models import Unit


@dataclass
class Behind:
    """``words`` say which cell it is; ``taken`` what its sum leaves out, by unit and month."""

    reports: QuerySet[MonthlyReport]
    words: str
    indicator: Indicator | None = None
    taken: Counter[tuple[int, dt.date]] = field(default_factory=Counter)

    def values_of(self, reports: Iterable[MonthlyReport]) -> list[tuple[MonthlyReport, Any, int]]:
        """Each report with its value of the indicator and what is taken off it; one query."""
        shown = list(reports)
        values = {}
        if self.indicator is not None:
            rows = IndicatorValue.objects.filter(report__in=shown, indicator=self.indicator)
            values = {row.report_id: row for row in rows}
        return [
            (report, values.get(report.pk), self.taken[report.unit_id, report.month])
            for report in shown
        ]


def reports_behind(selection: Selection, row: str, column: str) -> Behind:
    """Raises ``Http404`` for keys that the table does not have."""
    units = {unit.pk: unit for unit in units_of(selection)}
    months, wanted = list(selection.months), set(units)
    indicator = selection.indicators[0] if len(selection.indicators) == 1 else None
    content: ContentItem | None = None
    words: list[str] = []
    part, is_one_unit = TOTAL, False
    for dimension, key in ((selection.rows, row), (selection.columns, column)):
        if key == TOTAL or (dimension is Dimension.NONE and not key):
            continue
        if dimension is Dimension.UNIT:
            wanted &= {_number(key)}
            is_one_unit = True
            words += [units[pk].name for pk in wanted]
        elif dimension is Dimension.GROUP:
            wanted &= _members(selection, key, units)
            part = key
            words += [one.name for one in selection.groups if str(one.pk) == key]
        elif dimension.is_time:
            months = [month for month in months_of(key, dimension, selection) if month in months]
            words += [head.name for head in time_heads(dimension, selection) if head.key == key]
        elif dimension is Dimension.INDICATOR:
            indicator = next((one for one in selection.indicators if str(one.pk) == key), None)
            if indicator is None:
                raise Http404
            words.append(indicator.name)
        elif dimension is Dimension.CONTENT:
            content = _content(selection, key)
            words.append(content.short_title)
        if not wanted or not months:
            raise Http404
    reports = _reports(selection, wanted, months, content)
    made = Behind(reports, ", ".join(words), indicator)
    if not is_one_unit and selection.measure is Measure.VALUE:
        made.taken = _taken(selection, indicator, part, months, list(units.values()))
    return made


def _taken(
    selection: Selection,
    indicator: Indicator | None,
    part: str,
    months: list[dt.date],
    units: list[Unit],
) -> Counter[tuple[int, dt.date]]:
    """As :mod:`reports.pivot.once` takes it off the cell."""
    found: Counter[tuple[int, dt.date]] = Counter()
    if indicator is not None:
        for one in Parts(selection, months, units).repeats(part):
            if one.indicator == indicator.pk:
                found[one.unit, one.month] += one.count
    return found


def _members(selection: Selection, key: str, units: dict[int, Any]) -> set[int]:
    groups_of = grouping(selection)
    return {pk for pk, unit in units.items() if key in groups_of(unit)}


def _content(selection: Selection, key: str) -> ContentItem:
    found = ContentItem.objects.filter(plan__owner=selection.ward, pk=_number(key)).first()
    if found is None:
        raise Http404
    return found


def _number(key: str) -> int:
    return int(key) if key.isascii() and key.isdigit() and len(key) < 18 else 0


def _reports(
    selection: Selection, units: set[int], months: list[dt.date], content: ContentItem | None
) -> QuerySet[MonthlyReport]:
    """On time counts the first hand-in whatever followed; the other figures what is in now."""
    reports = MonthlyReport.objects.filter(ward=selection.ward, unit__in=units, month__in=months)
    if selection.measure is Measure.ON_TIME:
        reports = reports.filter(first_submitted_at__isnull=False)
    else:
        reports = reports.handed_in()
    if content is not None:
        reports = reports.filter(contents__content_item=content)
    return reports.for_list().order_by("month", "unit__position", "unit__sort_key", "pk")
