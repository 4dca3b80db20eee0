"""Writes that go to the database in one message."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache
from types import MappingProxyType
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connections
from django.db.models import Model

from core.statements.insertions import Column, columns_of, insertion, insertion_words, quoted
from core.statements.prepared import PLACE, execute, words
from core.statements.questions import Question, Row

_NOTHING: Mapping[str, Any] = MappingProxyType({})


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

    def insert(self, row: Model, *, learn_key: bool = False) -> None:
        """The last row that is inserted may ``learn_key``, its primary key; others do not."""
        model, tail = type(row), ""
        if learn_key:
            tail = f" RETURNING {quoted(model._meta.pk.column)}"
            self._learner = row
        values = [one.stored(row, self._database, add=True) for one in columns_of(model)]
        self._add(_insertion(model, 1, tail), values)

    def insert_all(
        self,
        model: type[Model],
        rows: Iterable[Mapping[str, Any]],
        same: Mapping[str, Any] = _NOTHING,
        *,
        keep_older: bool = False,
    ) -> None:
        """Rows of ``model`` by the names of their columns, all with the same names.

        ``same`` is what they share; what is not named has its default. ``keep_older`` leaves rows
        alone that are there already. Without the objects, which cost as much as the writing;
        ``auto_now`` is not done.
        """
        rows = list(rows)
        if not rows:
            return
        database = self._database
        made = insertion(model, tuple(same), tuple(rows[0]), database.alias)
        tail = " ON CONFLICT DO NOTHING" if keep_older else ""
        count = 1 if made.is_listed else len(rows)
        sql, places = insertion_words(made, count, tail)
        values = made.values(same.values(), rows, database)
        self._statements.append(words(database, (made, count, tail), sql, places, values))

    def update(self, row: Model, names: Iterable[str]) -> None:
        """Write the fields ``names`` of ``row``; ``auto_now`` only where it is among them."""
        sql, written = _updating(type(row), tuple(names))
        self._add(sql, [*(one.stored(row, self._database) for one in written), row.pk])

    def ask_first(self, question: Question, **given: Any) -> None:
        """Ask ``question`` for what it does, a lock; nobody reads what it answers."""
        self._statements.append(question.words(self._database, given))

    def execute_last(self) -> None:
        """Execute in one message with the COMMIT where that comes next; no row learns its key."""
        self._learner = None
        is_possible = self._database.vendor == "postgresql" and self._statements
        if not is_possible or not self._database.with_commit(self._send_with):
            self.execute()

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

    def _send_with(self, ending: str) -> None:
        with self._database.cursor() as cursor:
            self._send(cursor, ending)

    def _send(self, cursor: Any, ending: str = "") -> None:
        statements, self._statements = self._statements, []
        database = self._database
        if database.vendor != "postgresql":
            for sql, values in statements:
                execute(cursor, database, sql, values)
        elif statements:
            together = ";\n".join([sql for sql, _ in statements]) + ending
            try:
                values = [one for _, each in statements for one in each]
                execute(cursor, database, database.with_begin(together), values)
            except Exception:
                database.take_back_begin()
                raise


@cache
def _insertion(model: type[Model], rows: int, tail: str) -> str:
    columns = columns_of(model)
    named = ", ".join(one.quoted for one in columns)
    places = ", ".join([f"({', '.join(['%s'] * len(columns))})"] * rows)
    return f"INSERT INTO {quoted(model._meta.db_table)} ({named}) VALUES {places}{tail}"  # noqa: S608  names of models


@cache
def _updating(model: type[Model], names: tuple[str, ...]) -> tuple[str, list[Column]]:
    columns = [Column(model._meta.get_field(name)) for name in names]
    assigned = ", ".join(f"{one.quoted} = %s" for one in columns)
    table, key = quoted(model._meta.db_table), quoted(model._meta.pk.column)
    return f"UPDATE {table} SET {assigned} WHERE {key} = %s", columns  # noqa: S608  names of models
