"""The trigram indexes: on PostgreSQL alone, asked by a search for a word inside a column."""

import pytest
from django.apps import apps
from django.db import connection

from core.trigrams import trigram_index

pytestmark = pytest.mark.django_db
TABLES = (
    "accounts_user",
    "outreach_article",
    "outreach_bulletin",
    "outreach_poster",
    "outreach_shorttext",
    "plans_contentitem",
    "plans_legalinstrument",
    "plans_plan",
    "plans_task",
    "products_outlet",
    "products_producer",
    "products_product",
    "units_unit",
    "units_unitname",
)


def _indexes():
    with connection.cursor() as cursor:
        cursor.execute("SELECT tablename FROM pg_indexes WHERE indexdef LIKE '%gin_trgm_ops%'")
        return sorted(row[0] for row in cursor.fetchall())


@pytest.mark.skipif(connection.vendor != "postgresql", reason="only PostgreSQL has them")
def test_every_folded_column_has_its_index():
    assert _indexes() == sorted(TABLES)


def test_every_column_that_is_searched_is_in_the_list():
    found = {
        model._meta.db_table
        for model in apps.get_models()
        if any(field.name == "search" for field in model._meta.local_fields)
    }

    assert found == set(TABLES)


@pytest.mark.skipif(connection.vendor != "postgresql", reason="only PostgreSQL has them")
def test_index_goes_and_comes_back():
    operation = trigram_index("units_unit")
    with connection.schema_editor() as editor:
        operation.reverse_code(None, editor)
        assert "units_unit" not in _indexes()
        operation.code(None, editor)

    assert _indexes() == sorted(TABLES)


@pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL has the index")
def test_sqlite_is_left_alone():
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM sqlite_master WHERE name LIKE '%trigrams'")

        assert cursor.fetchone() == (0,)
