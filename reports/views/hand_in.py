"""From the check page to the receipt, and the month without activity."""

from __future__ import annotations

import datetime as dt
import json
import uuid
from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from core.access import policy
from core.text import format_number
from core.workflow import StaleError, TransitionRefusedError
from reports import drafts, forms, rules, workflow
from reports.answers import PARTS, QUESTIONS, Answers, answers_from, whole_box
from reports.compare import NOTHING, Difference, answer_differences, typed_differences
from reports.forms import BESIDE, HandInForm, Reading, figure_as_typed
from reports.models import Status, Submission
from reports.odd_numbers import OddNumber, odd_answers
from reports.sentences import passages, zero_words
from reports.views.gone import gives_back, why_gone
from reports.views.photos import photos_context
from reports.views.place import BACK_TO_CHECK, CHECK, KEEPING, Place, place_for

KEPT = "Nội dung đã viết vẫn còn; đồng chí gọi văn phòng để biết nơi nộp."
CHANGED = "Phần sửa vừa có thay đổi ở máy khác. Đồng chí xem lại bên dưới, cần bỏ thì bấm lại."
# On whose screen each part is typed.
SCREEN_OF = {small: part for part, beside in BESIDE.items() for small in beside}
PART_OF_QUESTION = {question: part for part, asked in PARTS.items() for question in asked}


@gives_back
@policy(rules.SUBMIT)
@require_http_methods(["GET", "HEAD", "POST"])
def check(request: HttpRequest, unit_pk: int, month: dt.date) -> HttpResponse:
    """The report read back as sentences; the button hands in exactly what is shown."""
    place = place_for(request, unit_pk, month)
    if place.today < place.period.opens_on:
        return place.render(request, "not_open.html", {}, HTTPStatus.UNPROCESSABLE_ENTITY)
    if request.method == "POST":
        return _hand_in(request, place)
    if not place.can_edit:
        return redirect(place.url("show"))
    # A phone that keeps the page for a time without a connection takes it blank too.
    if not place.typed.content and KEEPING not in request.headers:
        return redirect(place.url("contents"))
    return _check_page(request, place)


@policy(rules.SUBMIT)
@require_POST
def discard(request: HttpRequest, unit_pk: int, month: dt.date) -> HttpResponse:
    """Drop the corrections that were not handed in."""
    place = place_for(request, unit_pk, month)
    if place.report is None or place.report.first_submitted_at is None:
        return place.render(
            request,
            "refused.html",
            {"refusal": "Báo cáo này chưa nộp lần nào nên không có bản đã nộp để giữ lại."},
            HTTPStatus.UNPROCESSABLE_ENTITY,
        )
    seen_version = forms.SeenForm(request.POST).version
    try:
        drafts.discard(place.report, actor=request.user, seen_version=seen_version)
    except StaleError:
        response = _check_page(request, place, refusals=[CHANGED])
        response.status_code = HTTPStatus.CONFLICT
        return response
    messages.success(request, "Đã bỏ phần sửa. Bản đã nộp giữ nguyên.")
    return redirect(place.url("show"))


@policy(rules.SUBMIT)
@require_safe
def receipt(request: HttpRequest, unit_pk: int, month: dt.date) -> HttpResponse:
    place = place_for(request, unit_pk, month)
    submission = None
    if place.report is not None:
        submissions = place.report.submissions.select_related("by", "confirmation")
        submission = submissions.order_by("-number").first()
    if submission is None:
        raise Http404
    context = {"submission": submission, **photos_context(place)}
    return place.render(request, "receipt.html", context)


def _hand_in(request: HttpRequest, place: Place) -> HttpResponse:
    form = HandInForm(request.POST)
    if not form.is_valid() and {"is_helper", "helper"}.issuperset(form.errors):
        return _check_page(request, place, form=form)
    if place.report is None or not form.is_valid():
        return _check_page(
            request, place, refusals=["Trang kiểm tra đã cũ. Đồng chí xem lại bên dưới rồi nộp."]
        )
    key, content = form.cleaned_data["key"], form.cleaned_data["content"]
    is_repeated = Submission.objects.filter(key=key, report=place.report).exists()
    is_done = place.report.status == Status.SUBMITTED and not place.typed.is_unsent
    if not is_repeated and (is_done or content != place.typed.content):
        return overtaken(request, place, content)
    reading = forms.read(place.paper, content)
    if not reading.is_valid or (not is_repeated and unanswered(place, reading.answers())):
        return _check_page(request, place, form=form)
    try:
        workflow.hand_in(
            place.report,
            reading.answers(),
            place.paper,
            key=key,
            actor=request.user,
            seen_version=form.cleaned_data["seen_version"],
            draft_version=place.typed.version,
            helper=form.cleaned_data["helper"],
            device_id=getattr(request, "device_id", None),
        )
    except workflow.KeyConflictError as conflict:
        return key_conflict(request, place, conflict, reading.answers())
    except StaleError:
        return overtaken(request, place_for(request, place.unit.pk, place.month), content)
    except TransitionRefusedError as refusal:
        return _check_page(request, place, form=form, refusals=[str(refusal)])
    return redirect(place.url("receipt"))


