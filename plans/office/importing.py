"""A file goes in: read it, keep it, propose a plan."""

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
from plans import proposals
from plans.forms import UploadForm
from plans.models import Plan
from plans.reader import NotAPlanError, UnreadableFileError, read_plan
from units.models import Unit
from units.wards import ward_of

PASTED = "van-ban.txt"


@require_http_methods(["GET", "HEAD", "POST"])
def upload(request: HttpRequest) -> HttpResponse:
    """The page to hand in a plan's file."""
    ward = ward_of(request.user)
    if ward is None or not request.user.has_perm("plans.add_plan", ward):
        raise PermissionDenied
    sent = request.method == "POST"
    form = UploadForm(request.POST if sent else None, request.FILES if sent else None)
    known = None
    if sent and form.is_valid():
        try:
            plan, is_new = _take(_sent(form), ward=ward, user=request.user)
        except (NotAPlanError, UnreadableFileError, FileRefusedError) as error:
            form.add_error(_where(form), str(error))
        except proposals.KnownPlanError as error:
            known = error.plan
            form.add_error(_where(form), str(error))
        else:
            if not is_new:
                messages.info(request, "Tệp này đã được nạp; đây là kế hoạch đã tạo từ tệp đó.")
            return redirect(plan)
    status = 422 if form.errors else 200
    context = {"form": form, "known": known}
    return office_render(request, "plans/upload.html", context, status=status)


def _sent(form: UploadForm) -> Any:
    """The file; pasted text becomes one, so that its source is kept like any other."""
    text = form.cleaned_data["text"]
    return ContentFile(text.encode(), name=PASTED) if text else form.cleaned_data["file"]


def _where(form: UploadForm) -> str:
    return "text" if form.cleaned_data.get("text") else "file"


def _take(file: Any, *, ward: Unit, user: Any) -> tuple[Plan, bool]:
    """The plan that ``file`` makes, or has made before (False)."""
    data = file.read()
    known = proposals.known_plan(ward, proposals.digest(data))
    if known is not None:
        return known, False
    reading = read_plan(data, file.name, ward_name=ward.name)
    stored = store_upload(ContentFile(data, name=file.name), kinds=[Kind.DOCUMENT], user=user)
    plan = proposals.propose(reading, ward=ward, stored_file=stored, user=user)
    return plan, True
