"""``migrate`` gives way to the portal instead of holding it up."""

import threading

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, transaction
from django.db.migrations.executor import MigrationExecutor

from units.models import Unit


@pytest.mark.threads
@pytest.mark.django_db(transaction=True)
def test_a_table_in_use_is_not_waited_for(monkeypatch):
    if connection.vendor != "postgresql":
        pytest.skip("needs PostgreSQL's locks")
    monkeypatch.setattr("core.management.commands.migrate.PATIENCE", "200ms")
    held, over = threading.Event(), threading.Event()

    def hold():
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"LOCK TABLE {Unit._meta.db_table} IN ACCESS SHARE MODE")
            held.set()
            over.wait(30)
        connection.close()

    def change(self, targets, plan=None, state=None, **options):
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"LOCK TABLE {Unit._meta.db_table} IN ACCESS EXCLUSIVE MODE")

    monkeypatch.setattr(MigrationExecutor, "migrate", change)
    other = threading.Thread(target=hold)
    other.start()
    held.wait(30)
    try:
        with pytest.raises(CommandError, match="chạy lại lệnh này"):
            call_command("migrate", verbosity=0)
    finally:
        over.set()
        other.join()
    with connection.cursor() as cursor:
        cursor.execute("SHOW lock_timeout")
        assert cursor.fetchone() == ("0",)