def overtaken(
    request: HttpRequest, place: Place, content: dict[str, Any], zero: Answers | None = None
) -> HttpResponse:
    """Another hand was quicker: the receipt when it did the same, else both texts.

    ``zero`` is the report of a month without activity that was to be handed in.
    """
    differences = typed_differences(place.paper, content, place.typed.content)
    report = place.report
    is_done = report is not None and report.status == Status.SUBMITTED
    if is_done and not differences and not place.typed.is_unsent:
        messages.info(request, "Báo cáo này đã được nộp trước đó, không cần nộp lại.")
        return redirect(place.url("receipt"))
    if zero is not None:
        differences = [Difference(QUESTIONS["zero"], zero_words(zero), NOTHING), *differences]
    context = {
        "differences": differences,
        "theirs": place.typed,
        "keep_url": place.url("check" if place.can_edit else "show"),
    }
    return place.render(request, "overtaken.html", context, HTTPStatus.CONFLICT)


def key_conflict(
    request: HttpRequest, place: Place, conflict: workflow.KeyConflictError, mine: Answers
) -> HttpResponse:
    """The same page was sent twice with different answers: both are shown, nothing is written."""
    known = answers_from(conflict.known.content, place.paper)
    is_own = place.report is not None and conflict.known.report_id == place.report.pk
    context = {
        "refusal": str(conflict),
        "differences": answer_differences(place.paper, mine, known) if is_own else [],
        "keep_url": place.url("check" if place.can_edit else "show"),
    }
    return place.render(request, "overtaken.html", context, HTTPStatus.CONFLICT)


def _check_page(
    request: HttpRequest,
    place: Place,
    *,
    form: HandInForm | None = None,
    refusals: list[str] | None = None,
) -> HttpResponse:
    reading = forms.read(place.paper, place.typed.content, before=place.examples())
    errors = _errors(place, reading)
    answers = reading.answers()
    questions = [] if errors else unanswered(place, answers)
    is_blank_copy = KEEPING in request.headers
    obstacle = "" if errors or is_blank_copy else _obstacle(place, answers)
    rows = [
        {"passage": passage, "url": _way_to(place, PART_OF_QUESTION[passage.key])}
        for passage in passages(answers, place.paper)
    ]
    context = {
        "rows": rows,
        "back_url": place.url("difficulties"),
        "understood": _understood(place, answers),
        "errors": errors,
        "questions": [
            {
                "url": f"{_way_to(place, 'counts')}#id_confirmed-{one.indicator.code}",
                "text": f"{one.indicator.name}: {one.question}",
            }
            for one in questions
        ],
        "refusals": refusals or [one for one in (obstacle,) if one],
        "obstacle": obstacle,
        "form": form or HandInForm(),
        "key": uuid.uuid4(),
        "content": json.dumps(place.typed.content, ensure_ascii=False),
        **photos_context(place),
    }
    refused = bool(refusals) or request.method == "POST"
    return place.render(
        request,
        "check.html",
        context,
        HTTPStatus.UNPROCESSABLE_ENTITY if refused else HTTPStatus.OK,
    )


def _obstacle(place: Place, answers: Answers) -> str:
    """Why this cannot be handed in today: said before the button is pressed in vain."""
    is_new = place.report is None or place.report.first_submitted_at is None
    if is_new and place.unit.closed_on is not None and place.unit.closed_on <= place.today:
        return f"{why_gone(place.unit)} {KEPT}"
    return workflow.obstacle(answers, place.paper, place.report, timezone.now()) or ""


def unanswered(place: Place, answers: Answers) -> list[OddNumber]:
    """The odd numbers that the secretary has not affirmed yet."""
    found = odd_answers(answers, place.paper, place.past)
    return [one for one in found if one.indicator.code not in answers.confirmed]


def _way_to(place: Place, part: str) -> str:
    return f"{place.url(part)}?{BACK_TO_CHECK}={CHECK}"


def _errors(place: Place, reading: Reading) -> list[dict[str, str]]:
    """What was not understood, each with the way to its box."""
    found = []
    for form in reading.invalid:
        url = _way_to(place, SCREEN_OF.get(form.part, form.part))
        for name, sentences in form.errors.items():
            found.append(
                {
                    "url": f"{url}#id_{form.add_prefix(name)}",
                    "text": f"{form.fields[name].label}: {' '.join(sentences)}",
                }
            )
    return found


def _understood(place: Place, answers: Answers) -> list[tuple[str, str, str]]:
    """The numbers that were typed in another form than they are read: name, typed, read."""
    typed = place.typed.content.get("counts") or {}
    lines = []
    for one in place.paper.indicators:
        count = answers.counts.get(one.code)
        if count is None:
            continue
        boxes = [(one.code, one.name, count.value, figure_as_typed(count))]
        if count.of is not None:
            name = f"{one.name}, trên tổng số"
            boxes.append((whole_box(one.code), name, count.of, format_number(count.of)))
        for box, name, value, shown in boxes:
            written = str(typed.get(box, "")).strip()
            if written not in (str(value), shown):
                lines.append((name, written, shown))
    return lines
