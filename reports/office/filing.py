""" "Nộp hộ": the report that a secretary dictates by telephone, typed on one page and handed in."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from core.admin import office_render
from core.text import format_month
from core.workflow import StaleError, TransitionRefusedError
from reports import drafts, forms, periods, photos, rules, workflow
from reports.answers import PARTS, Answers, Paper, paper_for
from reports.compare import typed_differences
from reports.forms import PART_FORMS, FilingForm, ZeroForm
from reports.models import Status, Submission
from reports.office.cell import owed_or_404
from reports.office.cell import sentence as cell_sentence
from reports.periods import Owed
from reports.views import counts
from reports.views.hand_in import unanswered
from reports.views.photos import photo_rows
from reports.views.place import Place

FILE, ZERO = "file", "zero"
STALE = (
    "Trong lúc đồng chí nhập, có người đã sửa bản nháp này. Đồng chí xem chỗ khác nhau bên dưới; "
    "bấm lần nữa thì lấy phần đồng chí vừa nhập."
)


@require_http_methods(["GET", "HEAD", "POST"])
def file_page(request: HttpRequest, unit_pk: int, month: dt.date) -> HttpResponse:
    """All parts of the form at once; kept as the unit's draft, or handed in by the office."""
    place = _place(request, unit_pk, month)
    if request.method == "POST" and _is_repeated(request, place):
        return redirect("admin:report_cell", unit_pk, month)
    if refusal := _refusal(place):
        messages.error(request, refusal)
        return redirect("admin:report_cell", unit_pk, month)
    if request.method != "POST":
        return _page(request, place, place.typed.content)
    return _zero(request, place) if request.POST.get("step") == ZERO else _typed(request, place)


def _place(request: HttpRequest, unit_pk: int, month: dt.date) -> Place:
    owed, ward = owed_or_404(request, rules.REVIEW, unit_pk, month)
    paper = paper_for(owed.unit, month, ward=ward)
    typed = drafts.typed_for(owed.report, paper)
    return Place(paper, owed.period, owed.report, typed, timezone.localdate())


def _is_repeated(request: HttpRequest, place: Place) -> bool:
    """The button was pressed twice: the first press did it."""
    form = FilingForm(request.POST)
    key = form.cleaned_data["key"] if form.is_valid() else None
    return key is not None and Submission.objects.filter(key=key, report=place.report).exists()


def _refusal(place: Place) -> str:
    """Why nothing can be filed here now; "" when it can."""
    report = place.report
    if report is not None and report.status == Status.SUBMITTED:
        return workflow.ALREADY_FILED
    if report is not None and report.status == Status.ACCEPTED:
        return drafts.CLOSED_FOR_OFFICE
    is_first = report is None or report.first_submitted_at is None
    if is_first and (place.period.is_exempt or not place.period.is_open(place.today)):
        return cell_sentence(Owed(place.unit, place.period, report), place.today)
    if is_first and report is not None and not periods.owes(place.unit, place.month):
        return f"{place.unit} không phải báo cáo {format_month(place.month)}; bản nháp chỉ để đọc."
    return ""


