"""What is kept only for a time: one table of rules, each with how long and why."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib.sessions.models import Session
from django.db import models, transaction
from django.utils import timezone

from accounts.models import Tries
from core.models import OutboxMessage
from privacy.models import PersonalRequest, RetentionRun

DAY = dt.timedelta(days=1)


@dataclass(frozen=True)
class Rule:
    """Rows of ``rows(now)`` are past their time and are deleted."""

    name: str
    words: str
    rows: Callable[[dt.datetime], models.QuerySet[Any]]


RULES = (
    Rule(
        "sessions",
        "phiên đăng nhập đã hết hạn",
        lambda now: Session.objects.filter(expire_date__lt=now),
    ),
    Rule(
        "tries",
        "lần thử đăng nhập đã hết hạn đếm",
        lambda now: Tries.objects.filter(ends_at__lt=now),
    ),
    Rule(
        "messages",
        "thư đã gửi quá 90 ngày",
        lambda now: OutboxMessage.objects.filter(sent_at__lt=now - 90 * DAY),
    ),
    Rule(
        "requests",
        "yêu cầu về dữ liệu cá nhân đã xong quá 2 năm",
        lambda now: PersonalRequest.objects.filter(
            done_on__lt=(now - 730 * DAY).date(), is_held=False
        ),
    ),
)


def due(now: dt.datetime | None = None) -> dict[str, int]:
    """How many rows of each rule are past their time."""
    now = now or timezone.now()
    return {rule.name: rule.rows(now).count() for rule in RULES}


@transaction.atomic
def carry_out(now: dt.datetime | None = None) -> dict[str, int]:
    """Delete them; how many of each rule. Put on record in the same transaction."""
    now = now or timezone.now()
    counts = {rule.name: rule.rows(now).delete()[0] for rule in RULES}
    RetentionRun.objects.create(at=now, counts=counts)
    return counts
