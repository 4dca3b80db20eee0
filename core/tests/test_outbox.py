import datetime as dt
import threading
from io import StringIO

import pytest
import time_machine
from django.core import mail
from django.core.mail.backends.base import BaseEmailBackend
from django.core.mail.backends.locmem import EmailBackend as MemoryBackend
from django.core.management import call_command
from django.db import IntegrityError, connection, transaction

from core import outbox
from core.models import MAX_ATTEMPTS, OutboxMessage
from core.outbox import Sent
from core.tests.factories import OutboxMessageFactory

pytestmark = pytest.mark.django_db

NOON = dt.datetime(2026, 11, 23, 5, tzinfo=dt.UTC)
HERE = "core.tests.test_outbox."


@pytest.fixture(autouse=True)
def _noon():
    with time_machine.travel(NOON, tick=False):
        yield


class FailingBackend(BaseEmailBackend):
    """The mail server is away."""

    def send_messages(self, messages):
        raise ConnectionRefusedError(111, "Connection refused")


class PickyBackend(MemoryBackend):
    """One address does not exist."""

    def send_messages(self, messages):
        if messages[0].to == ["sai@example.com"]:
            raise ValueError("unknown address")
        return super().send_messages(messages)


class TwiceBackend(MemoryBackend):
    """While one process sends, another starts."""

    def send_messages(self, messages):
        outbox.send_due()
        return super().send_messages(messages)


class OtherFailsBackend(MemoryBackend):
    """While one process sends to a@, another starts, and fails for b@."""

    def send_messages(self, messages):
        if messages[0].to == ["b@example.com"]:
            raise ConnectionResetError
        outbox.send_due()
        return super().send_messages(messages)


class DyingBackend(BaseEmailBackend):
    """The process is stopped while it sends."""

    def send_messages(self, messages):
        raise KeyboardInterrupt


def after(attempts: int) -> dt.datetime:
    return NOON + outbox.wait_after(attempts)


def recipients() -> list[str]:
    return [message.to[0] for message in mail.outbox]


# -- Writing ------------------------------------------------------------------


def test_queue_writes_a_row_that_is_due():
    message = outbox.queue(
        recipient="bithu@example.com", subject="Báo cáo\ntháng 4", body="Kính gửi\u200b đồng chí"
    )

    assert OutboxMessage.objects.values().get() == {
        "id": message.pk,
        "channel": "email",
        "recipient": "bithu@example.com",
        "subject": "Báo cáo tháng 4",
        "body": "Kính gửi đồng chí",
        "dedupe_key": None,
        "created_at": NOON,
        "sent_at": None,
        "attempts": 0,
        "last_error": "",
        "next_attempt_at": NOON,
    }
    assert message.state == "waiting"


def test_queue_sends_nothing_itself():
    outbox.queue(recipient="a@example.com", subject="a", body="a")

    assert mail.outbox == []


def test_queue_gives_the_first_message_of_a_key():
    first = outbox.queue(recipient="a@example.com", subject="a", body="a", dedupe_key="tra-lai-1")
    again = outbox.queue(recipient="a@example.com", subject="b", body="b", dedupe_key="tra-lai-1")
    other = outbox.queue(recipient="a@example.com", subject="b", body="b", dedupe_key="tra-lai-2")

    assert (again, again.subject) == (first, "a")
    assert list(OutboxMessage.objects.order_by("pk")) == [first, other]


@pytest.mark.parametrize("key", [None, ""])
def test_queue_without_a_key_always_writes(key):
    for _ in range(2):
        outbox.queue(recipient="a@example.com", subject="a", body="a", dedupe_key=key)

    assert OutboxMessage.objects.filter(dedupe_key=None).count() == 2


def test_queue_goes_back_with_its_business():
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        outbox.queue(recipient="a@example.com", subject="a", body="a")
        _ = 1 / 0

    assert OutboxMessage.objects.count() == 0


def test_queue_cuts_a_long_subject():
    message = outbox.queue(recipient="a@example.com", subject="đ" * 300, body="a")

    assert message.subject == "đ" * 255


# -- Sending ------------------------------------------------------------------


def test_send_due_sends_once(settings):
    message = OutboxMessageFactory(subject="Báo cáo", body="Nội dung")

    assert [outbox.send_due(), outbox.send_due()] == [Sent(1, 0, 0), Sent(0, 0, 0)]

    message.refresh_from_db()
    assert [(m.to, m.subject, m.body, m.from_email) for m in mail.outbox] == [
        (["bithu@example.com"], "Báo cáo", "Nội dung", settings.DEFAULT_FROM_EMAIL)
    ]
    assert (message.state, message.sent_at, message.attempts) == ("sent", NOON, 1)
    assert message.next_attempt_at is None


def test_send_due_leaves_what_is_not_due():
    OutboxMessageFactory(next_attempt_at=NOON + dt.timedelta(seconds=1))

    assert outbox.send_due() == Sent(0, 0, 0)
    assert outbox.send_due(NOON + dt.timedelta(seconds=1)) == Sent(1, 0, 0)


def test_send_due_takes_the_longest_waiting_first():
    for minutes in (2, 3, 1):
        OutboxMessageFactory(
            recipient=f"{minutes}@example.com", next_attempt_at=NOON - dt.timedelta(minutes=minutes)
        )

    assert outbox.send_due(limit=2) == Sent(2, 0, 0)
    assert recipients() == ["3@example.com", "2@example.com"]


