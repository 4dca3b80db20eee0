"""Messages that wait to be sent."""

import datetime as dt
from typing import Self

from django.db import models
from django.db.models import Q
from django.utils import timezone

MAX_ATTEMPTS = 8


class OutboxMessageQuerySet(models.QuerySet["OutboxMessage"]):
    def due(self, now: dt.datetime) -> Self:
        """Messages to try now, the longest waiting first."""
        return self.filter(sent_at=None, next_attempt_at__lte=now).order_by("next_attempt_at", "pk")

    def given_up(self) -> Self:
        """Messages that were tried often enough in vain."""
        return self.filter(sent_at=None, next_attempt_at=None)


class OutboxMessage(models.Model):
    """A message written with the business it tells of, sent later by ``send_outbox``.

    Rows stay: they are the history of what was sent.
    """

    class Channel(models.TextChoices):
        EMAIL = "email", "thư điện tử"

    class State(models.TextChoices):
        WAITING = "waiting", "chờ gửi"
        SENT = "sent", "đã gửi"
        GIVEN_UP = "given_up", "thôi gửi"

    channel = models.CharField("kênh", max_length=10, choices=Channel, default=Channel.EMAIL)
    recipient = models.CharField("người nhận", max_length=254)
    subject = models.CharField("tiêu đề", max_length=255)
    body = models.TextField("nội dung")
    dedupe_key = models.CharField(  # noqa: DJ001  unique, so none is NULL
        "mã chống gửi lặp", max_length=200, null=True, blank=True, editable=False
    )
    created_at = models.DateTimeField("viết lúc", default=timezone.now, editable=False)
    sent_at = models.DateTimeField("gửi lúc", null=True, blank=True, editable=False)
    attempts = models.PositiveSmallIntegerField("số lần thử", default=0, editable=False)
    last_error = models.TextField("lỗi gần nhất", blank=True, editable=False)
    next_attempt_at = models.DateTimeField(
        "thử lại lúc",
        null=True,
        blank=True,
        default=timezone.now,
        editable=False,
        help_text="Trống khi đã gửi hoặc thôi gửi.",
    )

    objects = OutboxMessageQuerySet.as_manager()

    class Meta:
        verbose_name = "thư chờ gửi"
        verbose_name_plural = "thư chờ gửi"
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["dedupe_key"], name="outboxmessage_dedupe_key_is_unique"
            ),
            models.CheckConstraint(condition=~Q(dedupe_key=""), name="outboxmessage_key_or_null"),
            models.CheckConstraint(
                condition=Q(channel__in=["email"]), name="outboxmessage_channel_is_known"
            ),
            models.CheckConstraint(
                condition=Q(attempts__lte=MAX_ATTEMPTS), name="outboxmessage_attempts_end"
            ),
            models.CheckConstraint(
                condition=Q(sent_at=None) | Q(next_attempt_at=None),
                name="outboxmessage_sent_is_not_tried_again",
            ),
        ]
        indexes = [
            # What waits; nearly all rows are sent and stay out of it.
            models.Index(
                fields=["next_attempt_at"],
                condition=Q(sent_at=None),
                name="outboxmessage_waiting",
            )
        ]

    def __str__(self) -> str:
        return f"{self.recipient}: {self.subject}"

    @property
    def state(self) -> str:
        if self.sent_at:
            return self.State.SENT
        return self.State.WAITING if self.next_attempt_at else self.State.GIVEN_UP
