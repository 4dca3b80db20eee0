"""The leader's phone: the link, the PIN, the document, one of two answers. No account.

Nothing is written to the request by a GET: a preview of the link in a chat uses up nothing.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from http import HTTPStatus
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from approvals import kinds, requests, rules, workflow
from approvals.forms import LeaderPinForm, ReturnForm
from approvals.models import DECIDED, ApprovalRequest, Status
from core.access import public, reads_session
from core.files import FileRefusedError
from core.workflow import Transition, TransitionRefusedError
from units.links import PinError, RestError
from units.phones import name_of
from units.wards import profile_of

SESSION_ASKED = "approval"  # the request whose PIN is being asked
SESSION_PASSED = "approval_passed"  # [request, moment] of the last right PIN
ASK_FOR_LINK = "Đồng chí bấm đường dẫn mà văn phòng đã gửi để mở văn bản."
TIME_TO_READ = 30 * 60  # seconds; then the PIN again

Shown = Callable[[HttpRequest, ApprovalRequest], HttpResponse]


@public
@reads_session
@require_safe
def open_link(request: HttpRequest, token: str) -> HttpResponse:
    """Take the token out of the address at once; who follows is not told where from."""
    found = requests.find(token)
    response: HttpResponse
    if found is None:
        response = _gone(request, None, HTTPStatus.NOT_FOUND)
    else:
        request.session[SESSION_ASKED] = found.pk
        response = redirect("approvals:ask_pin")
        response.status_code = HTTPStatus.SEE_OTHER
    response["Referrer-Policy"] = "no-referrer"
    return response


@public
@reads_session
@sensitive_post_parameters("pin")
@require_http_methods(["GET", "HEAD", "POST"])
def ask_pin(request: HttpRequest) -> HttpResponse:
    asked = _asked(request)
    if asked is None:
        return _gone(request, None, HTTPStatus.OK, ASK_FOR_LINK)
    if sentence := _closed(asked):
        return _gone(request, asked, HTTPStatus.GONE, sentence)
    if _has_passed(request, asked):
        return redirect("approvals:show")
    form = LeaderPinForm(request.POST if request.method == "POST" else None)
    if request.method != "POST" or not form.is_valid():
        return _page(request, asked, "pin.html", {"form": form}, _status(form.errors))
    try:
        requests.try_pin(asked, form.cleaned_data["pin"])
    except PinError as error:
        form.add_error("pin", str(error))
        is_resting = isinstance(error, RestError)
        status = HTTPStatus.TOO_MANY_REQUESTS if is_resting else _status(form.errors)
        return _page(request, asked, "pin.html", {"form": form}, status)
    workflow.note_opening(asked, device=_device(request))
    request.session.cycle_key()
    request.session[SESSION_PASSED] = [asked.pk, int(timezone.now().timestamp())]
    return redirect("approvals:show")


def _behind_pin(view: Shown) -> Any:
    """Only after the right PIN; a link that was used up shows what was decided and no more."""

    @wraps(view)
    def checked(request: HttpRequest) -> HttpResponse:
        asked = _asked(request)
        if asked is None or not _has_passed(request, asked):
            return redirect("approvals:ask_pin")
        if asked.status in DECIDED:
            return _page(request, asked, "decided.html", {})
        if sentence := _closed(asked):
            return _gone(request, asked, HTTPStatus.GONE, sentence)
        return view(request, asked)

    return public(reads_session(checked))


@_behind_pin
@require_safe
def show(request: HttpRequest, asked: ApprovalRequest) -> HttpResponse:
    """The document, as it was when the link was made."""
    kind, row = _target(asked)
    if changes := requests.what_changed(asked, kind, row):
        return _refused(request, asked, workflow.CHANGED, changes=changes)
    context = {
        "paragraphs": kind.paragraphs(row),
        "label": kind.label,
        "has_file": type(kind).document is not kinds.Kind.document,
    }
    return _page(request, asked, "document.html", context)


@_behind_pin
@require_safe
def file(request: HttpRequest, asked: ApprovalRequest) -> HttpResponse:
    """The document's file, to download."""
    kind, row = _target(asked)
    if changes := requests.what_changed(asked, kind, row):
        return _refused(request, asked, workflow.CHANGED, changes=changes)
    try:
        found = kind.document(row)
    except (FileRefusedError, OSError) as error:
        raise Http404 from error
    if found is None:
        raise Http404
    response = HttpResponse(found.content, content_type=found.content_type)
    response["Content-Disposition"] = content_disposition_header(True, found.name) or "attachment"
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "sandbox; default-src 'none'; frame-ancestors 'none'"
    return response


