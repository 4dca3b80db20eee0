"""The lists of the office whose filters can be kept under a name.

A kept filter is a set of parameters of the address. Which ones a list takes, and which of their
values still mean something, the list says itself: nothing else is kept or used.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.contrib import admin
from django.contrib.admin.filters import RelatedFieldListFilter, SimpleListFilter
from django.http import HttpRequest, QueryDict
from django.urls import reverse
from django.utils.http import urlencode

MAX_VALUE = 200  # characters of one parameter
STALE = "bo-loc"  # names the kept filter of which something was left out

Check = Callable[[str], bool]
Pairs = list[tuple[str, str]]


def is_short(value: str) -> bool:
    return 0 < len(value) <= MAX_VALUE


def one_of(*values: str) -> Check:
    return lambda value: value in values


def matches(pattern: str) -> Check:
    return lambda value: bool(re.fullmatch(pattern, value))


@dataclass(frozen=True, kw_only=True)
class OfficeList:
    """``key`` is kept with a filter, ``url`` the list's page, ``action`` the right that opens it."""

    key: str
    label: str
    url: str
    action: str
    allowed: Callable[[HttpRequest], Mapping[str, Check]]

    def split(self, request: HttpRequest, pairs: Iterable[tuple[str, str]]) -> tuple[Pairs, Pairs]:
        """The pairs that the list still takes, and those that it does not."""
        allowed = self.allowed(request)
        kept: Pairs = []
        dropped: Pairs = []
        for name, value in pairs:
            check = allowed.get(name)
            (kept if check and check(value) else dropped).append((name, value))
        return kept, dropped

    def address(self, pairs: Pairs) -> str:
        return f"{self.url}?{urlencode(pairs)}" if pairs else self.url


@dataclass(frozen=True)
class ReadyFilter:
    """A filter that comes with the portal."""

    name: str
    params: Pairs


_OWN: dict[str, tuple[str, str, str, Mapping[str, Check]]] = {}
_READY: dict[str, list[ReadyFilter]] = {}


def add_list(
    *, key: str, label: str, url_name: str, action: str, params: Mapping[str, Check]
) -> None:
    """A list of our own; those of the admin site are known by themselves."""
    _OWN[key] = (label, url_name, action, params)


def add_ready(key: str, name: str, **params: str) -> None:
    """A filter that comes with the portal; ``_`` in a parameter's name stands for “-”."""
    pairs = [(param.replace("_", "-"), value) for param, value in params.items()]
    _READY.setdefault(key, []).append(ReadyFilter(name, pairs))


def ready_of(key: str) -> list[ReadyFilter]:
    return _READY.get(key, [])


def list_of(key: str) -> OfficeList | None:
    """The list that is called ``key``: the name of our own, or “app.model”."""
    if key in _OWN:
        label, url_name, action, params = _OWN[key]
        return OfficeList(
            key=key, label=label, url=reverse(url_name), action=action, allowed=lambda _: params
        )
    for model, model_admin in admin.site._registry.items():
        if model._meta.label_lower == key:
            return _of_admin(key, model_admin)
    return None


def _of_admin(key: str, model_admin: Any) -> OfficeList:
    meta = model_admin.opts
    label = getattr(model_admin, "office_label", "") or str(meta.verbose_name_plural)
    return OfficeList(
        key=key,
        label=label[:1].upper() + label[1:],
        url=reverse(f"admin:{meta.app_label}_{meta.model_name}_changelist"),
        action=f"{meta.app_label}.view_{meta.model_name}",
        allowed=lambda request: admin_params(model_admin, request),
    )


def admin_params(model_admin: Any, request: HttpRequest) -> dict[str, Check]:
    """The parameters of a list of the admin site: search, order, and its filters."""
    found: dict[str, Check] = {"o": matches(r"-?\d{1,2}(\.-?\d{1,2}){0,9}")}
    if model_admin.get_search_fields(request):
        found["q"] = is_short
    for spec in model_admin.get_list_filter(request):
        if isinstance(spec, type) and issubclass(spec, SimpleListFilter):
            lookups = spec.lookups(None, request, model_admin)  # type: ignore[arg-type]
            found[str(spec.parameter_name)] = one_of(*(str(value) for value, _ in lookups or ()))
            continue
        name, kind = spec if isinstance(spec, tuple | list) else (spec, None)
        field = model_admin.opts.get_field(name)
        if field.is_relation or (
            isinstance(kind, type) and issubclass(kind, RelatedFieldListFilter)
        ):
            key = field.target_field.name
            found[f"{name}__{key}__exact"] = _is_row(model_admin, field, request)
        elif field.flatchoices:
            found[f"{name}__exact"] = one_of(*(str(value) for value, _ in field.flatchoices))
        else:
            found[f"{name}__exact"] = one_of("0", "1")
    return found


def _is_row(model_admin: Any, field: Any, request: HttpRequest) -> Check:
    """The row that is filtered by is still there, and one that this person may see."""

    def check(value: str) -> bool:
        rows = model_admin.get_field_queryset(None, field, request)
        if rows is None:
            rows = field.related_model._default_manager.all()
        is_key = value.isascii() and value.isdigit() and len(value) < 18
        return is_key and rows.filter(pk=value).exists()

    return check


def pairs_of(query: str) -> Pairs:
    """The parameters of an address, without empty ones; each name once."""
    sent = QueryDict(query[:4000])
    return [(name, sent[name]) for name in sent if sent[name] != ""]
