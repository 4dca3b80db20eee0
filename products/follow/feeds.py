"""Atom feeds (RFC 4287): what was published lately, and what is on."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db.models import Max, Q
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.feedgenerator import Atom1Feed

from core.text import format_date
from products.follow.answers import open_to_all
from products.models import Product, Promotion
from products.public import ward_or_404
from units.models import Unit

NEWEST = 50
SAMPLE = " (dữ liệu mẫu)"


@open_to_all
def goods(request: HttpRequest) -> HttpResponse:
    """The goods that came onto the pages last, the newest first."""
    ward = ward_or_404(request)
    stood = (
        Product.Status.PUBLISHED
    )  # a step within it, such as a date of the front page, is no news
    came = Q(steps__to_status=stood) & ~Q(steps__from_status=stood)
    published = Max("steps__created_at", filter=came)
    rows = Product.objects.filter(owner=ward).published().annotate(published_at=published)
    rows = rows.select_related("category", "producer").order_by("-published_at", "-pk")[:NEWEST]
    feed = _feed(request, ward, "Hàng Việt mới giới thiệu", reverse("products:list"))
    for row in rows:
        feed.add_item(
            title=row.name + (SAMPLE if row.is_sample else ""),
            link=request.build_absolute_uri(row.get_absolute_url()),
            description="\n".join(filter(None, (row.summary, row.why_recommended))),
            pubdate=row.published_at or row.created_at,
            updateddate=max(row.updated_at, row.published_at or row.created_at),
            categories=[row.category.name],
        )
    return _answer(feed)


@open_to_all
def events(request: HttpRequest) -> HttpResponse:
    """Fairs and promotions that are on or to come."""
    ward = ward_or_404(request)
    feed = _feed(request, ward, "Hội chợ, khuyến mại", reverse("products:promotions"))
    for row in Promotion.objects.filter(owner=ward).published().from_day()[:NEWEST]:
        days = format_date(row.first_on)
        if row.last_on != row.first_on:
            days += f" đến {format_date(row.last_on)}"
        facts = (days, row.hours, row.place, row.text)
        feed.add_item(
            title=row.title + (SAMPLE if row.is_sample else ""),
            link=request.build_absolute_uri(row.get_absolute_url()),
            description="\n".join(filter(None, facts)),
            updateddate=row.updated_at,
            categories=[row.get_kind_display()],
        )
    return _answer(feed)


class _Feed(Atom1Feed):
    """An empty feed has no newest entry, and its date must not change with every look."""

    def latest_post_date(self) -> dt.datetime:
        if not self.items:
            return dt.datetime(2026, 1, 1, tzinfo=timezone.get_current_timezone())
        return super().latest_post_date()


def _feed(request: HttpRequest, ward: Unit, title: str, page: str) -> Any:
    return _Feed(
        title=f"{title} – {ward.name}",
        link=request.build_absolute_uri(page),
        description="",
        feed_url=request.build_absolute_uri(request.path),
        language="vi",
        author_name=ward.name,
    )


def _answer(feed: Any) -> HttpResponse:
    return HttpResponse(
        feed.writeString("utf-8"), content_type="application/atom+xml; charset=utf-8"
    )
