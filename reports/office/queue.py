"""Reports that wait for a decision."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from core.admin import office_render
from reports.oddities import oddities
from reports.office.scope import waiting_for

PAGE_SIZE = 25


@require_safe
def queue_page(request: HttpRequest) -> HttpResponse:
    """The oldest first, each with what is odd about it."""
    page = Paginator(waiting_for(request.user).for_list(), PAGE_SIZE).get_page(
        request.GET.get("trang")
    )
    remarks = oddities(page.object_list)
    rows = [{"report": report, "remarks": remarks[report.pk]} for report in page.object_list]
    return office_render(request, "reports/office/queue.html", {"page": page, "rows": rows})
