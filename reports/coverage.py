"""Which contents of the plans reports cover: for the plan's page, the heat map and the form."""

from __future__ import annotations

import datetime as dt
import time
from collections import defaultdict

from django.db.models import Count

from core.text import previous_month
from plans.models import ContentItem
from reports.models import ReportContent
from reports.statistics import HANDED_IN
from units.models import Unit

REMEMBERED = 600  # seconds; the order of a form may be that much behind

_told_lately: dict[tuple[int, dt.date], tuple[float, frozenset[int]]] = {}


def by_month(
    ward: Unit, items: list[ContentItem], months: list[dt.date]
) -> dict[int, dict[dt.date, int]]:
    """Content's key -> month -> reports handed in that cover it; one query."""
    rows = (
        ReportContent.objects.filter(
            content_item__in=items,
            report__ward=ward,
            report__month__in=months,
            report__status__in=HANDED_IN,
        )
        .values_list("content_item", "report__month")
        .annotate(count=Count("pk"))
        .order_by()
    )
    result: dict[int, dict[dt.date, int]] = defaultdict(dict)
    for item, month, count in rows:
        result[item][month] = count
    return result


def by_unit(ward: Unit, item: ContentItem, months: list[dt.date]) -> set[tuple[int, dt.date]]:
    """The units and months whose report, handed in, covers ``item``; one query."""
    rows = ReportContent.objects.filter(
        content_item=item,
        report__ward=ward,
        report__month__in=months,
        report__status__in=HANDED_IN,
    )
    return set(rows.order_by().values_list("report__unit", "report__month"))


def told_lately(ward: Unit, month: dt.date) -> frozenset[int]:
    """Keys of the contents that any unit of ``ward`` covered in the two months before ``month``.

    What is not among them stands first on the form of ``month``. One query in ten minutes: every
    screen of the form asks, and the past hardly changes.
    """
    key, now = (ward.pk, month), time.monotonic()
    known = _told_lately.get(key)
    if known is not None and now - known[0] < REMEMBERED:
        return known[1]
    before = previous_month(month)
    rows = ReportContent.objects.filter(
        report__ward=ward,
        report__month__in=[previous_month(before), before],
        report__status__in=HANDED_IN,
    )
    told = frozenset(rows.order_by().values_list("content_item", flat=True).distinct())
    if len(_told_lately) > 1000:
        _told_lately.clear()
    _told_lately[key] = now, told
    return told


def forget() -> None:
    """Ask the database again."""
    _told_lately.clear()
