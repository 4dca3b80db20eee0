"""All goods, or those of a search and of choices; everything stands in the address."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render

from core.text import clean
from products import misses, searching
from products.cards import cards
from products.catalogue import FACETS, Catalogue, Chosen, Facet
from products.catalogue.holding import SORTS
from products.public import catalogue_for, last_checked, public_page, ward_or_404
from units.models import Unit

PAGE_SIZE = 24
AT_ONCE = 4  # pictures of the first rows, which are seen at once
SHOWN, MOST = 8, 60  # choices of a facet at once, and in all


def asked_words(request: HttpRequest) -> str:
    """What was typed into the search box, in one line, as much of it as is looked at."""
    text = clean(request.GET.get("q", "")).replace("\n", " ")
    return text[: searching.MAX_LENGTH].strip()


@public_page
def product_list(request: HttpRequest) -> HttpResponse:
    ward = ward_or_404(request)
    held = catalogue_for(request, ward)
    query = asked_words(request)
    chosen = held.sets.chosen(dict(request.GET.lists()))
    keys = held.pks(query, chosen, _sort(request, query))
    page = Paginator(keys, PAGE_SIZE).get_page(request.GET.get("trang"))
    page.object_list = cards(held, list(page.object_list), eager=AT_ONCE)
    if query and not chosen and not keys and held.entries:
        misses.note(ward, query)
    return render(request, "products/list.html", _context(request, held, page, query, chosen, ward))


def _sort(request: HttpRequest, query: str) -> str:
    """The chosen order; by name where nothing was looked for, else the best find first."""
    asked = request.GET.get("xep", "")
    return asked if asked in SORTS else ("" if query else "ten")


def _context(
    request: HttpRequest, held: Catalogue, page: Any, query: str, chosen: list[Chosen], ward: Unit
) -> dict[str, Any]:
    asked = request.GET.get("trang", "")
    sort = _sort(request, query)
    state = _state(query, chosen, sort)
    return {
        "ward": ward,
        "page": page,
        "state": state,
        "query": query,
        "is_near": bool(query) and held.search(query).is_near,
        "chosen": [
            {
                "facet": one.facet,
                "slug": one.slug,
                "name": one.name,
                "without": link(state, one.facet, without=one.slug),
            }
            for one in chosen
        ],
        "kind": _only_kind(chosen),
        "unknown": list(dict.fromkeys(FACETS[one.facet] for one in chosen if not one.name)),
        "facets": [_facet(one, state) for one in held.facets(query, chosen)],
        "sorts": _sorts(state, query, sort),
        "is_beyond": asked.isdecimal() and int(asked[:9]) > page.paginator.num_pages,
        "kinds": [] if page.object_list else _kinds(held),
        "checked_on": last_checked(page.object_list),
    }


def _only_kind(chosen: list[Chosen]) -> Chosen | None:
    """The kind of goods that the page is about, where it is one."""
    kinds = [one for one in chosen if one.facet == "loai" and one.name]
    return kinds[0] if len(kinds) == 1 else None


def _state(query: str, chosen: list[Chosen], sort: str) -> QueryDict:
    """The address of the list as it is understood: what nobody knows is not carried on."""
    state = QueryDict(mutable=True)
    if query:
        state["q"] = query
    for one in chosen:
        if one.name:
            state.appendlist(one.facet, one.slug)
    if sort and (sort != "ten" or query):
        state["xep"] = sort
    return state


def link(state: QueryDict, name: str, value: str = "", *, without: str = "") -> str:
    """The address with ``value`` for ``name``; from the first page again.

    ``without`` takes one value of ``name`` away; else all of them go, or ``value`` stands for them.
    """
    pairs = [
        (key, one)
        for key, values in state.lists()
        for one in values
        if key != name or (without and one != without)
    ]
    if value:
        pairs.append((name, value))
    return f"?{urlencode(pairs)}"


def _facet(facet: Facet, state: QueryDict) -> dict[str, Any]:
    """The choices with their addresses: one more of a facet, or a chosen one taken back."""
    values = [
        {
            "name": value.name,
            "count": value.count,
            "is_chosen": value.is_chosen,
            "url": link(state, facet.slug, without=value.slug)
            if value.is_chosen
            else _also(state, facet.slug, value.slug),
        }
        for value in facet.values
    ]
    shown = values[:SHOWN] + [one for one in values[SHOWN:MOST] if one["is_chosen"]]
    more = [one for one in values[SHOWN:MOST] if not one["is_chosen"]]
    return {"name": facet.name, "values": shown, "more": more}


def _also(state: QueryDict, name: str, value: str) -> str:
    pairs = [(key, one) for key, values in state.lists() for one in values]
    return f"?{urlencode([*pairs, (name, value)])}"


def _sorts(state: QueryDict, query: str, sort: str) -> list[dict[str, Any]]:
    names = {"": "hợp nhất", **SORTS} if query else SORTS
    return [
        {
            "name": name,
            "is_chosen": value == sort,
            "url": link(state, "xep", "" if value == "ten" and not query else value),
        }
        for value, name in names.items()
    ]


def _kinds(held: Catalogue) -> Any:
    """The kinds of goods that have something to show, each with its count."""
    return next((one.values for one in held.facets("", []) if one.slug == "loai"), [])
