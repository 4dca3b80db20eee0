"""Questions: querysets whose SQL is built once a process and prepared once a connection."""

from __future__ import annotations

from collections.abc import Callable, KeysView, Sequence
from functools import cache
from typing import Any, TypeVar

from django.db import DEFAULT_DB_ALIAS, connections, models
from django.db.models import Expression, Field, Model, QuerySet

from core.statements.prepared import PLACE, execute, words
from core.statements.values import prepared

Row = tuple[Any, ...]
M = TypeVar("M", bound=Model)


class Given(Expression):
    """A value that is named when the question is asked: ``filter(unit=Given("unit"))``."""

    def __init__(self, name: str, output_field: Field | None = None) -> None:
        super().__init__(output_field=output_field or models.BigIntegerField())
        self.name = name

    def as_sql(self, compiler: Any, connection: Any) -> Any:
        return "%s", (self,)


class Question:
    """A queryset whose SQL is built once, with places for what is :class:`Given`.

    :meth:`ask` executes it and gives plain rows. PostgreSQL prepares it at its first use on a
    connection. Measured: 0.4 ms of CPU less for the building, 0.1 to 0.3 ms for the planning.
    """

    def __init__(self, build: Callable[[], QuerySet]) -> None:
        self._build = build
        self._sql: str | None = None

    def ask(self, **given: Any) -> list[Row]:
        database = connections[DEFAULT_DB_ALIAS]  # ten times quicker than its proxy
        with database.cursor() as cursor:
            execute(cursor, database, *self.words(database, given))
            rows = cursor.fetchall()
        return self.read(rows, database)

    def words(self, database: Any, given: dict[str, Any]) -> tuple[str, list[Any]]:
        """The statement and its values, to be executed at once on an open connection."""
        sql = self._sql or self._compile()
        values = [prepared(one.output_field, given[one.name], database) for one in self._givens]
        return words(database, self, sql, self._places, values)

    def read(self, rows: list[Row], database: Any) -> list[Row]:
        """``rows`` as they came, with the values that the fields know."""
        if not self._converters:
            return rows
        return [self._converted(row, database) for row in rows]

    def _compile(self) -> str:
        compiler = self._build().query.get_compiler(DEFAULT_DB_ALIAS)
        sql, places = compiler.as_sql()
        self._givens = [one for one in places if isinstance(one, Given)]
        self._places = [PLACE if isinstance(one, Given) else one for one in places]
        selected = [expression for expression, _, _ in compiler.select]
        self._converters = [
            (position, expression, converting)
            for position, (converting, expression) in compiler.get_converters(selected).items()
        ]
        self._sql = sql
        return sql

    def _converted(self, row: Row, database: Any) -> Row:
        values = list(row)
        for position, expression, converting in self._converters:
            for convert in converting:
                values[position] = convert(values[position], expression, database)
        return tuple(values)


def columns(model: type[Model], prefix: str = "", *, without: tuple[str, ...] = ()) -> list[str]:
    """The names under which ``values_list`` gives the columns of ``model``, for :func:`row_of`."""
    return [f"{prefix}{name}" for name in _names(model, without)]


def width(model: type[Model], *, without: tuple[str, ...] = ()) -> int:
    """How many :func:`columns` there are."""
    return len(_names(model, without))


def row_of(model: type[M], values: Sequence[Any], *, without: tuple[str, ...] = ()) -> M:
    """The object that ``values``, in the order of :func:`columns`, stand for.

    The fields ``without`` are read from the database when someone asks for them.
    """
    return model.from_db(DEFAULT_DB_ALIAS, _names(model, without), values)


def relate(row: Model, relation: Any, other: Model | None) -> None:
    """Give ``row`` the object at the other end of a key, which is the one it already names.

    Assigning it would ask the routers and write the key once more, 3 µs each time.
    """
    relation.field.set_cached_value(row, other)


@cache
def _names(model: type[Model], without: tuple[str, ...]) -> KeysView[str]:
    """In their order, and quick to look one up, which Django does for each."""
    names = [f.attname for f in model._meta.concrete_fields if f.attname not in without]
    return dict.fromkeys(names).keys()
