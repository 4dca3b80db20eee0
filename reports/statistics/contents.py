"""Which contents of the plans the units carried out in a span."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import Count, Q

from plans.models import ContentItem
from reports.models import MonthlyReport, ReportContent
from reports.spans import Span
from reports.statistics.periods import OFFICIAL
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
    counts = dict(
        ReportContent.objects.filter(
            Q(report__in=_reports(scope, span, statuses)), content_item__plan__owner=scope.ward
        )
        .values_list("content_item")
        .annotate(units=Count("report__unit", distinct=True))
        .order_by()
    )
    return [
        Covered(item.pk, item.short_title, str(item.plan), counts.get(item.pk, 0)) for item in items
    ]


def _reports(scope: Scope, span: Span, statuses: Collection[str]) -> object:
    return (
        MonthlyReport.objects.filter(scope.rows(), month__in=span.months, status__in=list(statuses))
        .order_by()
        .values("pk")
    )
