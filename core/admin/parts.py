"""What the office is put together from: pages, lines of “Hôm nay”, the navigation."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.db.models import QuerySet
from django.http import HttpResponse


@dataclass(frozen=True, kw_only=True)
class OfficePage:
    """A page of our own in the office. ``label=None`` keeps it out of the navigation."""

    route: str
    name: str
    view: Callable[..., HttpResponse]
    policy: str
    section: str
    label: str | None = None
    order: int = 50


@dataclass(frozen=True)
class TodayItem:
    """A line of “Hôm nay”: how many of what wait, and the link that shows exactly those.

    ``count`` may be the rows themselves: the page counts those of all lines in one query.
    ``weight`` orders by consequence, heaviest first.
    """

    count: int | QuerySet[Any]
    text: str
    url: str
    verb: str
    weight: int = 50


@dataclass(frozen=True)
class TodayMeter:
    """A bar below the lines of “Hôm nay”: ``text`` says in words how far ``value`` of ``of`` is."""

    label: str
    value: int
    of: int
    text: str
    url: str


@dataclass
class NavItem:
    label: str
    url: str
    is_current: bool
    order: int = 50


@dataclass
class NavSection:
    key: str
    label: str
    icon: str
    items: list[NavItem] = field(default_factory=list)
    is_current: bool = False

    @property
    def url(self) -> str:
        return self.items[0].url
