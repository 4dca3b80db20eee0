"""The secretary's page for a note. It stands apart from the report and keeps nothing on the phone."""

from __future__ import annotations

import datetime as dt
import uuid
from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from core.access import policy
from core.workflow import TransitionRefusedError
from opinions import personal, rules, workflow
from opinions.forms import NoteForm
from opinions.models import OpinionNote, OpinionSetting
from opinions.workflow import PersonalDataError
from units.models import Unit

EDIT, AFFIRM = "edit", "affirm"


@policy(rules.ADD)
@sensitive_post_parameters("text")
@require_http_methods(["GET", "HEAD", "POST"])
def note(request: HttpRequest, unit_pk: int, month: dt.date) -> HttpResponse:
    """Write a note; afterwards the page says only that it was sent."""
    unit = get_object_or_404(Unit.objects.permitted(request.user, rules.ADD), pk=unit_pk)
    _check_month(unit, month)
    if request.method == "POST":
        return _send(request, unit, month)
    if not OpinionSetting.objects.is_open_for(unit):
        return _refused(request, unit, month, workflow.CLOSED)
    return _page(request, unit, month, NoteForm(initial={"key": uuid.uuid4()}))


def _check_month(unit: Unit, month: dt.date) -> None:
    """404 for a month to come, and for one in which the unit had no duty to report."""
    if month > timezone.localdate() or not unit.duties.in_month(month).exists():
        raise Http404


def _send(request: HttpRequest, unit: Unit, month: dt.date) -> HttpResponse:
    form = NoteForm(request.POST)
    if not form.is_valid() or request.POST.get("step") == EDIT:
        status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
        return _page(request, unit, month, form, status)
    typed = form.cleaned_data
    try:
        workflow.send(
            unit,
            month,
            topic=typed["topic"],
            text=typed["text"],
            key=typed["key"],
            actor=request.user,
            is_affirmed=request.POST.get("step") == AFFIRM,
        )
    except PersonalDataError as question:
        return _question(request, unit, month, form, question)
    except TransitionRefusedError as refusal:
        if not OpinionSetting.objects.is_open_for(unit):
            return _refused(request, unit, month, str(refusal), typed["text"])
        form.add_error("text", str(refusal))
        return _page(request, unit, month, form, HTTPStatus.UNPROCESSABLE_ENTITY)
    messages.success(request, "Đã gửi ý kiến. Chỉ cán bộ tuyên giáo của phường đọc được.")
    return redirect("opinions:note", unit.pk, month)


def _page(
    request: HttpRequest, unit: Unit, month: dt.date, form: NoteForm, status: int = HTTPStatus.OK
) -> HttpResponse:
    sent = OpinionNote.objects.filter(unit=unit, month=month).order_by("-pk")
    context = {
        "form": form,
        "sent_count": sent.count(),
        "last_at": sent.values_list("created_at", flat=True).first(),
    }
    return _render(request, unit, month, "note.html", context, status)


def _question(
    request: HttpRequest, unit: Unit, month: dt.date, form: NoteForm, question: PersonalDataError
) -> HttpResponse:
    """What was found, marked and named, and two buttons."""
    pieces = personal.pieces(form.cleaned_data["text"], question.findings)
    context = {
        "form": form,
        "typed": form.cleaned_data,
        "pieces": pieces,
        "found": [(kind, piece) for piece, kind in pieces if kind],
    }
    return _render(request, unit, month, "question.html", context, HTTPStatus.UNPROCESSABLE_ENTITY)


def _refused(
    request: HttpRequest, unit: Unit, month: dt.date, refusal: str, text: str = ""
) -> HttpResponse:
    context = {"refusal": refusal, "text": text}
    return _render(request, unit, month, "refused.html", context, HTTPStatus.UNPROCESSABLE_ENTITY)


def _render(
    request: HttpRequest,
    unit: Unit,
    month: dt.date,
    template: str,
    context: dict[str, Any],
    status: int,
) -> HttpResponse:
    common = {
        "unit": unit,
        "month": month,
        "ward_profile": getattr(unit.ward, "profile", None),
    }
    response = render(request, f"opinions/secretary/{template}", common | context, status=status)
    response.headers["Cache-Control"] = "private, no-store"
    return response
