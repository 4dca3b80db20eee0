"""Files, pictures and the messages that wait to be sent."""

import datetime as dt
import json
import secrets
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Length
from django.urls import reverse
from django.utils import timezone

from core.chained import Chained

MAX_ATTEMPTS = 8


def random_key() -> str:
    """32 characters that nobody guesses; a UUID would only be an identifier."""
    return secrets.token_urlsafe(24)


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


class OutboxMessageQuerySet(models.QuerySet["OutboxMessage"]):
    def due(self, now: dt.datetime) -> Self:
        """Messages to try now, the longest waiting first."""
        return self.filter(sent_at=None, next_attempt_at__lte=now).order_by("next_attempt_at", "pk")

    def given_up(self) -> Self:
        """Messages that were tried often enough in vain."""
        return self.filter(sent_at=None, next_attempt_at=None)


class OutboxMessage(models.Model):
    """A message written with the business it tells of, sent later by ``send_outbox``.

    Rows stay: they are the history of what was sent.
    """

    class Channel(models.TextChoices):
        EMAIL = "email", "thư điện tử"

    class State(models.TextChoices):
        WAITING = "waiting", "chờ gửi"
        SENT = "sent", "đã gửi"
        GIVEN_UP = "given_up", "thôi gửi"

    channel = models.CharField("kênh", max_length=10, choices=Channel, default=Channel.EMAIL)
    recipient = models.CharField("người nhận", max_length=254)
    subject = models.CharField("tiêu đề", max_length=255)
    body = models.TextField("nội dung")
    dedupe_key = models.CharField(  # noqa: DJ001  unique, so none is NULL
        "mã chống gửi lặp", max_length=200, null=True, blank=True, editable=False
    )
    created_at = models.DateTimeField("viết lúc", default=timezone.now, editable=False)
    sent_at = models.DateTimeField("gửi lúc", null=True, blank=True, editable=False)
    attempts = models.PositiveSmallIntegerField("số lần thử", default=0, editable=False)
    last_error = models.TextField("lỗi gần nhất", blank=True, editable=False)
    next_attempt_at = models.DateTimeField(
        "thử lại lúc",
        null=True,
        blank=True,
        default=timezone.now,
        editable=False,
        help_text="Trống khi đã gửi hoặc thôi gửi.",
    )

    objects = OutboxMessageQuerySet.as_manager()

    class Meta:
        verbose_name = "thư chờ gửi"
        verbose_name_plural = "thư chờ gửi"
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["dedupe_key"], name="outboxmessage_dedupe_key_is_unique"
            ),
            models.CheckConstraint(condition=~Q(dedupe_key=""), name="outboxmessage_key_or_null"),
            models.CheckConstraint(
                condition=Q(channel__in=["email"]), name="outboxmessage_channel_is_known"
            ),
            models.CheckConstraint(
                condition=Q(attempts__lte=MAX_ATTEMPTS), name="outboxmessage_attempts_end"
            ),
            models.CheckConstraint(
                condition=Q(sent_at=None) | Q(next_attempt_at=None),
                name="outboxmessage_sent_is_not_tried_again",
            ),
        ]
        indexes = [
            # What waits; nearly all rows are sent and stay out of it.
            models.Index(
                fields=["next_attempt_at"],
                condition=Q(sent_at=None),
                name="outboxmessage_waiting",
            )
        ]

    def __str__(self) -> str:
        return f"{self.recipient}: {self.subject}"

    @property
    def state(self) -> str:
        if self.sent_at:
            return self.State.SENT
        return self.State.WAITING if self.next_attempt_at else self.State.GIVEN_UP


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
