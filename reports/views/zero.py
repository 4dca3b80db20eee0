"""The month without activity: one reason, one tap."""

from __future__ import annotations

import datetime as dt
import uuid
from http import HTTPStatus

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from core.access import keeps_typed, policy, wants_json
from core.workflow import StaleError, TransitionRefusedError
from reports import forms, rules, workflow
from reports.answers import Answers
from reports.forms import ZeroForm
from reports.models import Submission
from reports.views.gone import gives_back
from reports.views.hand_in import key_conflict, overtaken
from reports.views.own import by_its_writer
from reports.views.place import Place, place_for
from reports.views.send import STALE


@by_its_writer
@keeps_typed
@gives_back
@policy(rules.SUBMIT)
@require_http_methods(["GET", "HEAD", "POST"])
def zero(request: HttpRequest, unit_pk: int, month: dt.date) -> HttpResponse:
    """A month without activity: one reason, one tap."""
    place = place_for(request, unit_pk, month)
    if place.today < place.period.opens_on:
        return place.render(request, "not_open.html", {}, HTTPStatus.UNPROCESSABLE_ENTITY)
    if request.method == "POST":
        response = _zero_hand_in(request, place)
        return _as_json(place, response) if wants_json(request) else response
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
            place.report,
            answers,
            place.paper,
            key=data["key"],
            actor=request.user,
            seen_version=data["seen_version"],
            draft_version=data["draft_version"],
            helper=data["helper"],
            device_id=getattr(request, "device_id", None),
        )
    except workflow.KeyConflictError as conflict:
        return key_conflict(request, place, conflict, answers)
    except StaleError:
        fresh = place_for(request, place.unit.pk, place.month)
        return overtaken(request, fresh, {}, zero=answers)
    except TransitionRefusedError as refusal:
        form.add_error(None, str(refusal))
        return _zero_page(request, place, form)
    return redirect(place.url("receipt"))


def _as_json(place: Place, response: HttpResponse) -> HttpResponse:
    """The same answer for the phone's queue."""
    if response.status_code == HTTPStatus.FOUND:
        return JsonResponse({"ok": True, "url": response.headers["Location"]})
    sentence, url = STALE, place.url("check" if place.can_edit else "show")
    if response.status_code == HTTPStatus.UNPROCESSABLE_ENTITY:
        sentence, url = "Phường chưa nhận được, đồng chí xem lại rồi nộp.", place.url("zero")
    words = {"ok": False, "sentence": sentence, "url": url}
    return JsonResponse(words, status=response.status_code)


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
