"""A file goes in: read it, keep it, propose a plan or compare it with the one that is here."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.files.base import ContentFile
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from core.admin import office_render
from core.files import FileRefusedError, Kind, store_upload
from plans import proposals, revising
from plans.forms import UploadForm
from plans.models import Plan
from plans.reader import NotAPlanError, Reading, UnreadableFileError, read_plan, read_text
from units.models import Unit
from units.permissions import scope_q
from units.wards import ward_of

PASTED = "van-ban.txt"


@require_http_methods(["GET", "HEAD", "POST"])
def upload(request: HttpRequest) -> HttpResponse:
    """The page to hand in a plan's file, or its text. ``?cua=`` names the plan it renews."""
    ward = ward_of(request.user)
    if ward is None or not request.user.has_perm("plans.add_plan", ward):
        raise PermissionDenied
    form = _form(request, ward)
    if request.method == "POST" and form.is_valid():
        try:
            return _take(request, form, ward)
        except (NotAPlanError, UnreadableFileError, FileRefusedError) as error:
            form.add_error("text" if form.cleaned_data["text"] else "file", str(error))
    status = 422 if form.errors else 200
    return office_render(request, "plans/upload.html", {"form": form}, status=status)


def _form(request: HttpRequest, ward: Unit) -> UploadForm:
    may = scope_q(request.user, "plans.change_plan", prefix="owner__")
    plans = Plan.objects.filter(may, owner=ward).defer("reading")
    asked = request.GET.get("cua", "")
    sent = request.method == "POST"
    return UploadForm(
        request.POST if sent else None,
        request.FILES if sent else None,
        plans=plans,
        initial={"revises": asked if asked.isascii() and asked.isdigit() else None},
    )


def _take(request: HttpRequest, form: UploadForm, ward: Unit) -> HttpResponse:
    """Read what was sent; the page on which to go on."""
    file, text = form.cleaned_data["file"], form.cleaned_data["text"]
    data = text.encode() if text else file.read()
    known = proposals.known_plan(ward, proposals.digest(data))
    if known is not None:
        messages.info(request, "Tệp này đã được nạp; đây là kế hoạch đã tạo từ tệp đó.")
        return redirect(known)
    if text:
        reading = read_text(text, ward_name=ward.name)
    else:
        reading = read_plan(data, file.name, ward_name=ward.name)
    content = ContentFile(data, name=PASTED if text else file.name)
    stored = store_upload(content, kinds=[Kind.DOCUMENT], user=request.user)
    return _keep(request, reading, stored, ward, form.cleaned_data["revises"])


def _keep(
    request: HttpRequest, reading: Reading, stored: Any, ward: Unit, revises: Plan | None
) -> HttpResponse:
    """A plan of its own, or a newer text of the one that ``revises`` or its number says."""
    if revises is None:
        try:
            return redirect(
                proposals.propose(reading, ward=ward, stored_file=stored, user=request.user)
            )
        except proposals.KnownPlanError as error:
            revises = error.plan
            messages.info(
                request,
                "Kế hoạch cùng số, ngày và cơ quan ban hành đã có; đây là chỗ khác giữa hai bản.",
            )
    if not request.user.has_perm("plans.change_plan", revises):
        raise PermissionDenied
    revising.start(revises, stored, user=request.user)
    return redirect("admin:plan_revision", pk=revises.pk)
