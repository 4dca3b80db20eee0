"""What every form shares: whose it is, what it tells of, how far it is, what it rests on."""

from __future__ import annotations

import datetime as dt
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from core.search_keys import FoundModel, SearchKeyField
from core.workflow import WorkflowModel
from plans.models import ContentItem, LegalInstrument
from units.models import Unit
from units.permissions import scope_q


class Status(models.TextChoices):
    DRAFT = "draft", "Bản nháp"
    SUBMITTED = "submitted", "Chờ duyệt"
    RETURNED = "returned", "Trả lại để sửa"
    APPROVED = "approved", "Đã duyệt"
    SCHEDULED = "scheduled", "Đã hẹn giờ"
    PUBLISHED = "published", "Đã phát hành"
    WITHDRAWN = "withdrawn", "Đã rút"


OPEN = (Status.DRAFT, Status.RETURNED)  # the text can be changed
ROAD = (Status.DRAFT, Status.SUBMITTED, Status.APPROVED, Status.SCHEDULED, Status.PUBLISHED)


class PieceQuerySet(models.QuerySet):
    def visible_to(self, user: Any) -> Self:
        action = f"outreach.view_{self.model._meta.model_name}"
        return self.filter(scope_q(user, action, prefix="owner__"))

    def published(self) -> Self:
        return self.filter(status=Status.PUBLISHED)

    def due(self, now: dt.datetime) -> Self:
        """Scheduled for ``now`` or earlier, the earliest first."""
        return self.filter(status=Status.SCHEDULED, due_at__lte=now).order_by("due_at", "pk")

    def waiting_for_hands(self) -> Self:
        """Due, and sent by people alone; nothing of a form that the clock publishes."""
        return self.none() if self.model.is_automatic else self.due(timezone.now())

    def awaiting(self, user: Any) -> Self:
        """Handed in, and not a word of it by ``user``: those that wait for them."""
        own = self.model.history.filter(history_user=user).values("id")  # type: ignore[attr-defined]
        rows = self.filter(status=Status.SUBMITTED).exclude(pk__in=own)
        return rows.exclude(author=user)

    def on_lapsed_bases(self) -> Self:
        """Those that rest on an instrument that holds no more."""
        lapsed = LegalInstrument.objects.exclude(status=LegalInstrument.Status.IN_FORCE)
        return self.filter(
            pk__in=self.model.bases.through.objects.filter(legalinstrument__in=lapsed).values(
                self.model._meta.model_name
            )
        )


class Piece(FoundModel, WorkflowModel):
    """One form of a content. See :mod:`outreach.content.workflow` for its steps.

    A subclass adds its text, ``history`` and a step model with ``related_name="steps"``, repeats
    ``class Meta(Piece.Meta)``, and says of itself: ``noun`` in the coverage, ``is_automatic``
    where the command publishes it at ``due_at``; else people do, and the office is told.
    """

    Status = Status
    noun = ""
    is_automatic = False

    owner = models.ForeignKey(
        Unit, on_delete=models.PROTECT, related_name="+", verbose_name="phường", editable=False
    )
    content_item = models.ForeignKey(
        ContentItem,
        on_delete=models.PROTECT,
        related_name="%(class)s_set",
        verbose_name="nội dung của kế hoạch",
    )
    title = models.CharField("tên", max_length=200)
    status = models.CharField(
        "trạng thái", max_length=20, choices=Status, default=Status.DRAFT, editable=False
    )
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        editable=False,
        related_name="+",
        verbose_name="người soạn",
    )
    bases = models.ManyToManyField(
        LegalInstrument, blank=True, related_name="+", verbose_name="căn cứ"
    )
    expires_on = models.DateField(
        "hết hạn từ ngày",
        null=True,
        blank=True,
        help_text="Từ ngày này cổng tự rút xuống; để trống khi không có hạn.",
    )
    due_at = models.DateTimeField("hẹn phát hành lúc", null=True, editable=False)
    published_at = models.DateTimeField("phát hành lúc", null=True, editable=False)
    is_forced = models.BooleanField("phát hành gấp, chờ kiểm tra", default=False, editable=False)
    search = SearchKeyField(sources=("title",))

    class Meta:
        abstract = True
        ordering = ["-updated_at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(title=""), name="%(class)s_has_a_title"),
            models.CheckConstraint(
                condition=Q(status__in=Status.values), name="%(class)s_status_is_known"
            ),
            models.CheckConstraint(
                condition=~Q(status=Status.SCHEDULED) | Q(due_at__isnull=False),
                name="%(class)s_scheduled_has_its_time",
            ),
            models.CheckConstraint(
                condition=~Q(status=Status.PUBLISHED) | Q(published_at__isnull=False),
                name="%(class)s_published_has_its_time",
            ),
            models.CheckConstraint(
                condition=Q(is_forced=False) | Q(status=Status.PUBLISHED),
                name="%(class)s_forced_is_published",
            ),
        ]
        indexes = [
            models.Index(fields=["owner", "status", "-published_at"], name="%(class)s_public_list"),
            # What the command looks for each minute.
            models.Index(
                fields=["due_at"], condition=Q(status=Status.SCHEDULED), name="%(class)s_due"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def scope_unit(self) -> Unit:
        return self.owner

    @property
    def is_open(self) -> bool:
        """May the text be changed?"""
        return self.status in OPEN

    @property
    def is_over(self) -> bool:
        return self.expires_on is not None and self.expires_on <= timezone.localdate()

    def fault(self) -> str:
        """Why the text cannot go out as it is, a sentence; "" when it can."""
        return ""

    def lapsed_bases(self) -> list[LegalInstrument]:
        """The instruments below it that hold no more, each with its successor; one query."""
        rows = self.bases.exclude(status=LegalInstrument.Status.IN_FORCE)
        return list(rows.select_related("successor"))
