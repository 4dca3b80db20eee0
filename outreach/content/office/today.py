"""What waits about the things that go out, for the page “Hôm nay”."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest

from core.admin import TodayItem
from outreach.content import kinds


def today_items(request: HttpRequest) -> list[TodayItem]:
    """Nothing for who may neither write nor approve."""
    items: list[TodayItem] = []
    for kind in kinds.every():
        items += _of(kind, request.user)
    return items


def _of(kind: kinds.Kind, user: Any) -> list[TodayItem]:
    may_approve = user.has_perm(f"outreach.approve_{kind.name}")
    may_write = user.has_perm(f"outreach.change_{kind.name}")
    if not (may_approve or may_write):
        return []
    rows: Any = kind.model._default_manager.visible_to(user)  # type: ignore[attr-defined]
    url, label = kind.list_url, kind.label
    items = [
        TodayItem(
            rows.published().on_lapsed_bases(),
            f"{label} đã phát hành mà căn cứ không còn hiệu lực",
            f"{url}?viec=can-cu-doi",
            "Xem lại",
            weight=64,
        )
    ]
    if may_approve:
        items += _to_approve(kind, rows, user)
    if may_write:
        items += _to_write(kind, rows)
    return items


def _to_approve(kind: kinds.Kind, rows: Any, user: Any) -> list[TodayItem]:
    return [
        TodayItem(
            rows.awaiting(user),
            f"{kind.label} chờ đồng chí duyệt",
            f"{kind.list_url}?viec=cho-toi-duyet",
            "Duyệt",
            weight=62,
        ),
        TodayItem(
            rows.filter(is_forced=True),
            f"{kind.label} phát hành gấp, chờ kiểm tra",
            f"{kind.list_url}?viec=phat-hanh-gap",
            "Kiểm tra",
            weight=63,
        ),
    ]


def _to_write(kind: kinds.Kind, rows: Any) -> list[TodayItem]:
    returned = kind.model.Status.RETURNED
    items = [
        TodayItem(
            rows.filter(status=returned),
            f"{kind.label} được trả lại để sửa",
            f"{kind.list_url}?status__exact={returned}",
            "Sửa",
            weight=50,
        )
    ]
    if not kind.model.is_automatic:
        items.append(
            TodayItem(
                rows.waiting_for_hands(),
                f"{kind.label} đến giờ gửi",
                f"{kind.list_url}?viec=den-gio",
                "Gửi",
                weight=61,
            )
        )
    return items
