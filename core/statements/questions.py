"""Questions: querysets whose SQL is built once a process and prepared once a connection."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import cache
from itertools import count
from typing import Any, TypeVar

from django.db import DEFAULT_DB_ALIAS, connections, models
from django.db.models import Expression, Field, Model, QuerySet
from psycopg2.extensions import AsIs

Row = tuple[Any, ...]
M = TypeVar("M", bound=Model)


class Given(Expression):
    """A value that is named when the question is asked: ``filter(unit=Given("unit"))``."""

    def __init__(self, name: str, output_field: Field | None = None) -> None:
        super().__init__(output_field=output_field or models.BigIntegerField())
        self.name = name

    def as_sql(self, compiler: Any, connection: Any) -> Any:
        return "%s", [self]


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
        if self._sql is None:
            self._compile()
        values = [
            one.output_field.get_db_prep_value(given[one.name], database) for one in self._givens
        ]
        if _prepares(database):
            known = _prepared_on(database)
            if self in known:
                return known[self], values
            return self._prepare(known, values)
        places = iter(values)
        return self._sql, [next(places) if isinstance(p, Given) else p for p in self._places]  # type: ignore[return-value]

    def read(self, rows: list[Row], database: Any) -> list[Row]:
        """``rows`` as they came, with the values that the fields know."""
        if not self._converters:
            return rows
        return [self._converted(row, database) for row in rows]

    def _compile(self) -> None:
        compiler = self._build().query.get_compiler(DEFAULT_DB_ALIAS)
        sql, self._places = compiler.as_sql()
        self._givens = [one for one in self._places if isinstance(one, Given)]
        selected = [expression for expression, _, _ in compiler.select]
        self._converters = [
            (position, expression, converting)
            for position, (converting, expression) in compiler.get_converters(selected).items()
        ]
        self._sql = sql

    def _prepare(self, known: _Prepared, values: list[Any]) -> tuple[str, list[Any]]:
        """Prepare and execute in one message, under a new name: an old one may have failed."""
        name, numbers = f"q{next(_NUMBERS)}", count(1)
        places = [AsIs(f"${next(numbers)}") if isinstance(p, Given) else p for p in self._places]
        given = f"({', '.join(['%s'] * len(values))})" if values else ""
        known[self] = f"EXECUTE {name}{given}"
        known.untried.append(self)
        return f"PREPARE {name} AS {self._sql};\nEXECUTE {name}{given}", [*places, *values]

    def _converted(self, row: Row, database: Any) -> Row:
        values = list(row)
        for position, expression, converting in self._converters:
            for convert in converting:
                values[position] = convert(values[position], expression, database)
        return tuple(values)


_NUMBERS = count(1)


class _Prepared(dict[Question, str]):
    """How each question is executed that the server has prepared in one session."""

    def __init__(self) -> None:
        super().__init__()
        self.untried: list[Question] = []


def execute(cursor: Any, database: Any, sql: str, values: list[Any]) -> None:
    """Execute what :meth:`Question.words` gave; what failed at first is prepared anew next time."""
    try:
        cursor.execute(sql, values)
    except Exception:
        if _prepares(database):
            known = _prepared_on(database)
            for question in known.untried:
                del known[question]
            known.untried.clear()
        raise
    if _prepares(database):
        _prepared_on(database).untried.clear()


def _prepares(database: Any) -> bool:
    """Not where a pooler changes the server's session between transactions (Django's own switch)."""
    return database.vendor == "postgresql" and not database.settings_dict.get(
        "DISABLE_SERVER_SIDE_CURSORS"
    )


def _prepared_on(database: Any) -> _Prepared:
    """A new session knows nothing."""
    if getattr(database, "_prepared_in", None) is not database.connection:
        database._prepared_in, database._prepared = database.connection, _Prepared()
    return database._prepared


def columns(model: type[Model], prefix: str = "", *, without: Iterable[str] = ()) -> list[str]:
    """The names under which ``values_list`` gives the columns of ``model``, for :func:`row_of`."""
    return [f"{prefix}{name}" for name in _names(model, tuple(without))]


def row_of(model: type[M], values: Sequence[Any], *, without: Iterable[str] = ()) -> M:
    """The object that ``values``, in the order of :func:`columns`, stand for.

    The fields ``without`` are read from the database when someone asks for them.
    """
    return model.from_db(DEFAULT_DB_ALIAS, _names(model, tuple(without)), values)


@cache
def _names(model: type[Model], without: tuple[str, ...]) -> list[str]:
    return [f.attname for f in model._meta.concrete_fields if f.attname not in without]
