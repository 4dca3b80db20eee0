"""What the scripts of the secretary's pages ask: save without leaving, how it stands, the worker."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from functools import cache
from http import HTTPStatus
from pathlib import Path
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.templatetags.static import static
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from core.access import policy, public
from core.text import format_date
from core.workflow import TransitionRefusedError
from reports import drafts, forms, rules
from reports.answers import PARTS
from reports.drafts import DraftConflictError
from reports.forms import SeenForm
from reports.views.own import by_its_writer
from reports.views.place import Place, place_for, strip_of
from reports.views.screens import must_stay

SCRIPTS = "js/bao-cao"
# What the secretary's pages look like; their scripts are added. A test compares it with the pages.
LOOK = (
    "css/tokens.css",
    "css/base.css",
    "css/layout.css",
    "css/components.css",
    "css/data.css",
    "css/secretary.css",
    "css/print.css",
    "css/parts/reports.css",
    "img/favicon.ico",
    "img/favicon.svg",
    "img/icons.svg",
)
# The static files' own policy, `default-src 'none'`, would forbid the worker every request.
WORKER_POLICY = "default-src 'none'; script-src 'self'; connect-src 'self'"


@by_its_writer
@policy(rules.SUBMIT)
@require_POST
def save(request: HttpRequest, unit_pk: int, month: dt.date) -> JsonResponse:
    """Keep one screen as typed, right or wrong; ``valid`` says whether it could go on from there."""
    place = place_for(request, unit_pk, month)
    part = request.POST.get("part", "")
    if part not in PARTS:
        return _refused("Phần này không có trong báo cáo. Đồng chí mở lại trang.")
    if place.today < place.period.opens_on:
        return _refused(f"Báo cáo này mở từ {format_date(place.period.opens_on)}.")
    screen = forms.collect(place.paper, part, request.POST)
    try:
        drafts.save_part(
            place.paper,
            part,
            screen[part],
            beside={name: typed for name, typed in screen.items() if name != part},
            actor=request.user,
            seen_version=SeenForm(request.POST).version,
        )
    except DraftConflictError as conflict:
        return _conflict(place, conflict, screen)
    except TransitionRefusedError as refusal:
        return _refused(str(refusal))
    place = place_for(request, unit_pk, month)
    return JsonResponse(
        _state(place)
        | {
            "saved_at": f"{timezone.localtime():%H:%M}",
            "valid": not must_stay(request, place, part, screen),
        }
    )


@by_its_writer
@policy(rules.SUBMIT)
@require_safe
def state(request: HttpRequest, unit_pk: int, month: dt.date) -> JsonResponse:
    """How the month stands at the ward, and a fresh token for whoever came back after long."""
    place = place_for(request, unit_pk, month)
    return JsonResponse(_state(place) | _addresses(place) | {"csrf": get_token(request)})


@public
@require_safe
def worker(request: HttpRequest) -> HttpResponse:
    """The service worker: which files to keep, in which version; the rest is in a static module.

    It stands below /bao-cao/ because a worker serves nothing above its own address.
    """
    files = [static(name) for name in _names()]
    start = static(f"{SCRIPTS}/worker.js")
    text = f'import {{ serve }} from "{start}";\nserve("{_version()}", {json.dumps(files)});\n'
    headers = {
        "Cache-Control": "no-cache",
        "Content-Security-Policy": WORKER_POLICY,
        "Service-Worker-Allowed": reverse("reports:home"),
    }
    return HttpResponse(text, content_type="text/javascript; charset=utf-8", headers=headers)


def _state(place: Place) -> dict[str, Any]:
    strip = strip_of(place)
    return {
        "ok": True,
        "seen_version": place.seen_version,
        "draft_version": place.typed.version,
        "status": place.report.status if place.report else "",
        "strip": {"kind": strip.kind, "state": strip.state, "detail": strip.detail},
        "content": place.typed.content,
    }


def _addresses(place: Place) -> dict[str, Any]:
    has_receipt = place.report is not None and place.report.first_submitted_at is not None
    return {
        "save_url": place.url("save"),
        "state_url": place.url("state"),
        "send_url": place.url("send"),
        "receipt_url": place.url("receipt") if has_receipt else None,
        # The screens in their order: what a phone keeps, and where "Tiếp tục" leads without a connection.
        "more": [place.url("zero"), place.url("text")] if place.can_edit else [],
        "screens": {name: place.url(name) for name in (*PARTS, "check")} if place.can_edit else {},
    }


def _conflict(
    place: Place, conflict: DraftConflictError, screen: dict[str, dict[str, Any]]
) -> JsonResponse:
    theirs = conflict.theirs
    return JsonResponse(
        {
            "ok": False,
            "conflict": True,
            "sentence": "Có người vừa sửa phần này trên máy khác. Bản của đồng chí chưa gửi.",
            "url": place.url(conflict.part),
            "mine": screen,
            "theirs": {part: theirs.content.get(part, {}) for part in screen},
            "draft_version": theirs.version,
        },
        status=HTTPStatus.CONFLICT,
    )


def _refused(sentence: str) -> JsonResponse:
    status = HTTPStatus.UNPROCESSABLE_ENTITY
    return JsonResponse({"ok": False, "sentence": sentence}, status=status)


def _names() -> list[str]:
    scripts = sorted((_root() / SCRIPTS).glob("*.js"))
    return [*LOOK, *(f"{SCRIPTS}/{path.name}" for path in scripts)]


def _root() -> Path:
    return settings.BASE_DIR / "static"


def _version() -> str:
    """Changes with any byte of any of the files, so that the phone fetches them anew."""
    return _version_once() if settings.STATIC_HASHED else _digest()


@cache
def _version_once() -> str:
    return _digest()


def _digest() -> str:
    found = hashlib.sha256()
    for name in _names():
        found.update(name.encode() + (_root() / name).read_bytes())
    return found.hexdigest()[:12]
