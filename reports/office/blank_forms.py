"""The blank forms of all units of a ward at once, to be printed and handed out."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils import timezone
from django.views.decorators.http import require_safe

from reports import paper, periods
from reports.answers import Paper, paper_for
from reports.office.scope import choose_month, choose_ward
from units.models import Unit, UnitLink

VIEW_LINKS = "units.view_unitlink"


@require_safe
def blank_forms_page(request: HttpRequest) -> HttpResponse:
    """One sheet a unit that owes the month. The codes open the units' own links: see its policy."""
    wards = list(Unit.objects.wards().permitted(request.user, VIEW_LINKS).select_related("profile"))
    ward = choose_ward(request, wards)
    month = choose_month(request, periods.current_month(ward, timezone.localdate()))
    units = list(Unit.objects.under(ward).owing(month).in_order())
    links = {
        link.unit_id: link
        for link in UnitLink.objects.visible_to(request.user).in_use().filter(unit__in=units)
    }
    calendar = periods.Calendar(ward, [month])
    # The contents are the ward's; only their order differs from unit to unit, and paper has one.
    common = paper_for(ward, month, ward=ward)
    sheets = [
        paper.blank_sheet(
            Paper(unit, ward, month, common.items, common.indicators),
            calendar.period(month, unit),
            request,
            links.get(unit.pk),
        )
        for unit in units
    ]
    context = {"sheets": sheets, "is_blank": True, "month": month, "is_office": True}
    if sheets:  # the same on all of them: written once
        form = render_to_string("reports/print/_blank_form.html", {"sheet": sheets[0]})
        context["common_form"] = form
    return render(request, "reports/print/page.html", context)
