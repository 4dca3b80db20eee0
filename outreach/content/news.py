"""/tin-tuc/: the ward's articles and posters for anyone, and the feed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.feedgenerator import Atom1Feed
from django.utils.html import format_html

from outreach.content.models import Article, Poster
from outreach.content.showing import article_context, body_of, minutes_of, poster_context
from products.follow.answers import open_to_all
from products.public import public_page, ward_or_404
from units.models import Unit

PAGE_SIZE, NEWEST, POSTERS, MAPPED = 12, 30, 6, 10_000


@public_page
def news(request: HttpRequest) -> HttpResponse:
    """The newest first; the posters to print below."""
    ward = ward_or_404(request)
    rows = Article.objects.filter(owner=ward).published().select_related("picture")
    page = Paginator(rows.order_by("-published_at", "-pk"), PAGE_SIZE).get_page(
        request.GET.get("trang")
    )
    for article in page:
        article.minutes = minutes_of(article)
    posters = Poster.objects.filter(owner=ward).published().order_by("-published_at", "-pk")
    context = {"page": page, "posters": list(posters[:POSTERS])}
    return render(request, "outreach/content/news.html", context)


@public_page
def article(request: HttpRequest, slug: str) -> HttpResponse:
    rows = Article.objects.filter(owner=ward_or_404(request)).published()
    row = get_object_or_404(
        rows.select_related("owner", "picture", "content_item__plan"), slug=slug
    )
    return render(request, "outreach/content/article.html", article_context(request, row))


@public_page
def poster(request: HttpRequest, pk: int) -> HttpResponse:
    rows = Poster.objects.filter(owner=ward_or_404(request)).published()
    row = get_object_or_404(rows.select_related("article", "picture", "owner"), pk=pk)
    return render(request, "outreach/content/poster.html", poster_context(request, row))


@open_to_all
def feed(request: HttpRequest) -> HttpResponse:
    """Atom (RFC 4287) with the whole texts; for caches an hour, as the other feeds."""
    ward = ward_or_404(request)
    rows = list(
        Article.objects.filter(owner=ward)
        .published()
        .select_related("content_item")
        .order_by("-published_at", "-pk")[:NEWEST]
    )
    made = Atom1Feed(
        title=f"Tin tức – {ward.name}",
        link=request.build_absolute_uri(reverse("news:list")),
        description="",
        feed_url=request.build_absolute_uri(request.path),
        language="vi",
        author_name=ward.name,
    )
    for row in rows:
        made.add_item(
            title=row.title,
            link=request.build_absolute_uri(row.get_absolute_url()),
            description=format_html("<p>{}</p>{}", row.summary, body_of(row)),
            pubdate=row.published_at,
            updateddate=max(row.updated_at, row.published_at or row.updated_at),
            categories=[row.content_item.short_title],
        )
    return HttpResponse(
        made.writeString("utf-8"), content_type="application/atom+xml; charset=utf-8"
    )


def news_lines(ward: Unit) -> Iterator[tuple[str, dt.date | None]]:
    """For the map of the site: the list, then each article with the day of its last change."""
    yield reverse("news:list"), None
    rows = Article.objects.filter(owner=ward).published().order_by("pk")
    for row in rows.only("pk", "slug", "updated_at")[:MAPPED]:
        yield row.get_absolute_url(), timezone.localdate(row.updated_at)
