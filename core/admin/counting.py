"""The numbers of “Hôm nay”, however many lines there are, in one query."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.contrib.auth import get_user_model
from django.db.models import IntegerField, QuerySet, Subquery

from core.admin.parts import TodayItem


class _Count(Subquery):
    template = "(SELECT COUNT(*) FROM (%(subquery)s) AS counted)"
    output_field = IntegerField()


def with_numbers(items: list[TodayItem], person: Any) -> list[TodayItem]:
    """``items`` with the rows that they give as ``count`` counted; ``person`` is signed in."""
    asked = {
        f"line_{at}": _Count(item.count.order_by().values("pk"))
        for at, item in enumerate(items)
        if isinstance(item.count, QuerySet)
    }
    if not asked:
        return items
    people = get_user_model()._default_manager.filter(pk=person.pk)
    numbers = people.annotate(**asked).values(*asked).get()
    return [
        replace(item, count=numbers.get(f"line_{at}", item.count)) for at, item in enumerate(items)
    ]
