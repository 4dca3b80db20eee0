"""Rows by the hundred thousand: COPY on PostgreSQL, prepared inserts elsewhere.

The rows go in as they are, without ``save()``: whoever calls answers for what is stored.
"""

from __future__ import annotations

import datetime as dt
import io
import json
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import Any

from django.core.management.color import no_style
from django.db import connection, models
from django.db.models import Max

CHUNK = 20_000  # rows that wait in memory
_PLAIN = (models.IntegerField, models.AutoField, models.BooleanField, models.ForeignKey)
_ESCAPED = str.maketrans({"\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t"})
_TO_ESCAPE = re.compile(
    r"[\\\n\r\t]"
)  # looking is ten times as fast as translating, and finds little


class Table:
    """The rows of one model that wait to be written.

    ``columns`` are the attribute names whose values :meth:`add` takes, in their order; the
    primary key is counted on here, and every other column gets the default of its field, the
    same in all rows.
    """

    def __init__(self, model: type[models.Model], *columns: str) -> None:
        meta = model._meta
        self.model = model
        self.written = 0
        self._rows: list[tuple[Any, ...]] = []
        self._last = model._base_manager.aggregate(last=Max("pk"))["last"] or 0
        named = [meta.pk, *(_field(model, name) for name in columns)]
        rest = [field for field in meta.concrete_fields if field not in named]
        self._rest = tuple(field.get_default() for field in rest)
        self._fields = [*named, *rest]

    def add(self, *values: Any) -> int:
        """Keep a row for writing; its primary key."""
        self._last += 1
        self._rows.append((self._last, *values))
        if len(self._rows) >= CHUNK:
            self.flush()
        return self._last

    def flush(self) -> None:
        """Write what waits."""
        if not self._rows:
            return
        rest, count = self._rest, len(self._rows)
        columns = [*zip(*self._rows, strict=True), *([value] * count for value in rest)]
        if connection.vendor == "postgresql":
            self._copy(columns)
        else:
            self._insert(columns)
        self.written += count
        self._rows.clear()

    def _copy(self, columns: list[Iterable[Any]]) -> None:
        texts = [
            map(_copied(field), column) for field, column in zip(self._fields, columns, strict=True)
        ]
        lines = "\n".join(map("\t".join, zip(*texts, strict=True)))
        with connection.cursor() as cursor:
            cursor.copy_expert(f"COPY {self._place} FROM STDIN", io.StringIO(lines))

    def _insert(self, columns: list[Iterable[Any]]) -> None:
        values = [
            column if isinstance(field, _PLAIN) else map(_stored(field), column)
            for field, column in zip(self._fields, columns, strict=True)
        ]
        marks = ", ".join(["%s"] * len(self._fields))
        with connection.cursor() as cursor:
            cursor.executemany(
                f"INSERT INTO {self._place} VALUES ({marks})",  # noqa: S608  names of our models
                zip(*values, strict=True),
            )

    @property
    def _place(self) -> str:
        quote = connection.ops.quote_name
        names = ", ".join(quote(field.column) for field in self._fields)
        return f"{quote(self.model._meta.db_table)} ({names})"


@contextmanager
def writing(*models_: type[models.Model]) -> Iterator[None]:
    """Keep others from adding rows to ``models_`` until the transaction ends, and leave the
    counters of their keys behind the last row."""
    is_postgresql = connection.vendor == "postgresql"
    with connection.cursor() as cursor:
        if is_postgresql:
            names = ", ".join(connection.ops.quote_name(m._meta.db_table) for m in models_)
            cursor.execute(f"LOCK TABLE {names} IN SHARE ROW EXCLUSIVE MODE")
    yield
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), list(models_)):
            cursor.execute(statement)


def create(model: type[models.Model], rows: Iterable[Any], *, at: dt.datetime) -> list[Any]:
    """A few rows with keys, dated ``at`` in the history of the model where it keeps one."""
    made = model._base_manager.bulk_create(rows)
    history = getattr(model, "history", None)
    if history is not None:
        history.bulk_history_create(made, default_date=at)
    return made


def written(tables: Iterable[Table]) -> Counter[str]:
    """Write what still waits; how many rows went into each, by the plural name of the model."""
    rows: Counter[str] = Counter()
    for table in tables:
        table.flush()
        rows[str(table.model._meta.verbose_name_plural)] += table.written
    return rows


def _field(model: type[models.Model], name: str) -> Any:
    return next(field for field in model._meta.concrete_fields if field.attname == name)


def _stored(field: Any) -> Callable[[Any], Any]:
    """What the database driver takes for a value of ``field``."""
    return lambda value: field.get_db_prep_save(value, connection)


def _copied(field: Any) -> Callable[[Any], str]:
    """How COPY spells a value of ``field``."""
    if isinstance(field, models.JSONField):
        return lambda value: _escape(json.dumps(value, ensure_ascii=False))
    if isinstance(field, (models.CharField, models.TextField)):
        return lambda value: r"\N" if value is None else _escape(value)
    return lambda value: r"\N" if value is None else str(value)


def _escape(text: str) -> str:
    return text.translate(_ESCAPED) if _TO_ESCAPE.search(text) else text
