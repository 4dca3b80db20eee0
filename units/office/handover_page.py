"""The hand-over of a secretary: one form, its sentences, then the card and the PIN."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from core.admin import office_render
from core.workflow import StaleError
from units import handover, links
from units.changes import ChangeRefusedError
from units.forms import HandOverForm
from units.models import Unit
from units.office.cards import card_of

ACTION = "units.hand_over_unit"
SAVE = "luu"


@require_http_methods(["GET", "HEAD", "POST"])
def hand_over_page(request: HttpRequest, pk: int) -> HttpResponse:
    unit = get_object_or_404(Unit.objects.permitted(request.user, ACTION), pk=pk)
    sent = request.POST if request.method == "POST" else None
    form = HandOverForm(sent, initial={"on": timezone.localdate()})
    context: dict[str, Any] = {"unit": unit, "form": form, "people": links.people_of(unit)}
    if sent is None:
        return _answer(request, context, HTTPStatus.OK)
    if not form.is_valid():
        return _answer(request, context, HTTPStatus.UNPROCESSABLE_ENTITY)
    asked = form.asked(unit)
    shown = handover.preview(asked, actor=request.user, today=timezone.localdate())
    context["preview"] = shown
    if shown.refusals:
        return _answer(request, context, HTTPStatus.UNPROCESSABLE_ENTITY)
    if sent.get("action") != SAVE:
        return _answer(request, context, HTTPStatus.OK)
    try:
        done = handover.carry_out(asked, actor=request.user, seen=form.cleaned_data["seen"])
    except StaleError as error:
        context |= {"preview": error.fresh, "is_stale": True}
        return _answer(request, context, HTTPStatus.CONFLICT)
    except ChangeRefusedError as error:
        context |= {"preview": None, "late_refusals": error.reasons}
        return _answer(request, context, HTTPStatus.UNPROCESSABLE_ENTITY)
    return office_render(
        request,
        "units/office/slip.html",
        {
            "card": card_of(done.link, request, done.pin),
            "unit": unit,
            "done": f"Đã bàn giao cho đồng chí {done.person}",
        },
    )


def _answer(request: HttpRequest, context: dict[str, Any], status: HTTPStatus) -> HttpResponse:
    return office_render(request, "units/office/hand_over.html", context, status)
