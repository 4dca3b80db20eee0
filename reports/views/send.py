"""A whole report in one request, from a phone that may send it again and again."""

from __future__ import annotations

import datetime as dt
from http import HTTPStatus
from typing import Any

from django.http import HttpRequest, JsonResponse
from django.http.request import UnreadablePostError
from django.views.decorators.http import require_POST

from core.access import policy
from core.workflow import StaleError, TransitionRefusedError
from reports import drafts, forms, rules, workflow
from reports.letters import MAX_BYTES, Letter, LetterError, read_letter
from reports.models import Submission
from reports.views.place import Place, place_for


@policy(rules.SUBMIT)
@require_POST
def send(request: HttpRequest, unit_pk: int, month: dt.date) -> JsonResponse:
    """Hand in what the phone holds and give the receipt; what cannot be handed in stays a draft."""
    try:
        letter = read_letter(_body(request))
    except LetterError as error:
        return JsonResponse({"ok": False, "sentence": str(error)}, status=HTTPStatus.BAD_REQUEST)
    place = place_for(request, unit_pk, month)
    reading = forms.read(place.paper, letter.content)
    if not reading.is_valid:
        return _refused(request, place, letter, "sai")
    try:
        submission = workflow.hand_in(
            workflow.report_for(place.paper),
            reading.answers(),
            place.paper,
            key=letter.key,
            actor=request.user,
            seen_version=letter.seen_version,
            helper=letter.helper,
        )
    except StaleError as error:
        return _refused(request, place, letter, str(error))
    except TransitionRefusedError as error:
        return _refused(request, place, letter, str(error))
    return _receipt(place, submission)


def _body(request: HttpRequest) -> bytes:
    if int(request.META.get("CONTENT_LENGTH") or 0) > MAX_BYTES:
        return bytes(MAX_BYTES + 1)
    return request.body


def _receipt(place: Place, submission: Submission) -> JsonResponse:
    return JsonResponse(
        {
            "ok": True,
            "receipt": submission.receipt,
            "number": submission.number,
            "at": submission.at.isoformat(),
            "url": place.url("receipt"),
        }
    )


def _refused(request, place, letter, sentence):
    return JsonResponse({"ok": False, "sentence": sentence}, status=422)
