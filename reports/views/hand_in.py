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
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from core.access import policy
from core.text import format_number
from core.workflow import StaleError, TransitionRefusedError
from reports import drafts, forms, rules, workflow
from reports.answers import PARTS, Answers, answers_from
from reports.compare import answer_differences, typed_differences
from reports.forms import HandInForm, Reading, ZeroForm
from reports.models import Status, Submission
from reports.sentences import passages
from reports.views.place import BACK_TO_CHECK, CHECK, Place, place_for

PART_OF_QUESTION = {question: part for part, asked in PARTS.items() for question in asked}


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
    if not place.typed.content:
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
    drafts.discard(place.report, actor=request.user)
    messages.success(request, "Đã bỏ phần sửa. Bản đã nộp giữ nguyên.")
    return redirect(place.url("show"))


@policy(rules.SUBMIT)
@require_safe
def receipt(request: HttpRequest, unit_pk: int, month: dt.date) -> HttpResponse:
    place = place_for(request, unit_pk, month)
    submission = None
    if place.report is not None:
        submissions = place.report.submissions.select_related("by")
        submission = submissions.order_by("-number").first()
    if submission is None:
        raise Http404
    return place.render(request, "receipt.html", {"submission": submission})


@policy(rules.SUBMIT)
@require_http_methods(["GET", "HEAD", "POST"])
def zero(request: HttpRequest, unit_pk: int, month: dt.date) -> HttpResponse:
    """A month without activity: one reason, one tap."""
    place = place_for(request, unit_pk, month)
    if place.today < place.period.opens_on:
        return place.render(request, "not_open.html", {}, HTTPStatus.UNPROCESSABLE_ENTITY)
    if request.method == "POST":
        return _zero_hand_in(request, place)
    if not place.can_edit:
        return redirect(place.url("show"))
    report = place.report
    form = ZeroForm(
        initial={
            "key": uuid.uuid4(),
            "seen_version": place.seen_version,
            "draft_version": place.typed.version,
            "reason": report.zero_reason if report else "",
            "reason_text": report.zero_reason_text if report else "",
        }
    )
    return _zero_page(request, place, form)


def _hand_in(request: HttpRequest, place: Place) -> HttpResponse:
    form = HandInForm(request.POST)
    if place.report is None or not form.is_valid():
        return _check_page(
            request, place, refusals=["Trang kiểm tra đã cũ. Đồng chí xem lại bên dưới rồi nộp."]
        )
    key, content = form.cleaned_data["key"], form.cleaned_data["content"]
    is_repeated = Submission.objects.filter(key=key, report=place.report).exists()
    is_done = place.report.status == Status.SUBMITTED and not place.typed.is_unsent
    if not is_repeated and (is_done or content != place.typed.content):
        return _overtaken(request, place, content)
    reading = forms.read(place.paper, content)
    if not reading.is_valid:
        return _check_page(request, place)
    try:
        workflow.hand_in(
            place.report,
            reading.answers(),
            place.paper,
            key=key,
            actor=request.user,
            seen_version=form.cleaned_data["seen_version"],
            draft_version=place.typed.version,
        )
    except workflow.KeyConflictError as conflict:
        return _key_conflict(request, place, conflict, reading.answers())
    except StaleError:
        return _overtaken(request, place_for(request, place.unit.pk, place.month), content)
    except TransitionRefusedError as refusal:
        return _check_page(request, place, refusals=[str(refusal)])
    return redirect(place.url("receipt"))


def _overtaken(request: HttpRequest, place: Place, content: dict[str, Any]) -> HttpResponse:
    """Another hand was quicker: the receipt when it did the same, else both texts."""
    differences = typed_differences(place.paper, content, place.typed.content)
    report = place.report
    is_done = report is not None and report.status == Status.SUBMITTED
    if is_done and not differences and not place.typed.is_unsent:
        messages.info(request, "Báo cáo này đã được nộp trước đó, không cần nộp lại.")
        return redirect(place.url("receipt"))
    context = {
        "differences": differences,
        "theirs": place.typed,
        "keep_url": place.url("check" if place.can_edit else "show"),
    }
    return place.render(request, "overtaken.html", context, HTTPStatus.CONFLICT)


def _key_conflict(
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
    request: HttpRequest, place: Place, refusals: list[str] | None = None
) -> HttpResponse:
    reading = forms.read(place.paper, place.typed.content)
    errors = _errors(place, reading)
    answers = reading.answers()
    rows = [
        {
            "passage": passage,
            "url": f"{place.url(PART_OF_QUESTION[passage.key])}?{BACK_TO_CHECK}={CHECK}",
        }
        for passage in passages(answers, place.paper)
    ]
    context = {
        "rows": rows,
        "back_url": place.url("difficulties"),
        "understood": _understood(place, answers),
        "errors": errors,
        "refusals": refusals or [],
        "key": uuid.uuid4(),
        "content": json.dumps(place.typed.content, ensure_ascii=False),
    }
    refused = bool(refusals) or request.method == "POST"
    return place.render(
        request,
        "check.html",
        context,
        HTTPStatus.UNPROCESSABLE_ENTITY if refused else HTTPStatus.OK,
    )


def _errors(place: Place, reading: Reading) -> list[dict[str, str]]:
    """What was not understood, each with the way to its box."""
    found = []
    for form in reading.invalid:
        url = f"{place.url(form.part)}?{BACK_TO_CHECK}={CHECK}"
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
        written = str(typed.get(one.code, "")).strip()
        if count is not None and written != str(count.value):
            number = format_number(count.value)
            read = f"{number} (khoảng)" if count.is_approximate else number
            lines.append((one.name, written, read))
    return lines


def _zero_hand_in(request: HttpRequest, place: Place) -> HttpResponse:
    form = ZeroForm(request.POST)
    if not form.is_valid():
        return _zero_page(request, place, form)
    data = form.cleaned_data
    if _holds_something(place) and not data["discard"]:
        is_repeated = Submission.objects.filter(key=data["key"]).exists()
        if not is_repeated:
            form.add_error(
                "discard",
                "Tháng này đã nhập nội dung. Nếu đúng là không có hoạt động, "
                "đồng chí đánh dấu “Bỏ phần đã nhập”.",
            )
            return _zero_page(request, place, form)
    answers = Answers(zero_reason=data["reason"], zero_reason_text=data["reason_text"])
    try:
        workflow.hand_in(
            workflow.report_for(place.paper),
            answers,
            place.paper,
            key=data["key"],
            actor=request.user,
            seen_version=data["seen_version"],
            draft_version=data["draft_version"],
        )
    except workflow.KeyConflictError as conflict:
        return _key_conflict(request, place, conflict, answers)
    except StaleError:
        fresh = place_for(request, place.unit.pk, place.month)
        return _overtaken(request, fresh, {})
    except TransitionRefusedError as refusal:
        form.add_error(None, str(refusal))
        return _zero_page(request, place, form)
    return redirect(place.url("receipt"))


def _holds_something(place: Place) -> bool:
    reading = forms.read(place.paper, place.typed.content)
    return not reading.is_valid or reading.answers().has_values


def _zero_page(request: HttpRequest, place: Place, form: ZeroForm) -> HttpResponse:
    context = {
        "form": form,
        "holds_something": _holds_something(place),
        "back_url": place.url("show") if place.report and place.report.is_handed_in else None,
    }
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
    return place.render(request, "zero.html", context, status)
