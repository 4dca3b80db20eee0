"""An office's own Word files with named places."""

from __future__ import annotations

from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Q

from core.models import StoredFile
from units.models import Unit
from units.permissions import scope_q


class PlanTemplateQuerySet(models.QuerySet["PlanTemplate"]):
    def visible_to(self, user: Any) -> Self:
        return self.filter(scope_q(user, "plans.view_plan", prefix="owner__"))

    def in_use(self) -> Self:
        return self.filter(retired_at__isnull=True)


class PlanTemplate(models.Model):
    """A template that was checked and fits (:mod:`plans.exports.templates`). Never deleted."""

    owner = models.ForeignKey(
        Unit, on_delete=models.PROTECT, related_name="plan_templates", verbose_name="phường"
    )
    name = models.CharField("tên mẫu", max_length=120)
    file = models.ForeignKey(
        StoredFile, on_delete=models.PROTECT, related_name="+", verbose_name="tệp"
    )
    checked_at = models.DateTimeField("kiểm tra lúc")
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        verbose_name="người nạp",
    )
    retired_at = models.DateTimeField("thôi dùng từ", null=True, blank=True)

    objects = PlanTemplateQuerySet.as_manager()

    class Meta:
        verbose_name = "mẫu văn bản"
        verbose_name_plural = "mẫu văn bản"
        ordering = ["owner", "name", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["owner", "name"],
                condition=Q(retired_at__isnull=True),
                name="plantemplate_name_is_unique_in_use",
                violation_error_message="Phường đã có mẫu mang tên này.",
            )
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def scope_unit(self) -> Unit:
        return self.owner
