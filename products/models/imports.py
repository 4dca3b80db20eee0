"""One list of goods as the ward had it in Excel, with the photos that came in a zip."""

from __future__ import annotations

from typing import Any, Self

from django.db import models
from django.db.models import Q

from core.imports.records import ImportRecord, undone_after_applied
from core.models import Picture, StoredFile
from units.models import Unit
from units.permissions import scope_q


class ProductImportQuerySet(models.QuerySet):
    def visible_to(self, user: Any) -> Self:
        return self.filter(scope_q(user, "products.view_productimport", prefix="ward__"))


class ProductImport(ImportRecord):
    """A file, its photos, and once applied what it wrote and what stood before."""

    ward = models.ForeignKey(
        Unit, on_delete=models.PROTECT, related_name="+", verbose_name="phường"
    )
    archive = models.ForeignKey(
        StoredFile,
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        verbose_name="ảnh nén",
    )
    archive_sha256 = models.CharField(
        "mã băm của ảnh nén", max_length=64, blank=True, editable=False
    )

    objects = ProductImportQuerySet.as_manager()

    class Meta(ImportRecord.Meta):
        verbose_name = "lần nhập hàng từ Excel"
        verbose_name_plural = "các lần nhập hàng từ Excel"
        constraints = [undone_after_applied("productimport_undone_after_it_was_applied")]


class ImportPhoto(models.Model):
    """A file of the zip: decoded already, or why it was not."""

    record = models.ForeignKey(
        ProductImport, on_delete=models.CASCADE, related_name="photos", verbose_name="lần nhập"
    )
    name = models.CharField("tên tệp", max_length=250)
    sha256 = models.CharField("mã băm", max_length=64, blank=True)
    picture = models.ForeignKey(
        Picture, on_delete=models.PROTECT, null=True, related_name="+", verbose_name="ảnh"
    )
    error = models.CharField("vì sao không dùng được", max_length=250, blank=True)

    class Meta:
        verbose_name = "ảnh của lần nhập"
        verbose_name_plural = "ảnh của lần nhập"
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(picture__isnull=False) | ~Q(error=""),
                name="importphoto_is_a_picture_or_says_why",
            )
        ]

    def __str__(self) -> str:
        return self.name
