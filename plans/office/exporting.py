"""A plan goes out as a Word file; the ward's own templates."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods, require_safe

from core.admin import office_render
from core.docx import PARTY_HD05, PROFILES
from core.downloads import attachment
from core.files import FileRefusedError
from core.files.checks import DOCX
from core.named_places import TemplateFailedError, Values
from plans import exports
from plans.exports import templates
from plans.forms.export import ExportForm
from plans.models import Plan, TemplateKind, WordTemplate
from plans.office.scope import visible_plan
from plans.office.word_templates import Printed, content_of, templates_page
from units.models import Unit

CHANGE = "plans.change_plan"


@require_safe
def export(request: HttpRequest, pk: int) -> HttpResponse:
    """The page to choose how the plan is printed; with ``?look=`` the file itself."""
    plan = visible_plan(request, pk)
    own = WordTemplate.objects.in_use(plan.owner, TemplateKind.PLAN).select_related("file")
    initial = {"look": exports.default_profile(plan).key, "is_draft": exports.is_draft(plan)}
    form = ExportForm(
        request.GET if "look" in request.GET else None, templates=own, initial=initial
    )
    if form.is_bound and form.is_valid():
        try:
            return _word_file(_printed(plan, form), exports.file_name(plan))
        except (TemplateFailedError, FileRefusedError) as error:
            form.add_error("look", str(error))
    context = {
        "plan": plan,
        "form": form,
        "may_change": request.user.has_perm(CHANGE, plan),
    }
    status = 422 if form.errors else 200
    return office_render(request, "plans/export.html", context, status=status)


def _printed(plan: Plan, form: ExportForm) -> bytes:
    look, as_draft = form.cleaned_data["look"], form.cleaned_data["is_draft"]
    if look in PROFILES:
        return exports.export_plan(plan, profile=PROFILES[look], as_draft=as_draft)
    return templates.fill(content_of(form.templates[look]), plan, as_draft=as_draft)


def _word_file(data: bytes, name: str) -> HttpResponse:
    return attachment(data, name, DOCX)


def _trial(ward: Unit) -> Values | None:
    """The newest plan of the ward."""
    plan = Plan.objects.filter(owner=ward).order_by("-pk").first()
    return templates.values(plan, as_draft=exports.is_draft(plan)) if plan else None


PRINTED = Printed(
    kind=TemplateKind.PLAN,
    change=CHANGE,
    what="kế hoạch",
    back=("Kế hoạch", "admin:plan_list"),
    places=templates.PLACES,
    example=lambda: templates.example(PARTY_HD05),
    trial=_trial,
)


@require_http_methods(["GET", "HEAD", "POST"])
def plan_templates(request: HttpRequest) -> HttpResponse:
    """The ward's templates: hand one in and see at once whether it fits, or stop using one."""
    return templates_page(request, PRINTED)
