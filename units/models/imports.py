"""One list of units and people as the ward had it in Excel: read, applied, taken back."""

from __future__ import annotations

from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from core.models import StoredFile
from units.models.tree import Unit
from units.permissions import scope_q


class UnitImportQuerySet(models.QuerySet):
    def visible_to(self, user: Any) -> Self:
        return self.filter(scope_q(user, "units.view_unitimport", prefix="ward__"))


class UnitImport(models.Model):
    """A file with its dry run; once applied, ``entries`` hold what it wrote and what stood before."""

    ward = models.ForeignKey(
        Unit, on_delete=models.PROTECT, related_name="imports", verbose_name="phường"
    )
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

    objects = UnitImportQuerySet.as_manager()

    class Meta:
        verbose_name = "lần nhập từ Excel"
        verbose_name_plural = "các lần nhập từ Excel"
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(undone_at__isnull=True) | Q(applied_at__isnull=False),
                name="unitimport_undone_after_it_was_applied",
            )
        ]

    def __str__(self) -> str:
        return self.source.original_name

    @property
    def scope_unit(self) -> Unit:
        return self.ward

    @property
    def is_applied(self) -> bool:
        """Written, and not taken back since."""
        return self.applied_at is not None and self.undone_at is None
