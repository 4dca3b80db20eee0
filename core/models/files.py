"""Files as they were handed in, and pictures made from them."""

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Length
from django.urls import reverse
from django.utils import timezone

from core.models.keys import random_key


class StoredFileQuerySet(models.QuerySet["StoredFile"]):
    def clean(self) -> Self:
        return self.filter(state=StoredFile.State.CLEAN)

    def with_sha256(self, digest: str) -> Self:
        """Files of the same content, oldest first. One content may be stored several times."""
        return self.filter(sha256=digest).order_by("pk")


class StoredFile(models.Model):
    """A file as it was handed in, under a random key. Never served as it is.

    Made by :func:`core.files.store_upload` alone, after the content was checked.
    """

    class State(models.TextChoices):
        PENDING = "pending", "đang kiểm tra"
        CLEAN = "clean", "dùng được"
        REFUSED = "refused", "không dùng được"

    key = models.CharField("mã", max_length=32, default=random_key, editable=False)
    original_name = models.CharField("tên tệp", max_length=255)
    sha256 = models.CharField("mã băm SHA-256", max_length=64, editable=False)
    size = models.PositiveBigIntegerField("dung lượng", help_text="Byte.", editable=False)
    content_type = models.CharField(
        "loại", max_length=100, help_text="Theo nội dung, không theo tên tệp.", editable=False
    )
    state = models.CharField("trạng thái", max_length=10, choices=State, default=State.PENDING)
    is_public = models.BooleanField("công khai", default=False)
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        verbose_name="người tải lên",
    )
    created_at = models.DateTimeField("tải lên lúc", default=timezone.now, editable=False)

    objects = StoredFileQuerySet.as_manager()

    class Meta:
        verbose_name = "tệp"
        verbose_name_plural = "tệp"
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["key"], name="storedfile_key_is_unique"),
            models.CheckConstraint(
                condition=Q(state__in=["pending", "clean", "refused"]),
                name="storedfile_state_is_known",
            ),
            models.CheckConstraint(condition=Q(size__gt=0), name="storedfile_is_not_empty"),
            models.CheckConstraint(
                condition=models.lookups.Exact(Length("sha256"), 64),
                name="storedfile_sha256_is_whole",
            ),
        ]
        indexes = [models.Index(fields=["sha256"], name="storedfile_by_content")]

    def __str__(self) -> str:
        return self.original_name

    @property
    def storage_name(self) -> str:
        return f"private/{self.key[:2]}/{self.key}"


class Picture(models.Model):
    """A picture for pages: re-encoded WebP files in a few widths, without any metadata.

    ``width`` and ``height`` are pixels of the largest variant. Made by
    :func:`core.files.store_picture` alone.
    """

    key = models.CharField("mã", max_length=32, default=random_key, editable=False)
    original = models.ForeignKey(
        StoredFile,
        on_delete=models.PROTECT,
        null=True,
        editable=False,
        related_name="pictures",
        verbose_name="tệp gốc",
    )
    width = models.PositiveIntegerField("rộng", editable=False)
    height = models.PositiveIntegerField("cao", editable=False)
    alt = models.CharField(
        "mô tả ảnh",
        max_length=250,
        blank=True,
        help_text="Ảnh có gì, cho người không nhìn thấy ảnh.",
    )
    credit = models.CharField("nguồn ảnh", max_length=250, blank=True)
    variants = models.JSONField(
        "các cỡ",
        editable=False,
        help_text="Từ nhỏ đến lớn; mỗi cỡ có width, height, size, sha256.",
    )
    is_public = models.BooleanField(
        "công khai",
        default=True,
        editable=False,
        help_text="Ảnh không công khai chỉ mở qua trang có kiểm tra quyền.",
    )
    created_at = models.DateTimeField("tạo lúc", default=timezone.now, editable=False)

    class Meta:
        verbose_name = "ảnh"
        verbose_name_plural = "ảnh"
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["key"], name="picture_key_is_unique"),
            models.CheckConstraint(
                condition=Q(width__gt=0, height__gt=0), name="picture_has_an_area"
            ),
        ]

    def __str__(self) -> str:
        return self.alt or f"Ảnh {self.pk}"

    @property
    def widths(self) -> list[int]:
        """Widths of the variants in pixels, smallest first."""
        return sorted(variant["width"] for variant in self.variants)

    def file_name(self, width: int) -> str:
        return f"{self.key}-{width}.webp"

    def storage_name(self, width: int) -> str:
        """Where a variant lies; only what lies in "public/" answers at /anh/."""
        folder = "public" if self.is_public else f"private/{self.key[:2]}"
        return f"{folder}/{self.file_name(width)}"

    def url(self, width: int) -> str:
        """The address of the smallest variant at least ``width`` pixels wide, else the largest."""
        nearest = next((own for own in self.widths if own >= width), self.widths[-1])
        return self._url(nearest)

    @property
    def small(self) -> str:
        """The address for lists and cards."""
        return self._url(self.widths[0])

    @property
    def large(self) -> str:
        """The address for the picture on its own."""
        return self._url(self.widths[-1])

    @property
    def srcset(self) -> str:
        """All variants in the form of the ``srcset`` attribute."""
        return ", ".join(f"{self._url(width)} {width}w" for width in self.widths)

    def _url(self, width: int) -> str:
        return reverse("core:picture", args=[self.file_name(width)])
