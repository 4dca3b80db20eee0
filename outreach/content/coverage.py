"""What went out counts for its content, in the month in which it went out."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from typing import Any

from django.db.models import Count
from django.db.models.functions import TruncMonth
from django.utils import timezone

from outreach.content.models import Piece
from outreach.content.workflow import WENT_OUT
from plans.models import ContentItem
from plans.standing import Counter
from units.models import Unit


def counter_of(model: type[Piece]) -> Counter:
    """For ``plans.standing.count_with``: each piece once a month, also one withdrawn since.

    A piece that went out in two months told people twice.
    """
    name: str = model.steps.field.name  # type: ignore[attr-defined]
    steps: Any = model.steps.field.model  # type: ignore[attr-defined]

    def by_month(
        ward: Unit, items: list[ContentItem], months: list[dt.date]
    ) -> dict[int, dict[dt.date, int]]:
        rows = (
            steps._default_manager.filter(
                **{f"{name}__owner": ward, f"{name}__content_item__in": items},
                name__in=WENT_OUT,
            )
            .annotate(month=TruncMonth("created_at", tzinfo=timezone.get_default_timezone()))
            .values_list(f"{name}__content_item", "month")
            .annotate(count=Count(name, distinct=True))
            .order_by()
        )
        asked = set(months)
        result: dict[int, dict[dt.date, int]] = defaultdict(dict)
        for item, month, count in rows:
            if month.date() in asked:
                result[item][month.date()] = count
        return result

    return by_month