def _typed(request: HttpRequest, place: Place) -> HttpResponse:
    """Keep what was typed as the draft whatever it is, then hand it in if that was asked."""
    content = _collected(place.paper, request.POST)
    form = FilingForm(request.POST)
    if not form.is_valid():
        return _page(request, place, content, errors=[STALE], status=HTTPStatus.CONFLICT)
    try:
        draft = drafts.receive(
            place.paper,
            content,
            actor=request.user,
            seen_version=form.cleaned_data["draft_version"],
        )
    except StaleError:
        return _page(request, place, content, errors=[STALE], status=HTTPStatus.CONFLICT)
    except TransitionRefusedError as refusal:
        return _refused(request, place, content, str(refusal))
    if counts.ROW in request.POST:
        return redirect(counts.rows_url(request))
    if request.POST.get("step") != FILE:
        messages.success(request, f"Đã giữ làm bản nháp của {place.unit}. Báo cáo CHƯA NỘP.")
        return redirect("admin:report_cell", place.unit.pk, place.month)
    place = _place(request, place.unit.pk, place.month)
    reading = forms.read(place.paper, content)
    if not reading.is_valid or unanswered(place, reading.answers()):
        return _page(request, place, content, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    try:
        _file(request, place, reading.answers(), form.cleaned_data, draft.version)
    except (StaleError, TransitionRefusedError) as refusal:
        return _refused(request, place, content, str(refusal))
    return redirect("admin:report_cell", place.unit.pk, place.month)


def _zero(request: HttpRequest, place: Place) -> HttpResponse:
    """A month without activity, by the reason that the secretary gave."""
    form = ZeroForm(request.POST)
    content = place.typed.content
    if form.is_valid() and _holds_something(place) and not form.cleaned_data["discard"]:
        form.add_error("discard", "Bản nháp đã có nội dung, đồng chí đánh dấu để bỏ đi.")
    if not form.is_valid():
        status = HTTPStatus.UNPROCESSABLE_ENTITY
        return _page(request, place, content, zero=form, status=status)
    data = form.cleaned_data
    answers = Answers(zero_reason=data["reason"], zero_reason_text=data["reason_text"])
    try:
        _file(request, place, answers, data, data["draft_version"])
    except (StaleError, TransitionRefusedError) as refusal:
        return _refused(request, place, content, str(refusal))
    return redirect("admin:report_cell", place.unit.pk, place.month)


def _file(
    request: HttpRequest,
    place: Place,
    answers: Answers,
    asked: Mapping[str, Any],
    draft_version: int,
) -> None:
    workflow.file_for(
        place.report,
        answers,
        place.paper,
        key=asked["key"],
        actor=request.user,
        seen_version=asked["seen_version"],
        draft_version=draft_version,
    )
    messages.success(
        request,
        f"Đã nộp hộ báo cáo {format_month(place.month)} của {place.unit}. "
        "Người khác của văn phòng xem và tiếp nhận báo cáo này.",
    )


def _collected(paper: Paper, post: QueryDict) -> dict[str, Any]:
    found = {n: typed for part in PARTS for n, typed in forms.collect(paper, part, post).items()}
    return {name: typed for name, typed in found.items() if typed or name not in drafts.SMALL}


def _holds_something(place: Place) -> bool:
    reading = forms.read(place.paper, place.typed.content)
    return not reading.is_valid or reading.answers().has_values


def _refused(
    request: HttpRequest, place: Place, content: Mapping[str, Any], sentence: str
) -> HttpResponse:
    status = HTTPStatus.UNPROCESSABLE_ENTITY
    return _page(request, place, content, errors=[sentence], status=status)


def _page(
    request: HttpRequest,
    place: Place,
    content: Mapping[str, Any],
    *,
    errors: list[str] | None = None,
    zero: ZeroForm | None = None,
    status: int = HTTPStatus.OK,
) -> HttpResponse:
    """``content`` is what the boxes show; the draft that is kept may say something else."""
    reading = forms.read(place.paper, content)
    hidden = {
        "key": uuid.uuid4(),
        "seen_version": place.seen_version,
        "draft_version": place.typed.version,
    }
    is_stale = status == HTTPStatus.CONFLICT
    context = {
        **counts.context(request, place, content),
        "place": place,
        "unit": place.unit,
        "month": place.month,
        "period": place.period,
        "hidden": FilingForm(initial=hidden),
        "zero": zero or ZeroForm(initial=hidden),
        "holds_something": _holds_something(place),
        "errors": [*(errors or []), *_errors(reading)],
        "kept": place.typed,
        "sheets": _sheets(place),
        "differences": typed_differences(place.paper, content, place.typed.content)
        if is_stale
        else [],
        **{
            f"{part}_form": PART_FORMS[part](place.paper, content.get(part))
            for part in ("contents", "result", "difficulties")
        },
    }
    return office_render(request, "reports/office/file.html", context, status)


def _sheets(place: Place) -> list[dict[str, Any]]:
    """The report as it was written by hand, to key in from."""
    report = place.report
    if report is None:
        return []
    return photo_rows(
        photos.sheets(report),
        lambda name: reverse("admin:report_photo", args=[report.pk, name]),
    )


def _errors(reading: forms.Reading) -> list[str]:
    return [
        f"{bad.fields[name].label}: {' '.join(sentences)}"
        for bad in reading.invalid
        for name, sentences in bad.errors.items()
    ]
