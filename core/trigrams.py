"""For migrations: the folded columns under a trigram index, where the database is PostgreSQL.

A word inside a column is found without reading the table. SQLite has no such index and needs
none: it is for a portal of one ward. Where pg_trgm is not installed the search works as before.
"""

from __future__ import annotations

from typing import Any

from django.db import migrations

_AVAILABLE = "SELECT 1 FROM pg_available_extensions WHERE name = 'pg_trgm'"


def trigram_index(table: str, column: str = "search") -> migrations.RunPython:
    """The operation that adds the index of ``table``; backwards it drops it."""
    name = f"{table}_{column}_trigrams"

    def add(apps: Any, schema_editor: Any) -> None:
        if schema_editor.connection.vendor != "postgresql":
            return
        with schema_editor.connection.cursor() as cursor:
            cursor.execute(_AVAILABLE)
            if cursor.fetchone() is None:
                return
            cursor.execute("CREATE EXTENSION IF NOT EXISTS pg_trgm")
            cursor.execute(
                f"CREATE INDEX IF NOT EXISTS {name} ON {table} USING gin ({column} gin_trgm_ops)"
            )

    def drop(apps: Any, schema_editor: Any) -> None:
        if schema_editor.connection.vendor == "postgresql":
            schema_editor.execute(f"DROP INDEX IF EXISTS {name}")

    return migrations.RunPython(add, drop)
