"""What waits for a leader, what was decided, and taking a link back."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from approvals import kinds, requests, rules, workflow
from approvals.models import DECIDED, ApprovalRequest, ApprovalRest, Status
from core.admin import TodayItem, office_render
from core.workflow import StaleError, TransitionRefusedError

PAGE = 50
TABS = (
    ("", "Chờ lãnh đạo"),
    ("tra-lai", "Trả lại, chưa xem"),
    ("lo", "Lỡ, cần trình lại"),
    ("da-quyet", "Đã quyết định"),
    ("khac", "Hết hạn, thu hồi"),
)


@require_safe
def approvals(request: HttpRequest) -> HttpResponse:
    chosen = request.GET.get("loc", "")
    chosen = chosen if chosen in dict(TABS) else ""
    rows = _rows(request).select_related("leader", "made_by")
    page = Paginator(_filtered(rows, chosen), PAGE).get_page(request.GET.get("trang"))
    context = {"page_obj": page, "tabs": TABS, "chosen": chosen}
    return office_render(request, "approvals/office/list.html", context)


@require_safe
def approval(request: HttpRequest, pk: int) -> HttpResponse:
    return _page(request, _one(request, pk))


@require_POST
def step(request: HttpRequest, pk: int) -> HttpResponse:
    """Take the link back, or tick off what the office was told."""
    asked = _one(request, pk)
    if not rules.may_revoke(request.user, asked):
        raise PermissionDenied
    act = request.POST.get("act", "")
    if act == "note":
        requests.note(asked, actor=request.user)
        messages.success(request, "Đã ghi là văn phòng đã biết.")
        return redirect("admin:approval", pk=asked.pk)
    if act != "revoke":
        return _page(request, asked, "Chưa rõ việc cần làm, mời bấm lại nút.", 422)
    text = request.POST.get("seen_version", "")
    seen = int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0
    try:
        requests.revoke(asked, actor=request.user, seen_version=seen)
    except StaleError as error:
        refusal = "Đường dẫn này vừa có thay đổi, đồng chí xem lại bên dưới."
        return _page(request, _one(request, error.fresh.pk), refusal, 409)
    except TransitionRefusedError as error:
        return _page(request, _one(request, asked.pk), str(error), 422)
    messages.success(request, "Đã thu hồi. Đường dẫn và mã PIN không mở được nữa.")
    return redirect("admin:approval", pk=asked.pk)


def today_items(request: HttpRequest) -> list[TodayItem]:
    """What came back, what waits, what of one's own nobody can decide any more, and wrong PINs."""
    if not request.user.has_perm(rules.ADD):
        return []
    mine, url = _rows(request), reverse("admin:approvals")
    counted = mine.aggregate(
        every=Count("pk"),
        returned=Count("pk", filter=Q(pk__in=mine.to_tell().values("pk"))),
        waiting=Count("pk", filter=Q(pk__in=mine.usable().values("pk"))),
        open=Count("pk", filter=Q(status=Status.OPEN, made_by=request.user)),
    )
    if not counted["every"]:
        return []
    rests = ApprovalRest.objects.filter(noted_at__isnull=True, request__in=mine.values("pk"))
    own = mine.filter(made_by=request.user)
    stalled = requests.stalled(own) if counted["open"] else []
    told = {rest.request_id: rest.request for rest in rests.select_related("request")[:20]}
    return [
        TodayItem(
            counted["returned"],
            "văn bản lãnh đạo trả lại để sửa",
            f"{url}?loc=tra-lai",
            "Xem lý do",
            88,
        ),
        TodayItem(
            len(stalled),
            "văn bản trình lãnh đạo bị lỡ: đường dẫn hết hạn hoặc văn bản đã sửa, chưa ai quyết định",
            reverse("admin:approval", args=stalled) if len(stalled) == 1 else f"{url}?loc=lo",
            "Trình lại",
            60,
        ),
        TodayItem(counted["waiting"], "văn bản chờ lãnh đạo duyệt", url, "Xem", 40),
        *(
            TodayItem(
                1,
                f"đường dẫn trình lãnh đạo bị nhập sai mã PIN nhiều lần: {asked.title}",
                reverse("admin:approval", args=[pk]),
                "Xem",
                84,
            )
            for pk, asked in told.items()
        ),
    ]


def _rows(request: HttpRequest) -> Any:
    return ApprovalRequest.objects.visible_to(request.user)


def _filtered(rows: Any, chosen: str) -> QuerySet[ApprovalRequest]:
    if chosen == "tra-lai":
        return rows.to_tell()
    if chosen == "lo":
        return rows.filter(pk__in=requests.stalled(rows))
    if chosen == "da-quyet":
        return rows.filter(status__in=DECIDED)
    if chosen == "khac":
        over = Q(status=Status.OPEN, expires_at__lte=timezone.now())
        return rows.filter(Q(status=Status.REVOKED) | over)
    return rows.usable()


def _one(request: HttpRequest, pk: int) -> ApprovalRequest:
    rows = _rows(request).select_related("leader", "made_by", "owner", "noted_by")
    return get_object_or_404(rows, pk=pk)


def _page(
    request: HttpRequest, asked: ApprovalRequest, refusal: str = "", status: int = 200
) -> HttpResponse:
    kind = kinds.get(asked.kind)
    row = kind.find(asked.target) if kind else None
    context = {
        "asked": asked,
        "row_url": kind.address(row) if kind and row else "",
        "changes": requests.what_changed(asked, kind, row)
        if kind and asked.status == Status.OPEN
        else "",
        "steps": [
            (workflow.LABELS.get(one.name, one.name), one)
            for one in asked.steps.select_related("actor")
        ],
        "rests": list(asked.rests.filter(noted_at__isnull=True)),
        "may_change": rules.may_revoke(request.user, asked),
        "needs_note": asked.status == Status.RETURNED and asked.noted_at is None,
        "errors": [refusal] if refusal else [],
    }
    return office_render(
        request, "approvals/office/one.html", context, status=HTTPStatus(status)
    )  # fmt: skip
