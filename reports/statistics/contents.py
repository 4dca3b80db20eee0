"""Which contents of the plans the units carried out in a span."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import Count, QuerySet

from plans.models import ContentItem
from reports.models import ReportContent
from reports.spans import Span
from reports.statistics.asked import OFFICIAL, ask
from reports.statistics.scope import Scope


@dataclass(frozen=True, slots=True)
class Covered:
    """One content and how many units' reports of the span say that they carried it out."""

    pk: int
    title: str
    plan: str
    unit_count: int


def covered(scope: Scope, span: Span, *, statuses: Collection[str] = OFFICIAL) -> list[Covered]:
    """The contents of all plans in force in any month of the span, in their order; two queries."""
    items = ContentItem.objects.in_force(scope.ward, span.start, span.last_month)
    counts: dict[int, int] = dict(ask(_unit_counts, scope, span, statuses))
    return [
        Covered(item.pk, item.short_title, str(item.plan), counts.get(item.pk, 0)) for item in items
    ]


def _unit_counts(
    scope: Scope, span: Span, statuses: Collection[str]
) -> QuerySet[ReportContent, tuple[int, int]]:
    """Of each content the units that carried it out.

    The months as a range: with a list of twelve, SQLite goes through the contents of all wards.
    """
    return (
        ReportContent.objects.filter(
            scope.rows("report__"),
            report__month__range=(span.start, span.last_month),
            report__status__in=list(statuses),
        )
        .values_list("content_item")
        .annotate(units=Count("report__unit", distinct=True))
        .order_by()
    )