def test_one_bad_address_does_not_stop_the_rest(settings):
    settings.EMAIL_BACKEND = HERE + "PickyBackend"
    for name in ("a", "sai", "b"):
        OutboxMessageFactory(recipient=f"{name}@example.com")

    assert outbox.send_due() == Sent(2, 1, 0)

    bad = OutboxMessage.objects.get(recipient="sai@example.com")
    assert recipients() == ["a@example.com", "b@example.com"]
    assert (bad.state, bad.attempts, bad.next_attempt_at) == ("waiting", 1, after(1))
    assert bad.last_error == "ValueError: unknown address"


def test_each_wait_is_longer_and_the_eighth_attempt_is_the_last(settings):
    settings.EMAIL_BACKEND = HERE + "FailingBackend"
    message = OutboxMessageFactory()
    now, waits, results = NOON, [], []

    while message.next_attempt_at:
        results.append(outbox.send_due(now))
        message.refresh_from_db()
        if message.next_attempt_at:
            waits.append((message.next_attempt_at - now).total_seconds() / 60)
            now = message.next_attempt_at

    assert waits == [2, 6, 18, 54, 162, 486, 1458]
    assert results == [Sent(0, 1, 0)] * 7 + [Sent(0, 0, 1)]
    assert (message.state, message.attempts) == ("given_up", MAX_ATTEMPTS)
    assert message.last_error == "ConnectionRefusedError: [Errno 111] Connection refused"
    assert list(OutboxMessage.objects.given_up()) == [message]
    assert outbox.send_due(now + dt.timedelta(days=365)) == Sent(0, 0, 0)


def test_what_failed_is_sent_later_and_its_error_forgotten(settings):
    settings.EMAIL_BACKEND = HERE + "FailingBackend"
    message = OutboxMessageFactory()
    outbox.send_due()
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"

    assert outbox.send_due(after(1)) == Sent(1, 0, 0)

    message.refresh_from_db()
    assert (message.state, message.attempts, message.last_error) == ("sent", 2, "")


def test_a_process_that_died_leaves_the_message_for_later(settings):
    settings.EMAIL_BACKEND = HERE + "DyingBackend"
    message = OutboxMessageFactory()

    with pytest.raises(KeyboardInterrupt):
        outbox.send_due()

    message.refresh_from_db()
    assert (message.state, message.attempts, message.next_attempt_at) == ("waiting", 1, after(1))


def test_a_process_that_died_at_the_last_attempt_is_not_followed_by_another():
    message = OutboxMessageFactory(attempts=MAX_ATTEMPTS)

    assert outbox.send_due() == Sent(0, 0, 1)

    message.refresh_from_db()
    assert (message.state, message.last_error) == ("given_up", "Lần gửi cuối bị ngắt giữa chừng.")
    assert mail.outbox == []


def test_a_second_process_takes_what_the_first_has_not_claimed(settings):
    settings.EMAIL_BACKEND = HERE + "TwiceBackend"
    for name in "abc":
        OutboxMessageFactory(recipient=f"{name}@example.com")

    outbox.send_due()

    assert sorted(recipients()) == ["a@example.com", "b@example.com", "c@example.com"]


def test_what_another_process_claimed_waits_for_its_time(settings):
    settings.EMAIL_BACKEND = HERE + "OtherFailsBackend"
    OutboxMessageFactory(recipient="a@example.com")
    other = OutboxMessageFactory(recipient="b@example.com")

    assert outbox.send_due() == Sent(1, 0, 0)

    other.refresh_from_db()
    assert (other.attempts, other.next_attempt_at) == (1, after(1))


@pytest.mark.threads
@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(connection.vendor != "postgresql", reason="real threads need PostgreSQL")
def test_four_processes_at_once_send_each_message_once():
    for number in range(30):
        OutboxMessageFactory(recipient=f"{number}@example.com")
    results = []
    gate = threading.Barrier(4)

    def run():
        gate.wait()
        results.append(outbox.send_due(NOON))
        connection.close()

    threads = [threading.Thread(target=run) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sum(result.sent for result in results) == 30
    assert sorted(recipients()) == sorted(f"{number}@example.com" for number in range(30))


# -- The command and the database ---------------------------------------------


def test_the_command_prints_what_it_did_and_may_run_twice(settings):
    settings.EMAIL_BACKEND = HERE + "PickyBackend"
    OutboxMessageFactory()
    OutboxMessageFactory(recipient="sai@example.com")
    out = StringIO()

    call_command("send_outbox", stdout=out)
    call_command("send_outbox", stdout=out)

    assert out.getvalue() == (
        "Đã gửi 1 thư, 1 thư sẽ gửi lại, 0 thư thôi gửi.\n"
        "Đã gửi 0 thư, 0 thư sẽ gửi lại, 0 thư thôi gửi.\n"
    )
    assert recipients() == ["bithu@example.com"]


def test_the_command_keeps_to_its_limit():
    OutboxMessageFactory()
    OutboxMessageFactory()

    call_command("send_outbox", "--limit=1", stdout=StringIO())

    assert len(mail.outbox) == 1


@pytest.mark.parametrize(
    ("values", "constraint"),
    [
        ({"channel": "zalo"}, "outboxmessage_channel_is_known"),
        ({"dedupe_key": ""}, "outboxmessage_key_or_null"),
        ({"attempts": 9}, "outboxmessage_attempts_end"),
        ({"sent_at": NOON}, "outboxmessage_sent_is_not_tried_again"),
    ],
)
def test_the_database_refuses(values, constraint):
    with pytest.raises(IntegrityError, match=constraint):
        OutboxMessageFactory(**values)


def test_the_database_refuses_a_dedupe_key_twice():
    OutboxMessageFactory(dedupe_key="a")

    with pytest.raises(IntegrityError, match="dedupe_key"):
        OutboxMessageFactory(dedupe_key="a")
