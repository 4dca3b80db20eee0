"""“Gánh nặng báo cáo”: what the reports cost the units, and which questions could go."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from core.admin import office_render
from core.text import first_of_month, previous_month
from reports import burden, statistics
from reports.office.scope import choose_ward, permitted_wards, ward_context
from reports.periods import last_months

VIEW_INDICATORS = "reports.view_indicator"
MONTHS = 6


@require_safe
def burden_page(request: HttpRequest) -> HttpResponse:
    """The six months before the current one, of one ward."""
    wards = permitted_wards(request, VIEW_INDICATORS)
    ward = choose_ward(request, wards)
    months = last_months(previous_month(first_of_month(timezone.localdate())), MONTHS)
    has_reports = burden.has_reports(ward, months)
    context = {
        "months": months,
        "burden": burden.burden(ward, months),
        "unanswered": burden.unanswered(ward, months) if has_reports else [],
        "without_output": burden.without_output(ward, months[-1]),
        "has_reports": has_reports,
        "definitions": [statistics.MINUTES, statistics.SCREENS],
        **ward_context(ward, wards),
    }
    return office_render(request, "reports/office/burden.html", context)
