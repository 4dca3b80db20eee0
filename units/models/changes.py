"""What became of units by which decision: opened, renamed, merged, split, closed, handed over."""

from __future__ import annotations

from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from units.models.tree import Unit
from units.permissions import scope_q


class UnitChangeQuerySet(models.QuerySet):
    def visible_to(self, user: Any) -> Self:
        return self.filter(scope_q(user, "units.view_unit", prefix="ward__"))


class UnitChange(models.Model):
    """One step, never changed afterwards: who, when, why, and the sentences that were confirmed."""

    class Kind(models.TextChoices):
        OPEN = "open", "mở đơn vị"
        RENAME = "rename", "đổi tên"
        MERGE = "merge", "sáp nhập"
        SPLIT = "split", "chia tách"
        CLOSE = "close", "thôi hoạt động"
        HAND_OVER = "hand_over", "bàn giao bí thư"

    ward = models.ForeignKey(
        Unit, on_delete=models.PROTECT, related_name="changes_in_ward", verbose_name="phường"
    )
    kind = models.CharField("việc", max_length=10, choices=Kind)
    on = models.DateField("từ ngày")
    reports_from = models.DateField("tháng đầu báo cáo theo đơn vị mới", null=True, blank=True)
    decision = models.CharField("số quyết định, nghị quyết", max_length=120, blank=True)
    reason = models.TextField("lý do", blank=True)
    sentences = models.JSONField("nội dung đã xác nhận", default=list)
    units = models.ManyToManyField(Unit, related_name="changes", verbose_name="đơn vị")
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name="người ghi",
    )
    at = models.DateTimeField("ghi lúc", default=timezone.now, editable=False)

    objects = UnitChangeQuerySet.as_manager()

    class Meta:
        verbose_name = "thay đổi về đơn vị"
        verbose_name_plural = "thay đổi về đơn vị"
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(reports_from__isnull=True) | Q(reports_from__day=1),
                name="unitchange_month_is_first_day",
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}, từ {self.on:%d/%m/%Y}"

    @property
    def scope_unit(self) -> Unit:
        return self.ward
