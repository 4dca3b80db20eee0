"""The database refuses to change or delete a sealed row, whoever asks through the portal.

Installed after every migration, for each table with a chain. The owner of the tables can take
the guard away; then the chain tells.
"""

from __future__ import annotations

from typing import Any

from django.db import connections

from core.chain.links import chained_models

REFUSAL = "a sealed row stays as it is"
_FUNCTION = f"""
CREATE OR REPLACE FUNCTION refuse_sealed_row() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION '{REFUSAL}' USING ERRCODE = 'integrity_constraint_violation'; END $$
"""


def install(using: str = "default", **kwargs: Any) -> None:
    database = connections[using]
    present = set(database.introspection.table_names())
    with database.cursor() as cursor:
        if database.vendor == "postgresql":
            cursor.execute(_FUNCTION)
        for model in chained_models():
            table = model._meta.db_table
            if table in present:
                for statement in statements(database.vendor, table):
                    cursor.execute(statement)


def statements(vendor: str, table: str) -> list[str]:
    if vendor == "postgresql":
        return [
            f'DROP TRIGGER IF EXISTS sealed_rows_stay ON "{table}"',
            f'CREATE TRIGGER sealed_rows_stay BEFORE UPDATE OR DELETE ON "{table}" FOR EACH ROW'
            " WHEN (OLD.hash IS NOT NULL) EXECUTE FUNCTION refuse_sealed_row()",
        ]
    return [
        f'CREATE TRIGGER IF NOT EXISTS "{table}_sealed_{verb.lower()}" BEFORE {verb} ON "{table}"'
        f" WHEN OLD.hash IS NOT NULL BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END"
        for verb in ("UPDATE", "DELETE")
    ]


def remove(using: str = "default") -> None:
    """For migrations of the tables, and for the test that plays the owner."""
    database = connections[using]
    with database.cursor() as cursor:
        for model in chained_models():
            table = model._meta.db_table
            if database.vendor == "postgresql":
                cursor.execute(f'DROP TRIGGER IF EXISTS sealed_rows_stay ON "{table}"')
            else:
                for verb in ("update", "delete"):
                    cursor.execute(f'DROP TRIGGER IF EXISTS "{table}_sealed_{verb}"')
