"""Questions and writes against the users' table, which every database has."""

import datetime as dt
import time

import pytest
from django.db import IntegrityError, ProgrammingError, connection, connections, transaction
from django.db.models import CharField, DateTimeField
from django.utils import timezone

from accounts.models import User
from core.models import OutboxMessage
from core.statements import Given, Question, Writes, columns, row_of
from units.tests.factories import UserFactory

BY_NAME = Question(
    lambda: User.objects.filter(username=Given("name", CharField())).values_list(*columns(User))
)
JOINED_SINCE = Question(
    lambda: User.objects.filter(
        date_joined__gte=Given("moment", DateTimeField()), is_active=True
    ).values_list("username", "date_joined")
)
needs_postgresql = pytest.mark.skipif(connection.vendor != "postgresql", reason="PostgreSQL's way")


def a_user(name):
    return User(username=name, full_name="Người thử", password="!")


@pytest.mark.django_db
def test_question_gives_rows_that_make_objects():
    user = UserFactory(username="lan")

    rows = BY_NAME.ask(name="lan")

    assert [row_of(User, row) for row in rows] == [user]
    assert row_of(User, rows[0]).date_joined == user.date_joined


@pytest.mark.django_db
def test_question_takes_other_values_each_time(django_assert_num_queries):
    UserFactory(username="lan")
    now = timezone.now()
    BY_NAME.ask(name="lan")

    with django_assert_num_queries(3):
        assert BY_NAME.ask(name="hoa") == []
        assert JOINED_SINCE.ask(moment=now + dt.timedelta(days=1)) == []
        assert [name for name, _ in JOINED_SINCE.ask(moment=now - dt.timedelta(1))] == ["lan"]


@pytest.mark.django_db
def test_left_out_columns_are_read_when_asked_for():
    UserFactory(username="lan", full_name="Nguyễn Thị Lan")
    short = Question(lambda: User.objects.values_list(*columns(User, without=("full_name",))))

    user = row_of(User, short.ask()[0], without=("full_name",))

    assert (user.get_deferred_fields(), user.full_name) == ({"full_name"}, "Nguyễn Thị Lan")


@pytest.mark.django_db
def test_writes_are_executed_together(django_assert_num_queries):
    known, new = UserFactory(username="lan"), a_user("hoa")
    known.full_name = "Tên mới"
    writes = Writes()
    writes.update(known, ["full_name"])
    writes.insert(new, learn_key=True)

    with django_assert_num_queries(1 if connection.vendor == "postgresql" else 2):
        writes.execute()

    assert User.objects.get(pk=new.pk).username == "hoa"
    assert User.objects.get(pk=known.pk).full_name == "Tên mới"


@pytest.mark.django_db
def test_rows_without_objects_have_their_defaults():
    writes = Writes()
    row = {"recipient": "a@example.vn", "subject": "s", "body": "b", "dedupe_key": "k"}
    writes.insert_all(OutboxMessage, [row])
    writes.insert_all(OutboxMessage, [])

    writes.execute()

    kept = OutboxMessage.objects.get()
    assert (kept.channel, kept.body, kept.sent_at) == (OutboxMessage.Channel.EMAIL, "b", None)
    assert kept.created_at is not None


@pytest.mark.django_db
def test_older_row_is_kept_and_seen_by_the_question_behind():
    UserFactory(username="lan", full_name="Cũ")
    writes = Writes()
    new = {"username": "lan", "full_name": "Mới", "password": "!"}
    writes.insert_all(User, [new], keep_older=True)

    rows = writes.ask(BY_NAME, name="lan")

    assert [row_of(User, row).full_name for row in rows] == ["Cũ"]


@pytest.mark.django_db(transaction=True)
def test_transaction_that_opens_with_writes_is_kept_whole_or_not_at_all():
    def write(*names):
        with transaction.atomic():
            for name in names:
                writes = Writes()
                writes.insert(a_user(name))
                writes.execute()

    write("lan", "hoa")
    with pytest.raises(IntegrityError):
        write("mai", "lan")

    assert set(User.objects.values_list("username", flat=True)) == {"lan", "hoa"}
    assert connection.get_autocommit() is True
    write("mai")
    assert User.objects.count() == 3


@needs_postgresql
@pytest.mark.django_db(transaction=True)
def test_question_is_prepared_anew_after_it_failed_and_on_a_new_connection():
    broken = Question(lambda: User.objects.extra(where=["1 / (id - id) = 1"]).values_list("pk"))
    UserFactory(username="lan")

    for _ in range(2):
        with pytest.raises(Exception, match="division by zero"):
            broken.ask()
    connections["default"].close()

    assert len(BY_NAME.ask(name="lan")) == 1


@needs_postgresql
@pytest.mark.django_db(transaction=True)
def test_what_cannot_be_read_begins_nothing_and_the_next_transaction_is_whole():
    broken = Writes()
    broken._statements = [("INSERT nonsense", [])]
    with pytest.raises(ProgrammingError), transaction.atomic():
        broken.execute()

    with pytest.raises(RuntimeError), transaction.atomic():
        writes = Writes()
        writes.insert(a_user("lan"))
        writes.execute()
        raise RuntimeError

    assert User.objects.count() == 0


@needs_postgresql
@pytest.mark.django_db(transaction=True)
def test_connection_that_the_server_ended_is_noticed():
    assert connection.is_usable() if connection.connection else True
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        own = cursor.fetchone()[0]
    other = connections.create_connection("default")
    with other.cursor() as cursor:
        cursor.execute("SELECT pg_terminate_backend(%s)", [own])
    other.close()
    for _ in range(100):
        if not connection.is_usable():
            break
        time.sleep(0.05)

    assert connection.is_usable() is False
    connection.close()
