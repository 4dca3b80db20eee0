"""Each airing counts for the content that its bulletin tells of."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict

from django.db.models import Count
from django.db.models.functions import TruncMonth

from outreach.loudspeaker.models import Airing
from plans.models import ContentItem
from units.models import Unit


def by_month(
    ward: Unit, items: list[ContentItem], months: list[dt.date]
) -> dict[int, dict[dt.date, int]]:
    """For ``plans.standing.count_with``: airings that were heard, in the month of their day."""
    rows = (
        Airing.objects.filter(
            owner=ward, status=Airing.Status.AIRED, bulletin__content_item__in=items
        )
        .annotate(month=TruncMonth("day"))
        .values_list("bulletin__content_item", "month")
        .annotate(count=Count("pk"))
        .order_by()
    )
    asked = set(months)
    found: dict[int, dict[dt.date, int]] = defaultdict(dict)
    for item, month, count in rows:
        if month in asked:
            found[item][month] = count
    return found
