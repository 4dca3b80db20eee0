"""What residents look for and the ward has not: for the office to propose goods or a content."""

from __future__ import annotations

import datetime as dt

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from core.admin import office_render
from products.models import SearchMiss
from products.models.miss import LISTED_FROM

SHOWN = 200
WEEK = dt.timedelta(days=7)


@require_safe
def misses_page(request: HttpRequest) -> HttpResponse:
    rows = SearchMiss.objects.visible_to(request.user).listed().order_by("-count", "key")
    recent = timezone.localdate() - WEEK
    this_week = "tuan-nay" in request.GET
    if this_week:
        rows = rows.filter(last_on__gt=recent)
    lines = [{"row": row, "is_recent": row.last_on > recent} for row in rows[:SHOWN]]
    context = {"lines": lines, "least": LISTED_FROM, "this_week": this_week}
    return office_render(request, "products/office/misses.html", context)
