"""The page of one form: what people will see, how far it is, and the buttons."""

from __future__ import annotations

import datetime as dt
import re
from functools import partial
from http import HTTPStatus
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from core.admin import OfficePage, office_render
from core.forms import PlainTextField, VietnameseDateField
from core.workflow import StaleError, TransitionRefusedError
from outreach.content import approving, kinds, workflow
from outreach.content.models import ROAD, Piece
from outreach.content.office.preview import preview_of

_TIME = re.compile(r"(\d{1,2})\s*(?:[:hg.]|giờ)\s*(\d{2})?\s*(?:phút)?", re.IGNORECASE)


class StepForm(forms.Form):
    """A click on one of the buttons, with what some of them ask for."""

    reason = PlainTextField(
        label="Lý do, nhận xét",
        required=False,
        max_length=1000,
        multiline=True,
        help_text="Ghi vào lịch sử; người soạn đọc.",
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    day = VietnameseDateField(label="Ngày phát hành", required=False, help_text="Ví dụ: 21/4/2027.")
    time = PlainTextField(
        label="Giờ phát hành", required=False, max_length=12, help_text="Ví dụ: 7:30 hoặc 16h45."
    )
    step = forms.ChoiceField(choices=[(name, name) for name in workflow.STEPS])
    seen_version = forms.IntegerField(label="Bản đang xem")

    def clean_time(self) -> dt.time | None:
        typed = self.cleaned_data["time"]
        if not typed:
            return None
        found = _TIME.fullmatch(typed)
        hour, minute = (int(found[1]), int(found[2] or 0)) if found else (99, 0)
        if hour > 23 or minute > 59:
            raise forms.ValidationError("Không hiểu giờ này, hãy gõ như 7:30 hoặc 16h45.")
        return dt.time(hour, minute)

    def due_at(self) -> dt.datetime | None:
        day, time = self.cleaned_data.get("day"), self.cleaned_data.get("time")
        if day is None or time is None:
            return None
        return dt.datetime.combine(day, time, tzinfo=timezone.get_current_timezone())


@require_http_methods(["GET", "HEAD", "POST"])
def step_page(request: HttpRequest, pk: int, *, kind: kinds.Kind) -> HttpResponse:
    rows: Any = kind.model._default_manager.visible_to(request.user)  # type: ignore[attr-defined]
    rows = rows.select_related("owner", "author", "content_item__plan")
    piece = get_object_or_404(rows, pk=pk)
    form, status = StepForm(request.POST or None), HTTPStatus.OK
    if request.method == "POST":
        status = HTTPStatus.UNPROCESSABLE_ENTITY
        if form.is_valid():
            try:
                fresh = _take(request, piece, form)
            except StaleError as error:
                piece, status = error.fresh, HTTPStatus.CONFLICT
                form.add_error(None, str(error))
            except TransitionRefusedError as error:
                piece.refresh_from_db()
                form.add_error(None, str(error))
            else:
                messages.success(request, f"{fresh.title}: {fresh.get_status_display()}.")
                return redirect(f"admin:{kind.step_name}", fresh.pk)
    return office_render(
        request,
        "outreach/content/office/step.html",
        _context(request, kind, piece, form),
        status=status,
    )


def _take(request: HttpRequest, piece: Piece, form: StepForm) -> Any:
    sent = form.cleaned_data
    return workflow.take(
        workflow.STEPS[sent["step"]],
        piece,
        actor=request.user,
        seen_version=sent["seen_version"],
        reason=sent["reason"],
        due_at=form.due_at(),
    )


def _context(
    request: HttpRequest, kind: kinds.Kind, piece: Piece, form: StepForm
) -> dict[str, object]:
    history = list(piece.steps.select_related("actor").order_by("-pk"))  # type: ignore[attr-defined]
    for entry in history:
        entry.label = workflow.LABELS[entry.name]
    steps = workflow.open_steps(piece, request.user)
    timed = [step for step in steps if step is workflow.SCHEDULE]
    reasoned = [step for step in steps if step.needs_reason]
    lapsed = piece.lapsed_bases()
    address = ""
    if piece.status == piece.Status.PUBLISHED and hasattr(piece, "get_absolute_url"):
        address = piece.get_absolute_url()
    return {
        "kind": kind,
        "piece": piece,
        "form": form,
        "steps": {
            "any": steps,
            "plain": [step for step in steps if step not in timed and step not in reasoned],
            "timed": timed,
            "reasoned": reasoned,
        },
        "history": history,
        "road": _road(piece),
        "is_on_road": piece.status in ROAD,
        "bases": list(piece.bases.all()),
        "lapsed": [workflow.lapse_of(basis) for basis in lapsed],
        "refusal": workflow.why_not_approve(piece, request.user),
        "fault": piece.fault() if piece.is_open else "",
        "may_ask_leader": approving.may_ask(request.user, kind, piece),
        "may_edit": piece.is_open and request.user.has_perm(f"outreach.change_{kind.name}", piece),
        "edit_url": f"admin:outreach_{kind.name}_change",
        "list_name": f"admin:outreach_{kind.name}_changelist",
        "history_name": f"admin:history_{kind.slug}",
        "address": address,
        "due_words": workflow.said(piece.due_at) if piece.due_at else "",
        "published_words": workflow.said(piece.published_at) if piece.published_at else "",
        **preview_of(request, piece),
    }


def _road(piece: Piece) -> list[tuple[str, str]]:
    """The places on the way, each with where the piece stands: done, here, or ahead."""
    here = list(ROAD).index(piece.status) if piece.status in ROAD else -1  # type: ignore[arg-type]
    return [
        (str(place.label), "done" if number < here else "here" if number == here else "ahead")
        for number, place in enumerate(ROAD)
    ]


def pages_of(kind: kinds.Kind) -> tuple[OfficePage, ...]:
    """The page of steps of a form; its list and form are its admin's."""
    return (
        OfficePage(
            route=f"tuyen-truyen/{kind.slug}/<int:pk>/",
            name=kind.step_name,
            view=partial(step_page, kind=kind),
            policy=f"outreach.view_{kind.name}",
            section="outreach",
        ),
    )