@_behind_pin
@require_http_methods(["GET", "HEAD", "POST"])
def approve(request: HttpRequest, asked: ApprovalRequest) -> HttpResponse:
    """Once more, as one press on a phone is soon made."""
    if request.method == "POST":
        return _decide(request, asked, workflow.APPROVE)
    return _page(request, asked, "approve.html", {"kind": kinds.get(asked.kind)})


@_behind_pin
@require_http_methods(["GET", "HEAD", "POST"])
def send_back(request: HttpRequest, asked: ApprovalRequest) -> HttpResponse:
    form = ReturnForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        return _decide(request, asked, workflow.RETURN, form.cleaned_data["reason"])
    return _page(request, asked, "send_back.html", {"form": form}, _status(form.errors))


def _decide(
    request: HttpRequest, asked: ApprovalRequest, step: Transition, reason: str = ""
) -> HttpResponse:
    text = request.POST.get("seen_version", "")
    seen = int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0
    try:
        workflow.decide(
            asked, step, seen_version=seen, reason=reason, device=_device(request)
        )  # fmt: skip
    except TransitionRefusedError as error:
        asked.refresh_from_db()
        if asked.status in DECIDED:
            return _page(request, asked, "decided.html", {"is_late": True}, HTTPStatus.CONFLICT)
        changes = requests.what_changed(asked, *_target(asked))
        return _refused(request, asked, str(error), reason, changes)
    except PermissionDenied:
        return _gone(request, asked, HTTPStatus.GONE, _closed(asked) or workflow.NOT_LEADER)
    return redirect("approvals:show")


def _asked(request: HttpRequest) -> ApprovalRequest | None:
    pk = request.session.get(SESSION_ASKED)
    rows = ApprovalRequest.objects.select_related("leader", "made_by", "owner")
    return rows.filter(pk=pk).first() if pk is not None else None


def _closed(asked: ApprovalRequest) -> str:
    """Why the link lets nobody in; empty while it does."""
    if asked.status == Status.REVOKED:
        return "Văn phòng đã thu hồi đường dẫn này. Đồng chí dùng đường dẫn mới nhất."
    if asked.status in DECIDED:
        return "Đường dẫn này đã dùng để quyết định một lần, nên không mở lại được nữa."
    if asked.is_expired:
        return workflow.EXPIRED
    return "" if rules.is_the_leader(asked.leader, asked) else workflow.NOT_LEADER


def _has_passed(request: HttpRequest, asked: ApprovalRequest) -> bool:
    pk, at = request.session.get(SESSION_PASSED) or (None, 0)
    return pk == asked.pk and timezone.now().timestamp() - at < TIME_TO_READ


def _target(asked: ApprovalRequest) -> tuple[kinds.Kind, Any]:
    kind = kinds.get(asked.kind)
    if kind is None:
        raise Http404
    return kind, kind.find(asked.target)


def _device(request: HttpRequest) -> str:
    return name_of(request.headers.get("User-Agent", ""))


def _gone(
    request: HttpRequest, asked: ApprovalRequest | None, status: int, sentence: str = ""
) -> HttpResponse:
    context: dict[str, Any] = {"sentence": sentence}
    if asked is not None:
        context["ward_profile"] = profile_of(asked.owner)
    return render(request, "approvals/gone.html", context, status=status)


def _refused(
    request: HttpRequest,
    asked: ApprovalRequest,
    sentence: str,
    reason: str = "",
    changes: str = "",
) -> HttpResponse:
    context = {"sentence": sentence, "reason": reason, "changes": changes}
    return _page(request, asked, "refused.html", context, HTTPStatus.CONFLICT)


def _page(
    request: HttpRequest,
    asked: ApprovalRequest,
    template: str,
    context: dict[str, Any],
    status: int = HTTPStatus.OK,
) -> HttpResponse:
    common = {"asked": asked, "ward_profile": profile_of(asked.owner)}
    return render(request, f"approvals/{template}", common | context, status=status)


def _status(errors: Any) -> int:
    return HTTPStatus.UNPROCESSABLE_ENTITY if errors else HTTPStatus.OK
