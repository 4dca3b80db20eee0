"""What every page for residents shares: for any cache, without session, cookie or script."""

from __future__ import annotations

import datetime as dt
import time
from collections import OrderedDict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import wraps
from typing import Any, TypeVar

from django.conf import settings
from django.db.models import Prefetch, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.cache import (
    get_conditional_response,
    patch_cache_control,
    patch_vary_headers,
    set_response_etag,
)
from django.views.decorators.cache import cache_control
from django.views.decorators.http import conditional_page, require_safe

from core import replica
from core.access import public
from core.packing import SMALLEST, encoding_for, packed
from products.catalogue import Catalogue, catalogue_of, stamp
from products.models import Product, Recognition
from units.models import Unit
from units.wards import current_ward

FRESH = 60  # seconds in which a cache need not ask again
KEPT_PAGES, LONGEST_ADDRESS = 200, 300
T = TypeVar("T")


Mark = tuple[str, dt.date, str]  # of the catalogue, the day, the database that it was read from


@dataclass(frozen=True)
class _Kept:
    mark: Mark  # claims lapse with the day
    made_at: float
    response: HttpResponse
    packed: dict[str, bytes] = field(default_factory=dict)  # by encoding


_pages: OrderedDict[str, _Kept] = OrderedDict()


def public_page(view: Callable[..., HttpResponse]) -> Any:
    """Open to anyone, kept by caches for a minute, then asked for by its ETag.

    The process keeps it too, until the catalogue has changed or the minute is over: see
    :func:`kept_page`, which answers before the other middleware is asked.
    """

    def answer(request: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        return _read(request, lambda: made(request, *args, **kwargs))

    def made(request: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        mark = getattr(request, "page_mark", None)
        if mark is None or mark[2] != replica.alias():
            mark = _mark()
        request.catalogue_mark = mark[0]
        response = view(request, *args, **kwargs)
        key = _key(request)
        if response.status_code == 200 and request.method == "GET" and len(key) <= LONGEST_ADDRESS:
            set_response_etag(response)
            patch_cache_control(response, public=True, max_age=FRESH)
            patch_vary_headers(response, ["Accept-Encoding"])
            _pages[key] = _Kept(mark, time.monotonic(), _copy(response))
            while len(_pages) > KEPT_PAGES:
                _pages.popitem(last=False)
        return response

    cached = cache_control(public=True, max_age=FRESH)(conditional_page(require_safe(answer)))
    return public(wraps(view)(cached))


def kept_page(request: Any) -> HttpResponse | None:
    """The answer to ``request`` as it was made within the last minute, if nothing changed since."""
    kept = _pages.get(_key(request)) if request.method in ("GET", "HEAD") else None
    if kept is None or time.monotonic() - kept.made_at >= FRESH:
        return None
    request.page_mark = _read(request, _mark)
    if kept.mark != request.page_mark:
        return None
    response = _copy(kept.response)
    return get_conditional_response(request, etag=response["ETag"], response=response)


def pack_page(request: HttpRequest, response: HttpResponse) -> None:
    """Compress ``response`` for this browser, if it is a page that the process keeps."""
    kept = _pages.get(_key(request))
    encoding = encoding_for(request)
    body = response.content if kept and response.status_code == 200 else b""
    if kept is None or not encoding or len(body) < SMALLEST or body != kept.response.content:
        return
    if encoding not in kept.packed:
        kept.packed[encoding] = packed(body, encoding)
    response.content = kept.packed[encoding]
    response["Content-Encoding"] = encoding
    response["Content-Length"] = str(len(response.content))
    response["ETag"] = f"W/{response['ETag'].removeprefix('W/')}"  # same page, other bytes


def _key(request: HttpRequest) -> str:
    return f"{request.scheme}://{request.get_host()}{request.get_full_path()}"


def _mark() -> Mark:
    return stamp(), timezone.localdate(), replica.alias()


def _read(request: HttpRequest, job: Callable[[], T]) -> T:
    """From a replica for residents; who is signed in sees at once what he has just published."""
    return job() if settings.SESSION_COOKIE_NAME in request.COOKIES else replica.read(job)


def forget_pages() -> None:
    """For tests, whose databases go back."""
    _pages.clear()


def _copy(response: HttpResponse) -> HttpResponse:
    return HttpResponse(response.content, headers=dict(response.headers))


def ward_or_404(request: HttpRequest) -> Unit:
    """The ward of this host. A portal without a ward has no public pages yet."""
    ward = current_ward(request)
    if ward is None:
        raise Http404
    return ward


def catalogue_for(request: Any, ward: Unit) -> Catalogue:
    """The catalogue of ``ward``; its mark was read when the page was asked for."""
    return catalogue_of(ward, getattr(request, "catalogue_mark", ""))


def for_cards(products: QuerySet[Product]) -> QuerySet[Product]:
    """All that a card shows, in two queries: ``claims`` are what may be said today."""
    holding = Recognition.objects.holding_on().order_by("programme", "-year", "pk")
    return products.for_list().prefetch_related(
        Prefetch("recognitions", queryset=holding, to_attr="claims")
    )


def in_order(keys: list[int]) -> list[Product]:
    """The goods of ``keys`` with all that a card shows, in the order of the keys."""
    rows = {product.pk: product for product in for_cards(Product.objects.filter(pk__in=keys))}
    return [rows[key] for key in keys if key in rows]


def last_checked(rows: Iterable[Any]) -> dt.date | None:
    days = [row.checked_on for row in rows if row.checked_on]
    return min(max(days), timezone.localdate()) if days else None
