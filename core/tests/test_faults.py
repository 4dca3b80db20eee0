"""Faults of the machine as the machine itself reports them."""

import errno
import os
import sqlite3

import pytest
from django.db import DatabaseError, InterfaceError, OperationalError, connection, transaction

from core.faults import Fault, fault_of
from core.storage import DamagedFileError
from core.tests.factories import StoredFileFactory


@pytest.mark.parametrize(
    ("number", "fault"),
    [
        (errno.ENOSPC, Fault.FULL),
        (errno.EDQUOT, Fault.FULL),
        (errno.EFBIG, Fault.FULL),
        (errno.EROFS, Fault.DOWN),
        (errno.EIO, Fault.DOWN),
        (errno.ENOENT, None),
        (errno.ECONNRESET, None),
    ],
)
def test_what_the_disk_says(number, fault):
    assert fault_of(OSError(number, os.strerror(number))) == fault


@pytest.mark.parametrize(
    ("error", "fault"),
    [
        (None, None),
        (ValueError(), None),
        (DamagedFileError("x"), Fault.DOWN),
        (OperationalError("could not connect"), Fault.DOWN),
        (InterfaceError("connection already closed"), Fault.DOWN),
        (DatabaseError("something else"), None),
    ],
)
def test_what_else_is_a_fault(error, fault):
    assert fault_of(error) == fault


def told_by_sqlite(*statements):
    """The error of the last of ``statements``, as Django passes it on."""
    database = sqlite3.connect(":memory:")
    error = OperationalError()
    try:
        for statement in statements:
            database.execute(statement)
    except sqlite3.Error as cause:
        error.__cause__ = cause
    return error


def test_a_full_sqlite_is_full():
    error = told_by_sqlite(
        "CREATE TABLE a (b)", "PRAGMA max_page_count=2", "INSERT INTO a VALUES (zeroblob(99999))"
    )

    assert fault_of(error) == Fault.FULL


def test_a_mistake_of_ours_is_no_fault():
    assert fault_of(told_by_sqlite("SELECT * FROM khong_co")) is None


def test_a_database_that_cannot_be_opened_is_down(tmp_path):
    with pytest.raises(sqlite3.OperationalError) as caught:
        sqlite3.connect(tmp_path / "khong" / "co.sqlite3")
    error = OperationalError()
    error.__cause__ = caught.value

    assert fault_of(error) == Fault.DOWN


def test_a_locked_sqlite_is_busy(tmp_path):
    first, second = (
        sqlite3.connect(tmp_path / "a.sqlite3", timeout=0, isolation_level=None) for _ in "ab"
    )
    first.execute("BEGIN EXCLUSIVE")
    with pytest.raises(sqlite3.OperationalError) as caught:
        second.execute("BEGIN EXCLUSIVE")
    error = OperationalError()
    error.__cause__ = caught.value

    assert fault_of(error) == Fault.BUSY


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("code", "fault"),
    [
        ("53100", Fault.FULL),
        ("53300", Fault.DOWN),
        ("57P01", Fault.DOWN),
        ("25006", Fault.DOWN),
        ("40P01", Fault.BUSY),
        ("55P03", Fault.BUSY),
        ("57014", Fault.BUSY),
        ("42P01", None),
    ],
)
def test_what_postgresql_says(code, fault):
    if connection.vendor != "postgresql":
        return  # the suite runs on both
    with (
        pytest.raises(DatabaseError) as caught,
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(f"DO $$ BEGIN RAISE EXCEPTION USING ERRCODE='{code}'; END $$")

    assert fault_of(caught.value) == fault


@pytest.mark.django_db(transaction=True)
def test_a_full_database_says_so_and_works_again_when_there_is_room():
    if connection.vendor != "sqlite":
        return  # a table space cannot be filled without being its owner
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA max_page_count")
        (usual,) = cursor.fetchone()
        cursor.execute("VACUUM")  # pages that earlier rows left would still hold many
        cursor.execute("PRAGMA page_count")
        cursor.execute(f"PRAGMA max_page_count={cursor.fetchone()[0]}")
    try:
        with pytest.raises(OperationalError) as caught:
            for _ in range(200):
                StoredFileFactory(content_type="a" * 100, original_name="a" * 255)
    finally:
        with connection.cursor() as cursor:
            cursor.execute(f"PRAGMA max_page_count={usual}")

    assert fault_of(caught.value) == Fault.FULL
    assert StoredFileFactory().pk
