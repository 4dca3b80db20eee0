"""What waits about goods, for the page “Hôm nay”."""

from __future__ import annotations

from typing import Any

from django.db.models import Q
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone

from core.admin import TodayItem
from products import evidence
from products.models import Product, SearchMiss
from products.office.misses import WEEK

Status = Product.Status
LIST = "admin:products_product_changelist"


def today_items(request: HttpRequest) -> list[TodayItem]:
    """Nothing for who has no business with goods."""
    user = request.user
    if not user.has_perm("products.view_product"):
        return []
    items: list[TodayItem] = []
    if user.has_perm("products.change_product") or user.has_perm("products.approve_product"):
        items += _of_goods(user)
        items += _of_evidence(user)
        items += _of_misses(user)
    return items


def _of_goods(user: Any) -> list[TodayItem]:
    """What a person may not approve, being the author or the checker, is not counted for them."""
    goods: Any = Product.objects.visible_to(user)
    items = []
    if user.has_perm("products.approve_product"):
        url = f"{reverse(LIST)}?viec=cho-toi-duyet"
        items.append(
            TodayItem(goods.awaiting(user), "mặt hàng chờ đồng chí duyệt", url, "Duyệt", weight=60)
        )
    if user.has_perm("products.change_product"):
        url = f"{reverse(LIST)}?status__exact={Status.DRAFT}"
        items.append(
            TodayItem(
                goods.filter(status=Status.DRAFT),
                "đề xuất hàng chờ kiểm tra",
                url,
                "Kiểm tra",
                weight=40,
            )
        )
    return items


def _of_misses(user: Any) -> list[TodayItem]:
    """Of this week alone: the list itself keeps the older ones."""
    rows = SearchMiss.objects.visible_to(user).listed().order_by()
    recent = rows.filter(last_on__gt=timezone.localdate() - WEEK)
    url = f"{reverse('admin:product_misses')}?tuan-nay=1"
    return [TodayItem(recent, "lời bà con tìm tuần này mà chưa có hàng", url, "Xem", weight=10)]


def _of_evidence(user: Any) -> list[TodayItem]:
    url = reverse("admin:product_evidence")
    return [
        TodayItem(
            evidence.lapsing(user),
            "công nhận sắp hết hạn trong 30 ngày",
            url,
            "Xem",
            weight=55,
        ),
        TodayItem(
            evidence.unchecked(user).filter(Q(editor__isnull=True) | ~Q(editor=user.pk)),
            "công nhận chờ đồng chí đối chiếu",
            url,
            "Đối chiếu",
            weight=45,
        ),
        TodayItem(
            evidence.to_ask(user),
            "chỗ bán cần hỏi lại còn hàng không",
            reverse("admin:product_sales"),
            "Hỏi lại",
            weight=20,
        ),
    ]
