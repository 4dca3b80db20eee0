"""A leader's link: for whom, on what, in which version, and what became of it."""

from __future__ import annotations

import datetime as dt
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from core.workflow import StepRecord, WorkflowModel
from units.models import PinDoor, Unit
from units.permissions import scope_q


class Status(models.TextChoices):
    OPEN = "open", "chờ lãnh đạo"
    APPROVED = "approved", "đã duyệt"
    RETURNED = "returned", "trả lại"
    REVOKED = "revoked", "đã thu hồi"


DECIDED = (Status.APPROVED, Status.RETURNED)


class ApprovalRequestQuerySet(models.QuerySet["ApprovalRequest"]):
    def visible_to(self, user: Any) -> Self:
        return self.filter(scope_q(user, "approvals.view_approvalrequest", prefix="owner__"))

    def usable(self, now: dt.datetime | None = None) -> Self:
        """Neither decided nor revoked nor expired."""
        return self.filter(status=Status.OPEN, expires_at__gt=now or timezone.now())

    def expired(self) -> Self:
        return self.filter(status=Status.OPEN, expires_at__lte=timezone.now())

    def to_tell(self) -> Self:
        """Returned, and nobody in the office has ticked it off yet."""
        return self.filter(status=Status.RETURNED, noted_at__isnull=True)


class ApprovalRequest(PinDoor, WorkflowModel):
    """One link for one leader and one version of one document. See :mod:`approvals.workflow`.

    The token of the address is nowhere: only its hash. ``kind`` and ``target`` name the row.
    """

    owner = models.ForeignKey(
        Unit, on_delete=models.PROTECT, related_name="approval_requests", verbose_name="phường"
    )
    kind = models.CharField("loại văn bản", max_length=30, editable=False)
    target = models.PositiveBigIntegerField("văn bản", editable=False)
    title = models.CharField("tên văn bản", max_length=300, editable=False)
    target_version = models.PositiveIntegerField("phiên bản được trình", editable=False)
    leader = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="approval_requests",
        verbose_name="trình đồng chí",
    )
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name="người gửi",
    )
    made_at = models.DateTimeField("tạo lúc", default=timezone.now, editable=False)
    expires_at = models.DateTimeField("hết hạn lúc")
    token_hash = models.CharField(max_length=64, unique=True, editable=False)
    status = models.CharField(
        "trạng thái", max_length=20, choices=Status, default=Status.OPEN, editable=False
    )
    opened_at = models.DateTimeField("mở lần đầu lúc", null=True, editable=False)
    opened_on = models.CharField("mở trên máy", max_length=120, blank=True, editable=False)
    decided_at = models.DateTimeField("quyết định lúc", null=True, editable=False)
    decided_on = models.CharField("quyết định trên máy", max_length=120, blank=True, editable=False)
    answer = models.TextField("ý kiến", blank=True, editable=False)
    noted_at = models.DateTimeField("văn phòng đã biết lúc", null=True, editable=False)
    noted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        verbose_name="người đã biết",
        editable=False,
    )

    objects = ApprovalRequestQuerySet.as_manager()

    class Meta:
        verbose_name = "văn bản trình lãnh đạo"
        verbose_name_plural = "văn bản trình lãnh đạo"
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "target", "leader"],
                condition=Q(status=Status.OPEN),
                name="approvalrequest_open_once_for_a_leader",
                violation_error_message="Đồng chí này đang có một đường dẫn cho văn bản đó.",
            ),
            models.CheckConstraint(
                condition=Q(status__in=Status.values), name="approvalrequest_status_is_known"
            ),
            models.CheckConstraint(
                condition=Q(expires_at__gt=F("made_at")),
                name="approvalrequest_expires_after_it_was_made",
            ),
            models.CheckConstraint(
                condition=Q(status__in=DECIDED, decided_at__isnull=False)
                | (~Q(status__in=DECIDED) & Q(decided_at__isnull=True)),
                name="approvalrequest_decided_has_a_time",
            ),
            models.CheckConstraint(
                condition=~Q(status=Status.RETURNED) | ~Q(answer=""),
                name="approvalrequest_returned_has_a_reason",
            ),
        ]
        indexes = [
            models.Index(fields=["owner", "status"], name="approvalrequest_of_ward"),
            models.Index(fields=["kind", "target"], name="approvalrequest_of_target"),
        ]

    def __str__(self) -> str:
        return f"{self.title} ({self.leader})"

    @property
    def scope_unit(self) -> Unit:
        return self.owner

    @property
    def is_expired(self) -> bool:
        return self.status == Status.OPEN and self.expires_at <= timezone.now()


class ApprovalStep(StepRecord):
    """A step of a request: opened, approved, returned, revoked."""

    request = models.ForeignKey(ApprovalRequest, on_delete=models.PROTECT, related_name="steps")

    class Meta(StepRecord.Meta):
        verbose_name = "bước trình duyệt"

    def __str__(self) -> str:
        return f"{self.request}: {self.name}"


class ApprovalRest(models.Model):
    """Wrong PINs were tried at a leader's link until it rested."""

    request = models.ForeignKey(ApprovalRequest, on_delete=models.PROTECT, related_name="rests")
    at = models.DateTimeField("lúc")
    noted_at = models.DateTimeField("văn phòng đã biết lúc", null=True)
    noted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        verbose_name="người đã biết",
    )

    class Meta:
        verbose_name = "lần nhập sai mã PIN"
        verbose_name_plural = "lần nhập sai mã PIN"
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"{self.request}: {self.at}"
