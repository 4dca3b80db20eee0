"""What is kept of one import: the file, who wrote it and who took it back."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from core.models import StoredFile


def undone_after_applied(name: str) -> models.CheckConstraint:
    return models.CheckConstraint(
        condition=Q(undone_at__isnull=True) | Q(applied_at__isnull=False), name=name
    )


class ImportRecord(models.Model):
    """A file with its dry run; once applied, ``entries`` hold what it wrote and what stood before.

    The subclass adds ``ward``.
    """

    source = models.ForeignKey(
        StoredFile, on_delete=models.PROTECT, related_name="+", verbose_name="tệp gốc"
    )
    source_sha256 = models.CharField("mã băm của tệp gốc", max_length=64, editable=False)
    entries = models.JSONField("đã ghi", default=list, editable=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name="người nạp",
    )
    created_at = models.DateTimeField("nạp lúc", default=timezone.now, editable=False)
    applied_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        verbose_name="người ghi",
    )
    applied_at = models.DateTimeField("ghi lúc", null=True, editable=False)
    undone_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        verbose_name="người bỏ",
    )
    undone_at = models.DateTimeField("bỏ lúc", null=True, editable=False)

    class Meta:
        abstract = True
        ordering = ["-pk"]

    def __str__(self) -> str:
        return self.source.original_name

    @property
    def scope_unit(self) -> Any:
        return self.ward  # type: ignore[attr-defined]

    @property
    def is_applied(self) -> bool:
        """Written, and not taken back since."""
        return self.applied_at is not None and self.undone_at is None
