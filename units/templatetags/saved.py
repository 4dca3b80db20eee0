"""The kept filters above a list."""

from __future__ import annotations

from typing import Any

from django import template

from core.lists import STALE, OfficeList, list_of, pairs_of, ready_of
from units.models import SavedFilter
from units.models.saved import STAFF

register = template.Library()
PAGE_PARAMS = {"p", "trang", STALE, "all", "e"}


@register.inclusion_tag("units/office/_saved_filters.html", takes_context=True)
def saved_filters(context: template.Context, key: str) -> dict[str, Any]:
    """Links to the ready, the own and the shared filters of the list ``key``, and a form to keep
    what is filtered now; one query."""
    request = context["request"]
    of_list = list_of(key)
    if of_list is None:
        return {}
    here = [pair for pair in pairs_of(request.META["QUERY_STRING"]) if pair[0] not in PAGE_PARAMS]
    now, _ = of_list.split(request, here)
    links = [_link(of_list, one.name, one.params, now) for one in ready_of(key)]
    told: list[str] = []
    for row in (
        SavedFilter.objects.shown_to(request.user).filter(list_key=key).select_related("user")
    ):
        kept, dropped = of_list.split(request, [(a, b) for a, b in row.params])
        link = _link(of_list, row.name, kept, now)
        if row.user_id != request.user.pk:
            link["by"] = str(row.user)
        if dropped:
            link["url"] += f"{'&' if kept else '?'}{STALE}={row.pk}"
            if _stale_asked(request) == str(row.pk):
                told.append(row.name)
        links.append(link)
    return {
        "csrf_token": context.get("csrf_token"),
        "key": key,
        "links": links,
        "query": of_list.address(now).partition("?")[2],
        "told": told,
        "roles": STAFF,
    }


def _link(of_list: OfficeList, name: str, params: Any, now: Any) -> dict[str, Any]:
    return {
        "name": name,
        "url": of_list.address(params),
        "is_current": bool(params) and sorted(params) == sorted(now),
    }


def _stale_asked(request: Any) -> str:
    """The lists of the admin site take the parameter out of the address before they look at it."""
    return getattr(request, "stale_filter", "") or request.GET.get(STALE, "")
