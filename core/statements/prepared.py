"""Statements that PostgreSQL prepares once a connection; elsewhere they are sent as they are."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from itertools import count
from typing import Any

from psycopg2.extensions import AsIs

PLACE = object()  # stands for a value that comes with each execution
MOST = 500  # prepared statements of one connection; they take memory of the server
_NUMBERS = count(1)


class Known(dict[Hashable, str]):
    """How each statement is executed that the server has prepared in one session."""

    def __init__(self) -> None:
        super().__init__()
        self.untried: list[Hashable] = []


def words(
    database: Any, key: Hashable, sql: str, places: Sequence[Any], values: list[Any]
) -> tuple[str, list[Any]]:
    """What to execute, and with which values, for ``sql`` on an open connection.

    ``places`` are the values of the ``%s`` in it, :data:`PLACE` where the next of ``values``
    belongs; ``key`` knows the statement again.
    """
    if not _prepares(database):
        return _plain(sql, places, values)
    known = _known_to(database)
    if key in known:
        return known[key], values
    if len(known) >= MOST:
        return _plain(sql, places, values)
    # Under a new name: an older one may have failed or not. In one message with the execution.
    name, numbers = f"s{next(_NUMBERS)}", count(1)
    given = f"({', '.join(['%s'] * len(values))})" if values else ""
    known[key] = f"EXECUTE {name}{given}"
    known.untried.append(key)
    numbered = [AsIs(f"${next(numbers)}") if one is PLACE else one for one in places]
    return f"PREPARE {name} AS {sql};\n{known[key]}", [*numbered, *values]


def execute(cursor: Any, database: Any, sql: str, values: list[Any]) -> None:
    """Execute what :func:`words` gave; what failed at first is prepared anew next time."""
    try:
        cursor.execute(sql, values)
    except Exception:
        if _prepares(database):
            known = _known_to(database)
            for key in known.untried:
                known.pop(key, None)
            known.untried.clear()
        raise
    if _prepares(database):
        _known_to(database).untried.clear()


def _plain(sql: str, places: Sequence[Any], values: list[Any]) -> tuple[str, list[Any]]:
    following = iter(values)
    return sql, [next(following) if one is PLACE else one for one in places]


def _prepares(database: Any) -> bool:
    """Not where a pooler changes the server's session between transactions (Django's own switch)."""
    return database.vendor == "postgresql" and not database.settings_dict.get(
        "DISABLE_SERVER_SIDE_CURSORS"
    )


def _known_to(database: Any) -> Known:
    """A new session knows nothing."""
    if getattr(database, "_prepared_in", None) is not database.connection:
        database._prepared_in, database._prepared = database.connection, Known()
    return database._prepared
