"""The SQL of inserts of rows that have no objects, built once for each shape of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from typing import Any

from django.db import connections
from django.db.models import Field, Model

from core.statements.prepared import PLACE
from core.statements.values import prepared

# What can be written as '{1,2}' without a thought for quotes.
_LISTED = frozenset({"bigint", "integer", "smallint", "boolean"})


class Column:
    """One column and how its values are found and made ready."""

    def __init__(self, field: Any) -> None:
        self.attname, self.quoted = field.attname, quoted(field.column)
        self._field = field
        self.is_fixed = not callable(field.default)
        self._changes_on_save = type(field).pre_save is not Field.pre_save

    def stored(self, row: Model, database: Any, *, add: bool = False) -> Any:
        if self._changes_on_save:
            return prepared(self._field, self._field.pre_save(row, add), database)
        return prepared(self._field, getattr(row, self.attname), database)

    def ready(self, value: Any, database: Any) -> Any:
        return prepared(self._field, value, database)

    def default(self, database: Any) -> Any:
        return prepared(self._field, self._field.get_default(), database)

    def list_type(self, database: Any) -> str | None:
        """The type under which PostgreSQL takes all values of a column as one."""
        kind = self._field.db_type(database)
        return f"{kind}[]" if database.vendor == "postgresql" and kind in _LISTED else None


class Insertion:
    """Rows of ``model`` that share the columns ``same`` and differ in ``each``.

    All other columns have their default; it is written into the SQL, unless it is made anew each
    time. Where the database can, each differing column goes as one list: a value of its own costs
    both sides 1 µs, and one statement serves any number of rows.
    """

    def __init__(
        self, model: type[Model], same: tuple[str, ...], each: tuple[str, ...], database: Any
    ) -> None:
        known = {one.attname: one for one in columns_of(model)}
        self._table = quoted(model._meta.db_table)
        self._same = [known.pop(name) for name in same]
        self._each = [known.pop(name) for name in each]
        self._made = [one for one in known.values() if not one.is_fixed]
        self._fixed = [one for one in known.values() if one.is_fixed]
        self._constants = [one.default(database) for one in self._fixed]
        self._types = [one.list_type(database) for one in self._each]
        self.is_listed = bool(each) and None not in self._types

    def words(self, rows: int, tail: str) -> tuple[str, list[Any]]:
        """The SQL for so many rows, and for each place :data:`PLACE` or what stands there."""
        alike = [*self._same, *self._made, *self._fixed]
        named = ", ".join(one.quoted for one in (*alike, *self._each))
        head = f"INSERT INTO {self._table} ({named})"
        shared = [PLACE] * (len(self._same) + len(self._made)) + self._constants
        if self.is_listed:
            differing = ", ".join(f"c{number}" for number in range(len(self._each)))
            chosen = ", ".join(["%s"] * len(shared) + [differing])
            lists = ", ".join(f"%s::{kind}" for kind in self._types)
            source = f"unnest({lists}) AS x({differing})"
            places = shared + [PLACE] * len(self._each)
            return f"{head} SELECT {chosen} FROM {source}{tail}", places  # noqa: S608  names of models
        line = shared + [PLACE] * len(self._each)
        lines = ", ".join([f"({', '.join(['%s'] * len(line))})"] * rows)
        return f"{head} VALUES {lines}{tail}", line * rows

    def values(
        self, same: Iterable[Any], rows: Sequence[Mapping[str, Any]], database: Any
    ) -> list[Any]:
        """What belongs in the places of :meth:`words`, in their order."""
        shared = [one.ready(value, database) for one, value in zip(self._same, same, strict=True)]
        if self.is_listed:
            shared += [one.default(database) for one in self._made]
            return [*shared, *(_list([row[one.attname] for row in rows]) for one in self._each)]
        found: list[Any] = []
        for row in rows:
            found += shared
            found += [one.default(database) for one in self._made]
            found += [one.ready(row[one.attname], database) for one in self._each]
        return found


def _list(values: Iterable[int | bool | None]) -> str:
    """NULL for None; true and false are read as they are written."""
    return "{" + ",".join(["NULL" if one is None else str(one) for one in values]) + "}"


@cache
def insertion(
    model: type[Model], same: tuple[str, ...], each: tuple[str, ...], alias: str
) -> Insertion:
    return Insertion(model, same, each, connections[alias])


@cache
def insertion_words(made: Insertion, rows: int, tail: str) -> tuple[str, list[Any]]:
    return made.words(rows, tail)


@cache
def columns_of(model: type[Model]) -> list[Column]:
    return [Column(field) for field in model._meta.concrete_fields if not field.primary_key]


def quoted(name: Any) -> str:
    return f'"{name}"'
