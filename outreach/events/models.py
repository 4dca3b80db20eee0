"""Who was invited to an event and how many came; its photographs with the people's consent."""

from __future__ import annotations

from typing import Any, Self

from django.db import models
from django.db.models import Q

from core.models import Picture
from products.models.stamp import CatalogueModel
from units.models import Unit
from units.permissions import scope_q


class InvitationQuerySet(models.QuerySet):
    def visible_to(self, user: Any) -> Self:
        return self.filter(scope_q(user, "outreach.view_event", prefix="event__owner__"))


class Invitation(models.Model):
    """One unit at one event: invited, told of a new day, how many came (counts, no names)."""

    event = models.ForeignKey(
        "outreach.Event",
        on_delete=models.PROTECT,
        related_name="invitations",
        verbose_name="hoạt động",
    )
    unit = models.ForeignKey(
        Unit, on_delete=models.PROTECT, related_name="+", verbose_name="đơn vị"
    )
    invited_at = models.DateTimeField("mời lúc", null=True, blank=True)
    must_tell = models.BooleanField("phải báo lại lịch mới", default=False)
    attendance = models.PositiveIntegerField("số người dự", null=True, blank=True)

    objects = InvitationQuerySet.as_manager()

    class Meta:
        verbose_name = "đơn vị được mời"
        verbose_name_plural = "đơn vị được mời"
        ordering = ["unit__position", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["event", "unit"], name="invitation_once"),
            models.CheckConstraint(
                condition=Q(attendance__isnull=True) | Q(attendance__lte=100_000),
                name="invitation_attendance_is_human",
                violation_error_message="Số người dự nhiều nhất 100.000.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.unit}"

    @property
    def scope_unit(self) -> Unit:
        return self.event.owner


class EventPhoto(CatalogueModel):
    """A photograph of an event; shown only with what it shows and whom it asked."""

    event = models.ForeignKey(
        "outreach.Event", on_delete=models.PROTECT, related_name="photos", verbose_name="hoạt động"
    )
    picture = models.ForeignKey(
        Picture, on_delete=models.PROTECT, related_name="+", verbose_name="ảnh"
    )
    alt = models.CharField("ảnh có gì", max_length=200)
    consent = models.CharField("sự đồng ý", max_length=300)

    class Meta:
        verbose_name = "ảnh của hoạt động"
        verbose_name_plural = "ảnh của hoạt động"
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(alt="") & ~Q(consent=""),
                name="eventphoto_has_alt_and_consent",
                violation_error_message="Ảnh cần câu tả ảnh có gì và ghi ai đã đồng ý.",
            )
        ]

    def __str__(self) -> str:
        return self.alt
