"""Reports that wait for a decision: what must be asked about first, the clean ones last."""

from __future__ import annotations

from itertools import groupby
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from core.admin import office_render
from core.text import month_slug
from reports.oddities import RULES, Weight
from reports.office.waiting import MOST, Filter, Queue, queue_of, remember

PAGE_SIZE = 50


@require_safe
def queue_page(request: HttpRequest) -> HttpResponse:
    """By group, the oldest first in each, each report with what is odd about it."""
    chosen = Filter.of(request)
    queue = queue_of(request, chosen)
    remember(request, chosen, queue.order)
    page = Paginator(queue.lines, PAGE_SIZE).get_page(request.GET.get("trang"))
    groups = [
        {"weight": weight, "count": queue.counts[weight], "rows": list(rows)}
        for weight, rows in groupby(page.object_list, key=lambda line: line.weight)
    ]
    context = {
        "page": page,
        "groups": groups,
        "chosen": chosen,
        "months": [(month_slug(month), month) for month in queue.months],
        "month": month_slug(chosen.month) if chosen.month else "",
        "switches": _switches(chosen, queue),
        "is_filtered": bool(chosen.query),
        "clean_count": queue.counts[Weight.CLEAN],
        "most": MOST if queue.is_cut else None,
        "rules": [{"label": weight.label, "rules": rules} for weight, rules in RULES.items()],
    }
    return office_render(request, "reports/office/queue.html", context)


def _switches(chosen: Filter, queue: Queue) -> list[dict[str, Any]]:
    """The groups as a row of links, each with its count."""
    found = [{"label": "Tất cả", "count": queue.counts.total(), "group": None}]
    found += [{"label": one.label, "count": queue.counts[one], "group": one} for one in Weight]
    return [
        {
            **one,
            "url": chosen.of_group(one["group"]).query or "?",
            "is_current": one["group"] == chosen.group,
        }
        for one in found
    ]
