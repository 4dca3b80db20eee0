"""What is put on record for good: exports, erasures, refusals, and the seals of the chain."""

import json

from django.conf import settings
from django.db import models
from django.utils import timezone

from core.chained import Chained
from core.models.keys import random_key


class ExportLog(Chained):
    """Who took which list out of the office as a table, when, and how many rows it had."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="exports",
        verbose_name="người xuất",
    )
    at = models.DateTimeField("lúc", default=timezone.now, db_index=True)
    name = models.CharField("danh sách", max_length=120)
    query = models.TextField("bộ lọc", blank=True)
    columns = models.TextField("các cột")
    row_count = models.PositiveIntegerField("số dòng")
    wards = models.CharField(
        "của phường",
        max_length=600,
        default="",
        editable=False,
        help_text="Đường dẫn các phường có trong bảng, giữa hai dấu phẩy; * là mọi phường.",
    )

    class Meta:
        verbose_name = "lần xuất bảng"
        verbose_name_plural = "nhật ký xuất bảng"
        ordering = ["-at", "-pk"]

    def __str__(self) -> str:
        return self.name


class Erasure(Chained):
    """What was erased for good, by the keys of its rows (:mod:`core.erasures`). Nobody's name."""

    key = models.CharField("mã", max_length=32, default=random_key, unique=True, editable=False)
    kind = models.CharField("loại", max_length=60, editable=False)
    what = models.JSONField("mục đã xóa", editable=False)
    at = models.DateTimeField("xóa lúc", default=timezone.now, editable=False)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        editable=False,
        related_name="+",
        verbose_name="người xóa",
    )

    class Meta:
        verbose_name = "lần xóa dữ liệu"
        verbose_name_plural = "sổ xóa dữ liệu"
        ordering = ["-at", "-pk"]

    def __str__(self) -> str:
        return f"{self.kind} {self.key[:6]}"


class Seal(models.Model):
    """Where the chain of a table stood, signed; written by :func:`core.chain.seal` alone."""

    label = models.CharField("bảng", max_length=100, editable=False)
    sequence = models.BigIntegerField("mắt xích cuối", editable=False)
    hash = models.CharField("mã băm cuối", max_length=64, editable=False)
    fields = models.JSONField("các cột", editable=False)
    previous = models.CharField("chữ ký trước", max_length=64, blank=True, editable=False)
    signature = models.CharField("chữ ký", max_length=64, editable=False)
    at = models.DateTimeField("niêm lúc", default=timezone.now, editable=False)

    class Meta:
        verbose_name = "dấu niêm"
        verbose_name_plural = "dấu niêm"
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(fields=["label", "sequence"], name="seal_ends_one_place")
        ]

    def __str__(self) -> str:
        return f"{self.label} {self.sequence}"

    @property
    def words(self) -> str:
        """What is signed."""
        return json.dumps([self.label, self.sequence, self.hash, self.fields, self.previous])


class SecretRefusal(Chained):
    """A file with a mark of secrecy was refused; its bytes and its name were not kept."""

    sha256 = models.CharField("mã băm SHA-256", max_length=64, editable=False)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        editable=False,
        related_name="+",
        verbose_name="người tải lên",
    )
    at = models.DateTimeField("lúc", default=timezone.now, editable=False)

    class Meta:
        verbose_name = "lần từ chối tệp mật"
        verbose_name_plural = "các lần từ chối tệp mật"
        ordering = ["-at", "-pk"]

    def __str__(self) -> str:
        return self.sha256[:12]
