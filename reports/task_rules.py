"""What reports say of the tasks of plans whose rule asks them (:mod:`plans.tracking`)."""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict

from django.db.models import Sum

from core.text import format_number
from plans.models import Task
from plans.tracking import (
    Measure,
    assigned_units,
    count_choices_with,
    measure_with,
    months_of,
)
from reports import counting_once
from reports.models import HANDED_IN, Indicator, IndicatorValue, ReportContent
from units.models import Unit


def any_report(ward: Unit, tasks: list[Task], today: dt.date) -> dict[int, Measure]:
    """Done with the first report that carries the content; one query."""
    told = _told(ward, tasks)
    found = {}
    for task in tasks:
        reports = [
            pair for pair in told[task.rule_item_id] if pair[1] in set(months_of(task, today))
        ]
        words = f"{len(reports)} báo cáo có nội dung này" if reports else "chưa có báo cáo nào"
        found[task.pk] = Measure(min(len(reports), 1), 1, words)
    return found


def all_units(ward: Unit, tasks: list[Task], today: dt.date) -> dict[int, Measure]:
    """Done when every unit that it is given to has reported the content; four queries."""
    told, given = _told(ward, tasks), assigned_units(ward, tasks, today)
    found = {}
    for task in tasks:
        months, units = set(months_of(task, today)), given.get(task.pk, set())
        done = {unit for unit, month in told[task.rule_item_id] if month in months} & units
        words = f"{len(done)}/{len(units)} đơn vị được giao đã báo cáo nội dung này"
        found[task.pk] = Measure(len(done), len(units), words)
    return found


def reached(ward: Unit, tasks: list[Task], today: dt.date) -> dict[int, Measure]:
    """Done when an indicator, as the ward's totals count it, has reached its level."""
    codes = {task.rule_code for task in tasks}
    every = {month for task in tasks for month in months_of(task, today)}
    rows = IndicatorValue.objects.filter(
        ward=ward,
        month__in=every,
        value__isnull=False,
        report__status__in=HANDED_IN,
        indicator__code__in=codes,
        indicator__roll_up=Indicator.RollUp.SUM,
    ).order_by()
    sums: Counter[tuple[str, dt.date]] = Counter()
    code_of: dict[int, str] = {}
    for pk, code, month, total in rows.values_list(
        "indicator", "indicator__code", "month"
    ).annotate(total=Sum("value")):
        code_of[pk] = code
        sums[code, month] += total or 0
    for repeat in counting_once.repeats(ward, every):
        if repeat.indicator in code_of:
            sums[code_of[repeat.indicator], repeat.month] -= repeat.count
    found = {}
    for task in tasks:
        total = sum(sums[task.rule_code, month] for month in months_of(task, today))
        target = task.rule_target or 0
        words = f"{format_number(total)}/{format_number(target)} theo báo cáo của các đơn vị"
        found[task.pk] = Measure(total, target, words)
    return found


def _told(ward: Unit, tasks: list[Task]) -> dict[int | None, list[tuple[int, dt.date]]]:
    """Content's key -> unit and month of each report, handed in, that carries it."""
    rows = ReportContent.objects.filter(
        content_item__in={task.rule_item_id for task in tasks},
        report__ward=ward,
        report__status__in=HANDED_IN,
    ).order_by()
    told: defaultdict[int | None, list[tuple[int, dt.date]]] = defaultdict(list)
    for item, unit, month in rows.values_list("content_item", "report__unit", "report__month"):
        told[item].append((unit, month))
    return told


def _count_choices(ward: Unit) -> list[tuple[str, str]]:
    """The indicators that are added up, by code."""
    rows = Indicator.objects.filter(owner=ward, roll_up=Indicator.RollUp.SUM)
    return list(rows.values_list("code", "name"))


def register() -> None:
    """Plans lie below and cannot ask."""
    count_choices_with(_count_choices)
    measure_with(Task.Rule.ANY, any_report)
    measure_with(Task.Rule.ALL, all_units)
    measure_with(Task.Rule.COUNT, reached)
