"""An office's own Word files with named places."""

from __future__ import annotations

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q

from core.models import StoredFile
from units.models import Unit


class TemplateKind(models.TextChoices):
    """What a template prints; the places that it may name are told by whoever prints it."""

    PLAN = "plan", "Kế hoạch"
    OFFICIAL = "official", "Báo cáo tổng hợp"
    COMMENDATION = "commendation", "Đề nghị biểu dương"


class WordTemplateQuerySet(models.QuerySet["WordTemplate"]):
    def in_use(self, owner: Unit, kind: str) -> Self:
        """What ``owner`` prints documents of ``kind`` with."""
        return self.filter(owner=owner, kind=kind, retired_at__isnull=True)


class WordTemplate(models.Model):
    """A template that was checked and fits (:mod:`core.named_places`). Never deleted."""

    kind = models.CharField(
        "loại văn bản", max_length=12, choices=TemplateKind, default=TemplateKind.PLAN
    )
    owner = models.ForeignKey(
        Unit, on_delete=models.PROTECT, related_name="word_templates", verbose_name="phường"
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

    objects = WordTemplateQuerySet.as_manager()

    class Meta:
        verbose_name = "mẫu văn bản"
        verbose_name_plural = "mẫu văn bản"
        ordering = ["owner", "kind", "name", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["owner", "kind", "name"],
                condition=Q(retired_at__isnull=True),
                name="wordtemplate_name_is_unique_in_use",
                violation_error_message="Phường đã có mẫu mang tên này.",
            ),
            models.CheckConstraint(
                condition=Q(kind__in=TemplateKind.values), name="wordtemplate_kind_known"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def scope_unit(self) -> Unit:
        return self.owner
