"""Writes that go to the database in one message."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connections, models
from django.db.models import Field, Model

from core.statements.questions import Question, Row, execute


class Writes:
    """Inserts and updates in the caller's transaction, executed together and in their order.

    On PostgreSQL in one message: a round trip costs both sides 0.1 ms of CPU or more, and the
    hand-in would make six. Each statement sees what was committed before it began, as it would
    alone. Who updates holds the lock of the row.
    """

    def __init__(self) -> None:
        self._database = connections[DEFAULT_DB_ALIAS]
        self._statements: list[str] = []
        self._values: list[list[Any]] = []
        self._learner: Model | None = None

    def insert(self, row: Model, *, keep_older: bool = False, learn_key: bool = False) -> None:
        """``keep_older`` leaves a row alone that is there already; the last row that is
        inserted may ``learn_key``, its primary key; the others do not."""
        table = _table(type(row))
        tail = " ON CONFLICT DO NOTHING" if keep_older else ""
        if learn_key:
            tail = f" RETURNING {table.key}"
            self._learner = row
        self._statements.append(f"{table.insertion}{table.places}{tail}")
        self._values.append([one.stored(row, self._database, add=True) for one in table.columns])

    def insert_all(self, model: type[Model], rows: Iterable[Mapping[str, Any]]) -> None:
        """Rows of ``model`` by the names of their columns; what is not named has its default.

        Without the objects, which cost as much as the writing.
        """
        table, places = _table(model), 0
        values: list[Any] = []
        for row in rows:
            places += 1
            values += [one.prepared(one.of(row), self._database) for one in table.columns]
        if places:
            self._statements.append(table.insertion + ", ".join([table.places] * places))
            self._values.append(values)

    def update(self, row: Model, names: Iterable[str]) -> None:
        """Write the fields ``names`` of ``row``; ``auto_now`` only where it is among them."""
        table = _table(type(row))
        written = [table.by_name[name] for name in names]
        assigned = ", ".join([f"{one.quoted} = %s" for one in written])
        self._statements.append(f"{table.updating}{assigned} WHERE {table.key} = %s")
        self._values.append([*(one.stored(row, self._database) for one in written), row.pk])

    def ask_first(self, question: Question, **given: Any) -> None:
        """Ask ``question`` for what it does, a lock; nobody reads what it answers."""
        sql, values = question.words(self._database, given)
        self._statements.append(sql)
        self._values.append(values)

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

    def _send(self, cursor: Any) -> None:
        statements, values = self._statements, self._values
        self._statements, self._values = [], []
        if self._database.vendor == "postgresql" and statements:
            statements, values = (
                [";\n".join(statements)],
                [[one for each in values for one in each]],
            )
        for statement, given in zip(statements, values, strict=True):
            execute(cursor, self._database, statement, given)


class _Column:
    """One column and how its values are made ready for the database."""

    def __init__(self, field: Any) -> None:
        self.name, self.attname = field.name, field.attname
        self.quoted = _quoted(field.column)
        self._field = field
        self._changes_on_save = type(field).pre_save is not Field.pre_save
        # Texts, whole numbers, truth values and nothing need no preparation, but inside JSON.
        self._plain = () if isinstance(field, models.JSONField) else (str, int, bool, type(None))

    def stored(self, row: Model, database: Any, *, add: bool = False) -> Any:
        if self._changes_on_save:
            return self.prepared(self._field.pre_save(row, add), database)
        return self.prepared(getattr(row, self.attname), database)

    def of(self, row: Mapping[str, Any]) -> Any:
        return row[self.attname] if self.attname in row else self._field.get_default()

    def prepared(self, value: Any, database: Any) -> Any:
        return (
            value if type(value) in self._plain else self._field.get_db_prep_save(value, database)
        )


class _Table:
    """The words of the statements on one model; made once."""

    def __init__(self, model: type[Model]) -> None:
        meta = model._meta
        self.columns = [_Column(field) for field in meta.concrete_fields if not field.primary_key]
        self.by_name = {one.name: one for one in self.columns}
        self.key = _quoted(meta.pk.column)
        table, named = _quoted(meta.db_table), ", ".join(one.quoted for one in self.columns)
        self.insertion = f"INSERT INTO {table} ({named}) VALUES "  # noqa: S608  names of models
        self.places = f"({', '.join(['%s'] * len(self.columns))})"
        self.updating = f"UPDATE {table} SET "  # noqa: S608  names of models


@cache
def _table(model: type[Model]) -> _Table:
    return _Table(model)


def _quoted(name: str | None) -> str:
    return f'"{name}"'
