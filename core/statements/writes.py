"""Writes that go to the database in one message."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connections
from django.db.models import Field, Model

from core.statements.prepared import PLACE, execute, words
from core.statements.questions import Question, Row
from core.statements.values import prepared


class Writes:
    """Inserts and updates in the caller's transaction, executed together and in their order.

    On PostgreSQL in one message: a round trip costs both sides 0.1 ms of CPU or more, and the
    hand-in would make six. Each statement sees what was committed before it began, as it would
    alone. Who updates holds the lock of the row.
    """

    def __init__(self) -> None:
        self._database: Any = connections[DEFAULT_DB_ALIAS]
        # What is prepared is known of one connection: it must not change before it is used.
        self._database.close_if_health_check_failed()
        self._database.ensure_connection()
        self._statements: list[tuple[str, list[Any]]] = []
        self._learner: Model | None = None

    def insert(self, row: Model, *, keep_older: bool = False, learn_key: bool = False) -> None:
        """``keep_older`` leaves a row alone that is there already; the last row that is
        inserted may ``learn_key``, its primary key; the others do not."""
        model = type(row)
        tail = " ON CONFLICT DO NOTHING" if keep_older else ""
        if learn_key:
            tail = f" RETURNING {_quoted(model._meta.pk.column)}"
            self._learner = row
        values = [one.stored(row, self._database, add=True) for one in _columns(model)]
        self._add(_insertion(model, 1, tail), values)

    def insert_all(self, model: type[Model], rows: Iterable[Mapping[str, Any]]) -> None:
        """Rows of ``model`` by the names of their columns; what is not named has its default.

        Without the objects, which cost as much as the writing; ``auto_now`` is not done.
        """
        values, places = [], 0
        for row in rows:
            places += 1
            values += [one.given(row, self._database) for one in _columns(model)]
        if places:
            self._add(_insertion(model, places, ""), values)

    def update(self, row: Model, names: Iterable[str]) -> None:
        """Write the fields ``names`` of ``row``; ``auto_now`` only where it is among them."""
        sql, written = _updating(type(row), tuple(names))
        self._add(sql, [*(one.stored(row, self._database) for one in written), row.pk])

    def ask_first(self, question: Question, **given: Any) -> None:
        """Ask ``question`` for what it does, a lock; nobody reads what it answers."""
        self._statements.append(question.words(self._database, given))

    def execute(self) -> None:
        with self._database.cursor() as cursor:
            self._send(cursor)
            if self._learner is not None:
                self._learner.pk = cursor.fetchone()[0]
                self._learner._state.adding = False
                self._learner = None

    def ask(self, question: Question, **given: Any) -> list[Row]:
        """Execute everything, then ``question``, which sees it; give what it answers."""
        with self._database.cursor() as cursor:
            self.ask_first(question, **given)
            self._send(cursor)
            rows = cursor.fetchall()
        return question.read(rows, self._database)

    def _add(self, sql: str, values: list[Any]) -> None:
        places = [PLACE] * len(values)
        self._statements.append(words(self._database, sql, sql, places, values))

    def _send(self, cursor: Any) -> None:
        statements, self._statements = self._statements, []
        database = self._database
        if database.vendor != "postgresql":
            for sql, values in statements:
                execute(cursor, database, sql, values)
        elif statements:
            together = database.with_begin(";\n".join([sql for sql, _ in statements]))
            try:
                execute(cursor, database, together, [one for _, each in statements for one in each])
            except Exception:
                database.take_back_begin()
                raise


class _Column:
    """One column and how its values are found and made ready."""

    def __init__(self, field: Any) -> None:
        self.attname, self.quoted = field.attname, _quoted(field.column)
        self._field = field
        self._default = field.get_default if field.has_default() else None
        self._missing = None if self._default else field.get_default()
        self._changes_on_save = type(field).pre_save is not Field.pre_save

    def stored(self, row: Model, database: Any, *, add: bool = False) -> Any:
        if self._changes_on_save:
            return prepared(self._field, self._field.pre_save(row, add), database)
        return prepared(self._field, getattr(row, self.attname), database)

    def given(self, row: Mapping[str, Any], database: Any) -> Any:
        if self.attname in row:
            return prepared(self._field, row[self.attname], database)
        value = self._default() if self._default else self._missing
        return prepared(self._field, value, database)


@cache
def _columns(model: type[Model]) -> list[_Column]:
    return [_Column(field) for field in model._meta.concrete_fields if not field.primary_key]


@cache
def _insertion(model: type[Model], rows: int, tail: str) -> str:
    columns = _columns(model)
    named = ", ".join(one.quoted for one in columns)
    places = ", ".join([f"({', '.join(['%s'] * len(columns))})"] * rows)
    return f"INSERT INTO {_quoted(model._meta.db_table)} ({named}) VALUES {places}{tail}"  # noqa: S608  names of models


@cache
def _updating(model: type[Model], names: tuple[str, ...]) -> tuple[str, list[_Column]]:
    columns = [_Column(model._meta.get_field(name)) for name in names]
    assigned = ", ".join(f"{one.quoted} = %s" for one in columns)
    table, key = _quoted(model._meta.db_table), _quoted(model._meta.pk.column)
    return f"UPDATE {table} SET {assigned} WHERE {key} = %s", columns  # noqa: S608  names of models


def _quoted(name: str | None) -> str:
    return f'"{name}"'
