"""Values of earlier states, and what people call them."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

from django.db.models import Field, Model
from django.utils import timezone
from simple_history.utils import get_m2m_reverse_field_name

from core.history.kinds import many_fields, shown_fields
from core.text import clean, format_date, format_number

EMPTY = "trống"
GONE = "(không còn)"


def label_of(field: Field) -> str:
    name = str(field.verbose_name)
    return name[:1].upper() + name[1:]


def fields_of(model: type[Model], hidden: frozenset[str] = frozenset()) -> list[Any]:
    return [*shown_fields(model, hidden), *(f for f in many_fields(model) if f.name not in hidden)]


def values_of(
    records: Iterable[Any], model: type[Model], fields: list[Any]
) -> dict[int, dict[str, Any]]:
    """The stored values of each record, by its key; one query more for each column of several rows."""
    records = list(records)
    plain = [field for field in fields if not field.many_to_many]
    found = {
        one.history_id: {field.name: getattr(one, field.attname) for field in plain}
        for one in records
    }
    for field in fields:
        if field.many_to_many:
            _fill_many(found, model, field)
    return found


def _fill_many(found: dict[int, dict[str, Any]], model: type[Model], field: Any) -> None:
    through = getattr(model.history.model, field.name).model  # type: ignore[attr-defined]
    ends = get_m2m_reverse_field_name(field)
    for values in found.values():
        values[field.name] = []
    rows = through._base_manager.filter(history__in=list(found)).order_by(f"{ends}_id")
    for record, key in rows.values_list("history_id", f"{ends}_id"):
        found[record][field.name].append(key)


def values_now(row: Model, fields: list[Any]) -> dict[str, Any]:
    """The values of the row itself, in the same form."""
    return {
        field.name: sorted(getattr(row, field.name).values_list("pk", flat=True))
        if field.many_to_many
        else getattr(row, field.attname)
        for field in fields
    }


class Words:
    """What stored values are called; names of other rows are looked up once for all of them."""

    def __init__(self, values: Iterable[Mapping[str, Any]], fields: Iterable[Any]) -> None:
        self._names: dict[tuple[type[Model], Any], str] = {}
        wanted: dict[type[Model], set[Any]] = defaultdict(set)
        relations = [field for field in fields if field.is_relation]
        for one in values:
            for field in relations:
                value = one.get(field.name)
                keys = value if field.many_to_many else [value]
                wanted[field.related_model] |= {key for key in keys or [] if key is not None}
        for model, keys in wanted.items():
            for key, row in model._base_manager.in_bulk(keys).items() if keys else ():
                self._names[model, key] = str(row)

    def exists(self, field: Any, key: Any) -> bool:
        return (field.related_model, key) in self._names

    def say(self, field: Any, value: Any) -> str:
        if value in (None, "", [], ()):
            return EMPTY
        if hasattr(field, "in_words"):  # what is kept is not what people read
            return field.in_words(value)
        if field.many_to_many:
            return ", ".join(self._name(field, key) for key in value)
        if field.is_relation:
            return self._name(field, value)
        if field.choices:
            return str(dict(field.flatchoices).get(value, value))
        return _plain(value)

    def _name(self, field: Any, key: Any) -> str:
        return self._names.get((field.related_model, key), GONE)


def _plain(value: Any) -> str:
    if isinstance(value, bool):
        return "có" if value else "không"
    if isinstance(value, dt.datetime):
        local = timezone.localtime(value)
        return f"{local:%H:%M} ngày {format_date(local.date())}"
    if isinstance(value, dt.date):
        return format_date(value)
    if isinstance(value, int):
        return format_number(value)
    if isinstance(value, list):
        return ", ".join(_plain(one) for one in value)
    return clean(str(value))
