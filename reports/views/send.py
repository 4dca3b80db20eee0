"""A whole report in one request, from a phone that may send it again and again."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from functools import cache
from http import HTTPStatus
from typing import Any

from django.http import HttpRequest, JsonResponse
from django.http.request import RawPostDataException, UnreadablePostError
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from core.access import person, policy
from core.text import month_slug, next_month
from core.workflow import StaleError, TransitionRefusedError
from reports import drafts, forms, periods, reading, rules, workflow
from reports.answers import Answers, Paper, digest_of, paper_for
from reports.compare import typed_differences
from reports.letters import MAX_BYTES, Letter, LetterError, read_letter
from reports.models import MonthlyReport, Status, Submission
from reports.views.own import by_its_writer
from units.models import Unit
from units.permissions import own_unit

WRONG = "Có chỗ chưa đọc được. Đồng chí xem lại các ô được chỉ ra; nội dung đã lưu ở phường."
STALE = (
    "Báo cáo này vừa có người khác sửa hoặc phường vừa xử lý. Nội dung đồng chí gửi không mất; "
    "đồng chí xem lại rồi nộp."
)


@dataclass(frozen=True)
class Sent:
    """One letter and where it belongs."""

    letter: Letter
    unit: Unit
    month: dt.date
    actor: Any
    device_id: int | None

    def url(self, name: str) -> str:
        return _pattern(name).format(self.unit.pk, month_slug(self.month))


@cache
def _pattern(name: str) -> str:
    """Reversed once: the address of ``name`` with places for the unit and the month."""
    sample = reverse(f"reports:{name}", args=[0, dt.date(2000, 1, 1)])
    return sample.replace("/0/2000-01/", "/{}/{}/")


class InvalidError(Exception):
    """Boxes that were not understood: part, name and the sentence for each."""

    def __init__(self, found: forms.Reading) -> None:
        super().__init__()
        self.errors = [
            {"part": form.part, "name": name, "sentence": " ".join(sentences)}
            for form in found.invalid
            for name, sentences in form.errors.items()
        ]


@by_its_writer
@policy(rules.SUBMIT)
@require_POST
def send(request: HttpRequest, unit_pk: int, month: dt.date) -> JsonResponse:
    """Hand in what the phone holds and give the receipt; what cannot be handed in stays a draft."""
    # The unit of one's own membership is at hand; anything else is looked for in scope.
    actor = person(request)
    unit = own_unit(actor, rules.SUBMIT, unit_pk) or get_object_or_404(
        Unit.objects.permitted(actor, rules.SUBMIT), pk=unit_pk
    )
    try:
        letter = read_letter(_body(request))
    except LetterError as error:
        return _no(HTTPStatus.BAD_REQUEST, sentence=str(error))
    device_id = getattr(request, "device_id", None)
    sent = Sent(letter, unit, month, actor, device_id)
    try:
        return _receipt(sent, _hand_in(sent))
    except InvalidError as error:
        return _invalid(sent, error)
    except workflow.KeyConflictError as error:
        return _conflict(sent, str(error))
    except StaleError:
        return _overtaken(sent)
    except TransitionRefusedError as error:
        _keep(sent)
        is_closed = _accepted(sent)
        url = sent.url("show" if is_closed else "check")
        return _no(HTTPStatus.UNPROCESSABLE_ENTITY, sentence=str(error), url=url, errors=[])


def _body(request: HttpRequest) -> bytes:
    """What was sent, or more than is taken; empty when the phone hung up before its end, or when
    a form was sent, which the guard against forged forms has read by then.
    """
    if int(request.META.get("CONTENT_LENGTH") or 0) > MAX_BYTES:
        return bytes(MAX_BYTES + 1)
    try:
        return request.body
    except (RawPostDataException, UnreadablePostError):
        return b""


def _hand_in(sent: Sent) -> Submission:
    paper, answers = _read(sent)
    letter = sent.letter
    return workflow.hand_in(
        None,
        answers,
        paper,
        key=letter.key,
        actor=sent.actor,
        seen_version=letter.seen_version,
        draft_version=letter.draft_version,
        typed=letter.content,
        helper=letter.helper,
        device_id=sent.device_id,
        is_last=True,
    )


def _read(sent: Sent) -> tuple[Paper, Answers]:
    content = sent.letter.content
    sheet = reading.sheet_for(sent.unit, sent.month)
    answers = reading.plain_answers(content, sheet)
    if answers is not None:
        return sheet.paper(sent.unit), answers
    paper = paper_for(sent.unit, sent.month)
    found = forms.read(paper, content)
    if not found.is_valid:
        raise InvalidError(found)
    return paper, found.answers()


# -- Answers ------------------------------------------------------------------


def _receipt(sent: Sent, submission: Submission) -> JsonResponse:
    local = timezone.localtime(submission.at, timezone.get_default_timezone())
    return JsonResponse(
        {
            "ok": True,
            "receipt": submission.receipt,
            "number": submission.number,
            "at": f"{local:%H:%M} ngày {local.day}/{local.month}/{local.year}",
            "url": sent.url("receipt"),
        }
    )


def _no(status: int, **words: Any) -> JsonResponse:
    return JsonResponse({"ok": False, **words}, status=status)


def _invalid(sent: Sent, error: InvalidError) -> JsonResponse:
    """What the same letter said once may have left the paper meanwhile: then its receipt stands."""
    known = Submission.objects.filter(
        key=sent.letter.key, report__unit=sent.unit, report__month=sent.month
    ).first()
    if known is not None and known.content.get("typed") == digest_of(sent.letter.content):
        return _receipt(sent, known)
    _keep(sent)
    url = sent.url("check")
    return _no(HTTPStatus.UNPROCESSABLE_ENTITY, sentence=WRONG, errors=error.errors, url=url)


def _overtaken(sent: Sent) -> JsonResponse:
    """Someone was quicker. If with the same report, theirs is the receipt; else both are kept."""
    report = MonthlyReport.objects.filter(unit=sent.unit, month=sent.month).first()
    last = report.submissions.order_by("-number").first() if report else None
    is_same = last is not None and last.content.get("typed") == digest_of(sent.letter.content)
    if last is not None and report is not None and report.is_handed_in and is_same:
        return _receipt(sent, last)
    return _conflict(sent, STALE)


def _conflict(sent: Sent, sentence: str) -> JsonResponse:
    paper = paper_for(sent.unit, sent.month)
    report = MonthlyReport.objects.filter(unit=sent.unit, month=sent.month).first()
    theirs = drafts.typed_for(report, paper).content
    differences = [
        {"label": one.label, "mine": one.mine, "theirs": one.theirs}
        for one in typed_differences(paper, sent.letter.content, theirs)
    ]
    _keep(sent)
    url = sent.url("show" if _accepted(sent) else "check")
    return _no(HTTPStatus.CONFLICT, sentence=sentence, url=url, differences=differences)


def _keep(sent: Sent) -> None:
    """Keep what was sent as the draft, but for a month that nobody asks for, or so far ahead that a
    clock must be wrong: there the phone's own copy is enough.
    """
    if sent.month > next_month(timezone.localdate().replace(day=1)):
        return
    begun = MonthlyReport.objects.filter(unit=sent.unit, month=sent.month)
    if not periods.owes(sent.unit, sent.month) and not begun.exists():
        return
    paper = paper_for(sent.unit, sent.month)
    drafts.keep_sent(
        paper, sent.letter.content, actor=sent.actor, seen_version=sent.letter.draft_version
    )


def _accepted(sent: Sent) -> bool:
    rows = MonthlyReport.objects.filter(unit=sent.unit, month=sent.month)
    return rows.filter(status=Status.ACCEPTED).exists()
