"""A plan goes out as a Word file; the ward's own templates."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.files.base import ContentFile
from django.db import IntegrityError, transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from core.admin import office_render
from core.docx import PARTY_HD05, PROFILES
from core.downloads import attachment
from core.files import FileRefusedError, Kind, open_stored, store_upload
from core.files.checks import DOCX, check_file
from plans import exports
from plans.exports import templates
from plans.forms.export import ExportForm, TemplateForm
from plans.models import Plan, PlanTemplate
from plans.office.scope import visible_plan
from plans.reader import UnreadableFileError
from plans.reader.package import Package
from units.models import Unit
from units.wards import ward_of

CHANGE = "plans.change_plan"


@require_safe
def export(request: HttpRequest, pk: int) -> HttpResponse:
    """The page to choose how the plan is printed; with ``?look=`` the file itself."""
    plan = visible_plan(request, pk)
    own = PlanTemplate.objects.in_use().filter(owner=plan.owner).select_related("file")
    initial = {"look": exports.default_profile(plan).key, "is_draft": exports.is_draft(plan)}
    form = ExportForm(
        request.GET if "look" in request.GET else None, templates=own, initial=initial
    )
    if form.is_bound and form.is_valid():
        try:
            return _word_file(_printed(plan, form), exports.file_name(plan))
        except (templates.TemplateFailedError, FileRefusedError) as error:
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
    try:
        with open_stored(form.templates[look].file) as file:
            data = file.read()
    except OSError as error:
        raise Http404 from error
    return templates.fill(data, plan, as_draft=as_draft)


def _word_file(data: bytes, name: str) -> HttpResponse:
    return attachment(data, name, DOCX)


@require_http_methods(["GET", "HEAD", "POST"])
def plan_templates(request: HttpRequest) -> HttpResponse:
    """The ward's templates: hand one in and see at once whether it fits, or stop using one."""
    ward = _own_ward(request)
    if "retire" in request.POST:
        return _retire(request, ward)
    sent = request.method == "POST"
    form = TemplateForm(request.POST if sent else None, request.FILES if sent else None)
    found: list[str] = []
    if sent and form.is_valid():
        try:
            found = _take(form.cleaned_data, ward=ward, user=request.user)
        except (FileRefusedError, UnreadableFileError) as error:
            form.add_error("file", str(error))
        except IntegrityError:
            form.add_error("name", "Phường đã có mẫu mang tên này; hãy đặt tên khác.")
        else:
            if not found:
                messages.success(request, "Mẫu dùng được và đã được lưu.")
                return redirect("admin:plan_templates")
    context = {
        "form": form,
        "problems": found,
        "templates": PlanTemplate.objects.in_use().filter(owner=ward),
        "places": templates.places(),
    }
    status = 422 if form.errors or found else 200
    return office_render(request, "plans/templates.html", context, status=status)


def _own_ward(request: HttpRequest) -> Unit:
    ward = ward_of(request.user)
    if ward is None or not request.user.has_perm(CHANGE, ward):
        raise PermissionDenied
    return ward


def _take(cleaned: dict[str, Any], *, ward: Unit, user: Any) -> list[str]:
    """Keep a template that fits; what is wrong with one that does not."""
    data = cleaned["file"].read()
    name = cleaned["file"].name
    check_file(ContentFile(data), name=name, kinds=[Kind.DOCUMENT])
    Package(data)  # no links to other places, no files within
    found = templates.problems(data)
    if found:
        return found
    with transaction.atomic():
        stored = store_upload(ContentFile(data, name=name), kinds=[Kind.DOCUMENT], user=user)
        PlanTemplate.objects.create(
            owner=ward,
            name=cleaned["name"],
            file=stored,
            checked_at=timezone.now(),
            created_by=user,
        )
    return []


def _retire(request: HttpRequest, ward: Unit) -> HttpResponse:
    """A template is not deleted: it only stops being offered."""
    text = request.POST["retire"]
    pk = int(text) if text.isascii() and text.isdigit() and len(text) < 19 else 0
    template = get_object_or_404(PlanTemplate.objects.in_use().filter(owner=ward), pk=pk)
    template.retired_at = timezone.now()
    template.save(update_fields=["retired_at"])
    messages.success(request, f"Thôi dùng mẫu “{template}”.")
    return redirect("admin:plan_templates")


@require_safe
def template_example(request: HttpRequest) -> HttpResponse:
    """A template with every place, to start from."""
    _own_ward(request)
    return _word_file(templates.example(PARTY_HD05), "mau-ke-hoach.docx")
