"""The page of a ward's own Word templates of one kind: hand in, see at once what does not fit."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.files.base import ContentFile
from django.db import IntegrityError, transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone

from core.admin import office_render
from core.downloads import attachment
from core.files import FileRefusedError, Kind, check_file, open_stored, store_upload
from core.files.checks import DOCX
from core.named_places import Places, TemplateFailedError, Values, filled, problems
from plans.forms.export import OWN, TemplateForm
from plans.models import WordTemplate
from plans.reader import UnreadableFileError
from plans.reader.package import Package
from units.models import Unit
from units.wards import ward_of


@dataclass(frozen=True, slots=True)
class Printed:
    """A kind of document that wards print in their own form. ``trial`` gives the values of a
    real document of the ward, or None where it has none yet.
    """

    kind: str
    change: str  # the right to hand one in
    what: str  # "kế hoạch", within a sentence
    back: tuple[str, str]  # name and address of the page above
    places: Places
    example: Callable[[], bytes]
    trial: Callable[[Unit], Values | None]


def own_ward(request: HttpRequest, printed: Printed) -> Unit:
    """The ward whose templates this person looks after; else 403."""
    ward = ward_of(request.user)
    if ward is None or not request.user.has_perm(printed.change, ward):
        raise PermissionDenied
    return ward


def templates_page(request: HttpRequest, printed: Printed) -> HttpResponse:
    """Hand one in, stop using one; ``?xem=`` is one filled in with a real document,
    ``?vi-du=1`` one to start from.
    """
    ward = own_ward(request, printed)
    if request.method != "POST" and "vi-du" in request.GET:
        return attachment(printed.example(), f"mau-{printed.kind}.docx", DOCX)
    if "retire" in request.POST:
        return _retire(request, ward, printed)
    found: list[str] = []
    if request.method != "POST" and "xem" in request.GET:
        try:
            return _preview(request, ward, printed)
        except (TemplateFailedError, FileRefusedError) as error:
            found = [str(error)]
    sent = request.method == "POST"
    form = TemplateForm(request.POST if sent else None, request.FILES if sent else None)
    if sent and form.is_valid():
        try:
            found = _take(form.cleaned_data, printed, ward=ward, user=request.user)
        except (FileRefusedError, UnreadableFileError) as error:
            form.add_error("file", str(error))
        except IntegrityError:
            form.add_error("name", "Phường đã có mẫu mang tên này; hãy đặt tên khác.")
        else:
            if not found:
                messages.success(request, "Mẫu dùng được và đã được lưu.")
                return redirect(request.path)
    context = {
        "form": form,
        "problems": found,
        "printed": printed,
        "templates": WordTemplate.objects.in_use(ward, printed.kind),
    }
    status = 422 if form.errors or found else 200
    return office_render(request, "plans/templates.html", context, status=status)


def _take(cleaned: dict[str, Any], printed: Printed, *, ward: Unit, user: Any) -> list[str]:
    """Keep a template that fits; what is wrong with one that does not."""
    data = cleaned["file"].read()
    name = cleaned["file"].name
    check_file(ContentFile(data), name=name, kinds=[Kind.DOCUMENT], user=user)
    Package(data)  # no links to other places, no files within
    found = problems(data, printed.places, printed.trial(ward))
    if found:
        return found
    with transaction.atomic():
        stored = store_upload(ContentFile(data, name=name), kinds=[Kind.DOCUMENT], user=user)
        WordTemplate.objects.create(
            kind=printed.kind,
            owner=ward,
            name=cleaned["name"],
            file=stored,
            checked_at=timezone.now(),
            created_by=user,
        )
    return []


def _preview(request: HttpRequest, ward: Unit, printed: Printed) -> HttpResponse:
    """The template with the newest real document in it; with dots where there is none yet."""
    template = _named(request.GET["xem"], ward, printed)
    values = printed.trial(ward) or printed.places.trial
    return attachment(filled(content_of(template), values), "xem-thu.docx", DOCX)


def _retire(request: HttpRequest, ward: Unit, printed: Printed) -> HttpResponse:
    """A template is not deleted: it only stops being offered."""
    template = _named(request.POST["retire"], ward, printed)
    template.retired_at = timezone.now()
    template.save(update_fields=["retired_at"])
    messages.success(request, f"Thôi dùng mẫu “{template}”.")
    return redirect(request.path)


def _named(text: str, ward: Unit, printed: Printed) -> WordTemplate:
    pk = int(text) if text.isascii() and text.isdigit() and len(text) < 19 else 0
    return get_object_or_404(WordTemplate.objects.in_use(ward, printed.kind), pk=pk)


def chosen_template(look: str, owner: Unit, kind: str) -> WordTemplate | None:
    """The template that ``look`` ("mau-12") names among those in use; None for any other look."""
    text = look.removeprefix(OWN)
    if text == look or not (text.isascii() and text.isdigit() and len(text) < 19):
        return None
    return WordTemplate.objects.in_use(owner, kind).select_related("file").filter(pk=text).first()


def content_of(template: WordTemplate) -> bytes:
    """Its bytes; 404 where the file is gone."""
    try:
        with open_stored(template.file) as file:
            return file.read()
    except OSError as error:
        raise Http404 from error
