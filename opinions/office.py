"""The office on opinions: the propaganda role reads, the leader or administrator switches on."""

from __future__ import annotations

import datetime as dt
from http import HTTPStatus
from itertools import groupby
from typing import Any

from django.contrib import messages
from django.db.models import Count
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from core.admin import office_render
from core.workflow import StaleError, TransitionRefusedError
from opinions import rules, workflow
from opinions.forms import DecisionForm, ReadingForm
from opinions.models import OpinionNote, OpinionReading, OpinionSetting, Topic
from units.models import Unit

READINGS_SHOWN = 20


@require_http_methods(["GET", "HEAD", "POST"])
def notes_page(request: HttpRequest) -> HttpResponse:
    """How many notes there are; the texts only after a press of the button, which is recorded.

    Reading is a POST: no address shows a text, so none is left in a history or a cache.
    """
    ward, wards = _ward(request, rules.VIEW)
    form = ReadingForm(request.POST if request.method == "POST" else None)
    groups: list[tuple[str, list[OpinionNote]]] = []
    month: dt.date | None = None
    if request.method == "POST" and form.is_valid():
        month = form.cleaned_data["month"]
        topic = form.cleaned_data["topic"]
        found = workflow.read(ward, month, topic=topic, actor=request.user)
        groups = [
            (Topic(one).label, list(notes)) for one, notes in groupby(found, lambda n: n.topic)
        ]
    context = {
        "ward": ward,
        "wards": wards,
        "form": form,
        "read_month": month,
        "groups": groups,
        "months": _months(ward),
        "is_open": OpinionSetting.objects.is_open_for(ward),
        "readings": _readings(ward),
    }
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
    return office_render(request, "opinions/office/notes.html", context, status)


@require_http_methods(["GET", "HEAD", "POST"])
def setting_page(request: HttpRequest) -> HttpResponse:
    """Switch opinions on, with the ward's written word, or off; and who read them."""
    ward, wards = _ward(request, rules.DECIDE)
    setting = OpinionSetting.objects.filter(ward=ward).select_related("by").first()
    if request.method == "POST":
        form = DecisionForm(request.POST)
        status = _decide(request, ward, form)
        if status == HTTPStatus.FOUND:
            return redirect(request.get_full_path())
        setting = OpinionSetting.objects.filter(ward=ward).select_related("by").first()
    else:
        form, status = DecisionForm(initial={"seen_version": _version(setting)}), HTTPStatus.OK
    context = {
        "ward": ward,
        "wards": wards,
        "setting": setting,
        "form": form,
        "seen_version": _version(setting),
        "decisions": setting.decisions.select_related("by")[:READINGS_SHOWN] if setting else [],
        "readings": _readings(ward),
    }
    return office_render(request, "opinions/office/setting.html", context, status)


def _decide(request: HttpRequest, ward: Unit, form: DecisionForm) -> int:
    """Take the decision; the status of the answer, with what was wrong in ``form``."""
    if not form.is_valid():
        return HTTPStatus.UNPROCESSABLE_ENTITY
    try:
        workflow.decide(
            ward,
            is_open=form.is_open,
            statement=form.cleaned_data["statement"],
            actor=request.user,
            seen_version=form.cleaned_data["seen_version"],
        )
    except StaleError as stale:
        form.add_error(None, str(stale))
        return HTTPStatus.CONFLICT
    except TransitionRefusedError as refusal:
        form.add_error("statement", str(refusal))
        return HTTPStatus.UNPROCESSABLE_ENTITY
    done = "Đã mở mục ý kiến" if form.is_open else "Đã đóng mục ý kiến"
    messages.success(request, f"{done} của {ward}.")
    return HTTPStatus.FOUND


def _version(setting: OpinionSetting | None) -> int:
    """A setting that does not exist yet will begin with version 1."""
    return setting.version if setting else 1


def _ward(request: HttpRequest, action: str) -> tuple[Unit, list[Unit]]:
    """The ward that ``?phuong=`` names, else the first; 404 where there is none."""
    wards = list(Unit.objects.wards().permitted(request.user, action))
    wanted = request.GET.get("phuong", "")
    chosen = [ward for ward in wards if str(ward.pk) == wanted] if wanted else wards
    if not chosen:
        raise Http404
    return chosen[0], wards


def _months(ward: Unit) -> list[dict[str, Any]]:
    """The months that have notes, the newest first, with how many there are of each matter."""
    rows = (
        OpinionNote.objects.filter(ward=ward)
        .order_by("-month")
        .values_list("month", "topic")
        .annotate(count=Count("pk"))
    )
    months = []
    for month, lines in groupby(rows, lambda row: row[0]):
        counts = {topic: count for _, topic, count in lines}
        topics = [(Topic(one).label, counts[one]) for one in Topic.values if one in counts]
        months.append({"month": month, "count": sum(counts.values()), "topics": topics})
    return months


def _readings(ward: Unit) -> list[OpinionReading]:
    rows = OpinionReading.objects.filter(ward=ward).select_related("by")
    return list(rows[:READINGS_SHOWN])
