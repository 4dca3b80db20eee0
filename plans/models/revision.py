"""A newer file of a plan that is here already."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from core.models import StoredFile
from plans.models.plan import Plan
from units.models import Unit


class Revision(models.Model):
    """A newer file of ``plan``: waiting to be compared, taken, or dropped. The file is kept."""

    class State(models.TextChoices):
        WAITING = "waiting", "chờ xem"
        TAKEN = "taken", "đã lấy"
        DROPPED = "dropped", "đã bỏ"

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="revisions")
    source = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    state = models.CharField("tình trạng", max_length=10, choices=State, default=State.WAITING)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    created_at = models.DateTimeField("nạp lúc", auto_now_add=True)

    class Meta:
        verbose_name = "bản mới của kế hoạch"
        verbose_name_plural = "bản mới của kế hoạch"
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["plan"],
                condition=Q(state="waiting"),
                name="revision_waits_alone",
                violation_error_message="Kế hoạch đã có một bản mới chờ xem.",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["waiting", "taken", "dropped"]),
                name="revision_state_is_known",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.plan}: {self.source.original_name}"

    @property
    def scope_unit(self) -> Unit:
        return self.plan.owner
