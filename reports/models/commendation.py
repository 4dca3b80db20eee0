"""By which rules the office looks for whom to commend, as it set them last."""

from __future__ import annotations

from typing import Self

from django.conf import settings
from django.db import models

from units.models import Unit


class CommendationRuleQuerySet(models.QuerySet):
    def newest(self, ward: Unit) -> Self:
        """All settings of ``ward``, the newest last: a later one of a code replaces the earlier."""
        return self.filter(owner=ward).select_related("by").order_by("pk")


class CommendationRule(models.Model):
    """One setting of one rule; written once, so that it stays known who set what and when."""

    owner = models.ForeignKey(
        Unit, on_delete=models.PROTECT, related_name="+", verbose_name="phường"
    )
    code = models.CharField("tiêu chí", max_length=20)
    is_on = models.BooleanField("dùng")
    threshold = models.PositiveIntegerField("mức")
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name="người đặt",
    )
    at = models.DateTimeField("lúc", auto_now_add=True)

    objects = CommendationRuleQuerySet.as_manager()

    class Meta:
        verbose_name = "tiêu chí biểu dương"
        verbose_name_plural = "tiêu chí biểu dương"
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.code}: {self.threshold}"

    @property
    def scope_unit(self) -> Unit:
        return self.owner
