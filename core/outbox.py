"""Messages: a row written with the business it tells of, sent later by a command under cron.

At least once: a process that dies between sending and noting it sends again.
"""

import datetime as dt
import logging
from typing import NamedTuple

from django.core.mail import EmailMessage
from django.utils import timezone

from core.models import MAX_ATTEMPTS, OutboxMessage
from core.text import clean

logger = logging.getLogger(__name__)

FIRST_WAIT = dt.timedelta(minutes=2)  # longer than one sending takes, see EMAIL_TIMEOUT
WAIT_FACTOR = 3  # 2, 6, 18 minutes … the seventh wait is a day
MAX_SUBJECT_LENGTH = 255
_NEVER_NOTED = "Lần gửi cuối bị ngắt giữa chừng."


class Sent(NamedTuple):
    """What one run did: messages sent, to be tried again, and given up."""

    sent: int
    failed: int
    given_up: int


def queue(
    *, recipient: str, subject: str, body: str, dedupe_key: str | None = None
) -> OutboxMessage:
    """Write a message to ``recipient`` (an e-mail address), in the caller's transaction.

    With a ``dedupe_key`` that was used before, nothing is written and the first one comes back.
    """
    subject = " ".join(clean(subject).split())[:MAX_SUBJECT_LENGTH]
    fields = {"recipient": recipient, "subject": subject, "body": clean(body)}
    if not dedupe_key:
        return OutboxMessage.objects.create(**fields)
    message, _ = OutboxMessage.objects.get_or_create(dedupe_key=dedupe_key, defaults=fields)
    return message


def send_due(now: dt.datetime | None = None, limit: int = 100) -> Sent:
    """Try every message that is due at ``now``, at most ``limit``, outside any transaction.

    One that fails is noted and waits longer each time; after the eighth time it is given up.
    Two processes may run this at once: each message is claimed by one of them.
    """
    now = now or timezone.now()
    sent = failed = given_up = 0
    for message in OutboxMessage.objects.due(now)[:limit]:
        if not _claim(message, now):
            continue
        error = _NEVER_NOTED if message.attempts > MAX_ATTEMPTS else _send(message)
        if error is None:
            sent += 1
            _note(message, sent_at=timezone.now(), next_attempt_at=None, last_error="")
        elif message.attempts < MAX_ATTEMPTS:
            failed += 1
            _note(message, last_error=error)
        else:
            given_up += 1
            _note(message, next_attempt_at=None, last_error=error)
    return Sent(sent, failed, given_up)


def wait_after(attempts: int) -> dt.timedelta:
    """How long to wait after so many attempts."""
    return FIRST_WAIT * WAIT_FACTOR ** (attempts - 1)


def _claim(message: OutboxMessage, now: dt.datetime) -> bool:
    """Count the attempt and move the next one away, unless another process did so first.

    The new time is also the lease: a process that dies leaves the message to be tried then.
    """
    attempts = min(message.attempts + 1, MAX_ATTEMPTS)
    claimed = OutboxMessage.objects.filter(
        pk=message.pk,
        sent_at=None,
        attempts=message.attempts,
        next_attempt_at=message.next_attempt_at,
    ).update(attempts=attempts, next_attempt_at=now + wait_after(attempts))
    message.attempts += 1
    return claimed == 1


def _send(message: OutboxMessage) -> str | None:
    """Send ``message``; what went wrong, or None."""
    try:
        EmailMessage(message.subject, message.body, to=[message.recipient]).send()
    except Exception as error:  # whatever a backend raises, the others must still go out
        logger.warning("Outbox message %s was not sent", message.pk, exc_info=True)
        return f"{type(error).__name__}: {error}"
    return None


def _note(message: OutboxMessage, **changes: object) -> None:
    OutboxMessage.objects.filter(pk=message.pk).update(**changes)
