"""Articles and posters as people see them: on the public pages and, before, in the office."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe

from core.qr import QrCode, qr_code
from outreach.content import rich, workflow
from outreach.content.models import PLACE, Article, ArticlePicture, Poster
from products import sharing, structured
from products.models import Product
from products.public import in_order
from units.models import Unit

PER_MINUTE = 220  # words (syllables) that people read silently


def body_of(article: Article) -> SafeString:
    """The text, cleaned once more, with its pictures in their places; the others at its end."""
    pictures = {one.number: one for one in article.pictures.select_related("picture")}
    parts = PLACE.split(rich.clean(article.body) if article.body else "")
    html = parts[0]
    for number, behind in zip(parts[1::2], parts[2::2], strict=True):
        picture = pictures.pop(int(number), None)
        html += (_figure(picture) if picture else "") + behind
    html += "".join(_figure(picture) for picture in pictures.values())
    return mark_safe(html)  # noqa: S308  the sanitiser's and our own template's


def _figure(row: ArticlePicture) -> str:
    return render_to_string("outreach/content/_figure.html", {"row": row})


def minutes_of(article: Article) -> int:
    return max(1, round(len(rich.words(article.body).split()) / PER_MINUTE))


def article_context(request: HttpRequest, article: Article) -> dict[str, Any]:
    """All that the page of ``article`` shows, published or not."""
    url = request.build_absolute_uri(article.get_absolute_url())
    goods = article.products.filter(status=Product.Status.PUBLISHED).order_by("name_sort")
    picture = article.picture
    image = request.build_absolute_uri(picture.large) if picture else ""
    news = request.build_absolute_uri(reverse("news:list"))
    return {
        "article": article,
        "body": body_of(article),
        "minutes": minutes_of(article),
        "goods": in_order(list(goods.values_list("pk", flat=True)[:6])),
        "sources": list(article.sources.all()),
        "bases": list(article.bases.all()),
        "lapsed": [workflow.lapse_of(basis) for basis in article.lapsed_bases()],
        "share": sharing.share_of(url),
        "image": image,
        "data": [
            _news_article(article, url=url, image=image, ward=article.owner),
            structured.breadcrumbs([("Tin tức", news), (article.title, url)]),
        ],
    }


def _news_article(article: Article, *, url: str, image: str, ward: Unit) -> dict[str, Any]:
    published = article.published_at or article.updated_at
    data: dict[str, Any] = {
        "@context": structured.CONTEXT,
        "@type": "NewsArticle",
        "headline": article.title,
        "description": article.summary,
        "url": url,
        "inLanguage": "vi",
        "datePublished": published.isoformat(),
        "dateModified": max(published, article.updated_at).isoformat(),
        "publisher": {"@type": "GovernmentOrganization", "name": str(ward)},
        "author": {"@type": "GovernmentOrganization", "name": str(ward)},
    }
    if image:
        data["image"] = [image]
    return data


def poster_context(request: HttpRequest, poster: Poster) -> dict[str, Any]:
    """One sheet of A4; its code opens the article once that is out, else the news."""
    article = poster.article
    is_out = article is not None and article.status == Article.Status.PUBLISHED
    path = article.get_absolute_url() if article and is_out else reverse("news:list")
    address = request.build_absolute_uri(path)
    code: QrCode = qr_code(address)
    return {
        "poster": poster,
        "lines": [line for line in poster.text.split("\n") if line.strip()],
        "qr": code,
        "address": address.split("://", 1)[-1],
        "waits_for": article if article and not is_out else None,
        "is_draft": poster.status != Poster.Status.PUBLISHED,
    }
