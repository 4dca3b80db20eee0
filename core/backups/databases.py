"""A database as it was at one moment, as files; and a check sum of each table."""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any

from django.conf import settings
from django.db import connection
from django.db.backends.sqlite3._functions import register

SQLITE_FILE = "database/db.sqlite3"


@dataclass(frozen=True)
class Table:
    """``columns`` in their order; how many rows; SHA-256 of them in the order of their key."""

    columns: list[str]
    rows: int
    sha256: str


@dataclass
class Dump:
    """``files`` by their names in the backup; what the tables were; where the counters stood."""

    vendor: str
    files: dict[str, Path] = field(default_factory=dict)
    tables: dict[str, Table] = field(default_factory=dict)
    sequences: dict[str, list[Any]] = field(default_factory=dict)


def dump(folder: Path) -> Dump:
    """The portal's database at this moment, written to ``folder``. Readers and writers go on."""
    return _dump_sqlite(folder) if connection.vendor == "sqlite" else _dump_postgresql(folder)


# -- SQLite -------------------------------------------------------------------


def _dump_sqlite(folder: Path) -> Dump:
    """By the online backup API: one read transaction, whatever is written meanwhile."""
    copy = folder / "db.sqlite3"
    source = sqlite3.connect(str(connection.settings_dict["NAME"]), timeout=20)
    with closing(source), closing(sqlite3.connect(copy)) as target:
        source.backup(target)
        target.execute("PRAGMA journal_mode=DELETE")  # one file, with no log beside it
    return Dump("sqlite", {SQLITE_FILE: copy}, sqlite_tables(copy))


def sqlite_tables(path: Path) -> dict[str, Table]:
    """Every table of the file ``path``. Raises ``sqlite3.DatabaseError`` when it is none."""
    with closing(sqlite3.connect(path)) as raw:
        raw.text_factory = bytes
        found = raw.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")
        names = [name.decode() for (name,) in found]
        return {name: _sqlite_table(raw, name) for name in names}


def _sqlite_table(raw: sqlite3.Connection, name: str) -> Table:
    digest, rows = hashlib.sha256(), 0
    found = raw.execute(f'SELECT * FROM "{name}" ORDER BY rowid')  # noqa: S608  names of tables
    columns = [column[0] for column in found.description]
    for row in found:
        digest.update(repr(row).encode())
        rows += 1
    return Table(columns, rows, digest.hexdigest())


def sqlite_faults(path: Path) -> list[str]:
    """What SQLite itself finds wrong in the file ``path``."""
    try:
        with closing(sqlite3.connect(path)) as raw:
            register(raw)  # constraints call Django's functions
            whole = [row[0] for row in raw.execute("PRAGMA integrity_check") if row[0] != "ok"]
            return whole + [str(row) for row in raw.execute("PRAGMA foreign_key_check")]
    except sqlite3.DatabaseError as error:
        return [str(error)]


# -- PostgreSQL ---------------------------------------------------------------

_TABLES = """
SELECT c.relname,
       array_agg(a.attname ORDER BY a.attnum) FILTER (WHERE a.attgenerated = ''),
       (SELECT array_agg(k.attname ORDER BY array_position(i.indkey::int2[], k.attnum))
          FROM pg_index i JOIN pg_attribute k ON k.attrelid = c.oid AND k.attnum = ANY(i.indkey)
         WHERE i.indrelid = c.oid AND i.indisprimary)
  FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid
 WHERE c.relkind = 'r' AND c.relnamespace = current_schema()::regnamespace
   AND a.attnum > 0 AND NOT a.attisdropped
 GROUP BY c.oid, c.relname ORDER BY c.relname
"""
_SEQUENCES = "SELECT sequencename FROM pg_sequences WHERE schemaname = current_schema() ORDER BY 1"
_SAME_WORDS = (
    "SET TimeZone = 'UTC'; SET DateStyle = 'ISO, YMD'; SET IntervalStyle = 'postgres'; "
    "SET extra_float_digits = 1; SET statement_timeout = 0; SET client_encoding = 'UTF8'"
)


def copied_name(table: str) -> str:
    return f"database/{table}.copy"


def _dump_postgresql(folder: Path) -> Dump:
    """Every table by COPY in one REPEATABLE READ transaction; no lock that a writer waits for."""
    made = Dump("postgresql")
    with one_moment(connection.get_connection_params()) as raw:
        for name, columns, key in postgresql_tables(raw):
            path = folder / f"{name}.copy"
            with path.open("wb") as file:
                made.tables[name] = copy_out(raw, name, columns, key, file)
            made.files[copied_name(name)] = path
        made.sequences = postgresql_sequences(raw)
    return made


@contextmanager
def one_moment(parameters: dict[str, Any]) -> Iterator[Any]:
    """A connection of its own that sees the database as it was at its first question."""
    import psycopg2  # noqa: PLC0415  a portal on SQLite runs without it

    parameters = {
        name: parameters[name]
        for name in ("dbname", "user", "password", "host", "port", "sslmode")
        if parameters.get(name)
    }
    with closing(psycopg2.connect(**parameters)) as raw:
        raw.set_session(isolation_level="REPEATABLE READ", readonly=True)
        with raw.cursor() as cursor:
            cursor.execute(_SAME_WORDS)
        yield raw


def postgresql_tables(raw: Any) -> list[tuple[str, list[str], list[str]]]:
    """Name, columns and key of every table, but for the cache, which nobody misses."""
    skipped = {
        cache["LOCATION"]
        for cache in settings.CACHES.values()
        if "DatabaseCache" in cache["BACKEND"]
    }
    with raw.cursor() as cursor:
        cursor.execute(_TABLES)
        return [(name, cols, key or cols) for name, cols, key in cursor if name not in skipped]


def postgresql_sequences(raw: Any) -> dict[str, list[Any]]:
    """The last value of every counter, and whether it was given out."""
    found = {}
    with raw.cursor() as cursor:
        cursor.execute(_SEQUENCES)
        for (name,) in cursor.fetchall():
            cursor.execute(f'SELECT last_value, is_called FROM "{name}"')  # noqa: S608  from the catalogue
            found[name] = list(cursor.fetchone())
    return found


def copy_out(raw: Any, name: str, columns: list[str], key: list[str], file: IO[bytes]) -> Table:
    """Write the rows in COPY's text format, in the order of their key by bytes."""
    named = ", ".join(f'"{one}"' for one in columns)
    order = ", ".join(f'"{one}"::text COLLATE "C"' for one in key)  # the same on every server
    counted = _Counted(file)
    with raw.cursor() as cursor:
        cursor.copy_expert(
            f'COPY (SELECT {named} FROM "{name}" ORDER BY {order}) TO STDOUT',  # noqa: S608  from the catalogue
            counted,
        )
    return Table(columns, counted.rows, counted.digest.hexdigest())


class _Counted:
    """Passes on what is written, and counts it. COPY's text has one line a row."""

    def __init__(self, file: IO[bytes]) -> None:
        self.file, self.rows, self.digest = file, 0, hashlib.sha256()

    def write(self, data: bytes) -> int:
        self.digest.update(data)
        self.rows += data.count(b"\n")
        return self.file.write(data)
