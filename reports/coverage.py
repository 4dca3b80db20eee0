"""How many reports cover a content of a plan, for the plan's own page."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict

from django.db.models import Count

from plans.models import ContentItem
from reports.models import ReportContent
from reports.statistics import HANDED_IN
from units.models import Unit


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
