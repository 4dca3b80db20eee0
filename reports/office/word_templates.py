"""The ward's own Word templates of the report and of the proposal to commend."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from core.admin import OfficePage
from core.docx import PROFILES
from core.named_places import Values
from plans.models import TemplateKind
from plans.office.word_templates import Printed, templates_page
from reports import commendation
from reports.exports import templates
from reports.models import ConsolidatedReport
from reports.workflow import consolidated
from units.models import Unit

CHANGE = consolidated.CHANGE


def _newest_report(ward: Unit) -> Values | None:
    document = ConsolidatedReport.objects.filter(owner=ward).for_list().order_by("-pk").first()
    if document is None:
        return None
    draft = consolidated.draft_of(document)
    if draft.wrong or draft.figures.is_empty:  # no document with a wrong figure is ever drawn
        return None
    return templates.official_values(
        draft,
        PROFILES[document.profile],
        is_draft=document.is_draft,
        code=document.trace_code,
    )


def _quarter_to_commend(ward: Unit) -> Values:
    today = timezone.localdate()
    span = commendation.span_of("", today)
    settings, _ = commendation.settings_of(ward)
    lines = commendation.shortlist(ward, span.months, settings, today)
    return templates.commendation_values(ward, lines, settings, span)


REPORT = Printed(
    kind=TemplateKind.OFFICIAL,
    change=CHANGE,
    what="báo cáo tổng hợp",
    back=("Báo cáo tổng hợp", "admin:consolidated_desk"),
    places=templates.OFFICIAL,
    example=templates.official_example,
    trial=_newest_report,
)
PROPOSAL = Printed(
    kind=TemplateKind.COMMENDATION,
    change=CHANGE,
    what="đề nghị biểu dương",
    back=("Đề nghị biểu dương", "admin:commend"),
    places=templates.COMMENDATION,
    example=templates.commendation_example,
    trial=_quarter_to_commend,
)


@require_http_methods(["GET", "HEAD", "POST"])
def report_templates(request: HttpRequest) -> HttpResponse:
    return templates_page(request, REPORT)


@require_http_methods(["GET", "HEAD", "POST"])
def commendation_templates(request: HttpRequest) -> HttpResponse:
    return templates_page(request, PROPOSAL)


PAGES = tuple(
    OfficePage(route=route, name=name, view=view, policy=CHANGE, section="reports")
    for route, name, view in (
        ("bao-cao/mau-van-ban/", "consolidated_templates", report_templates),
        ("bieu-duong/mau-van-ban/", "commend_templates", commendation_templates),
    )
)
