"""What the pages of every import share: to write what was shown, and to take it back."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from core.imports import ImportStaleError, Plan
from core.workflow import TransitionRefusedError

Shown = Callable[[Plan, HTTPStatus, str], HttpResponse]


def write_page(
    request: HttpRequest,
    one: Any,
    *,
    page: str,
    plan: Callable[[Mapping[str, str]], Plan],
    apply: Callable[..., Any],
    dry_run: Shown,
) -> HttpResponse:
    """The dry run of ``one``; written when it was sent. Stale or refused, it is shown again.

    ``page`` is the URL name of the page, ``plan`` makes the plan by what was asked, ``dry_run``
    shows one with a status and a refusal.
    """
    if request.method != "POST":
        return dry_run(plan(request.GET), HTTPStatus.OK, "")
    sent = request.POST
    try:
        apply(one, lambda: plan(sent), seen=sent.get("seen", ""), actor=request.user)
    except ImportStaleError as error:
        return dry_run(error.fresh, HTTPStatus.CONFLICT, "")
    except TransitionRefusedError as refusal:
        one.refresh_from_db()
        if one.applied_at is not None:
            messages.info(request, str(refusal))
            return redirect(page, pk=one.pk)
        return dry_run(plan(sent), HTTPStatus.UNPROCESSABLE_ENTITY, str(refusal))
    messages.success(request, "Đã ghi. Bỏ được cả lần nhập này khi chưa có việc khác dựa vào.")
    return redirect(page, pk=one.pk)


def undo_page(
    request: HttpRequest,
    one: Any,
    *,
    page: str,
    back: str,
    undo: Callable[..., list[str]],
    written: Callable[[list[str]], HttpResponse],
) -> HttpResponse:
    """Take ``one`` back as a whole; ``written`` shows it again with what refused."""
    if one.applied_at is None:
        messages.info(request, "Tệp này chưa ghi dòng nào nên không có gì để bỏ.")
        return redirect(page, pk=one.pk)
    refused = undo(one, actor=request.user)
    if refused:
        return written(refused)
    messages.success(request, "Đã bỏ cả lần nhập: mọi dòng trở lại như trước.")
    return redirect(back)
