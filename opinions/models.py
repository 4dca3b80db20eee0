"""What people say about matters of the campaign, apart from every report.

A note has no relation to a report and no history, and no list, search or export knows it.
Whoever adds one of these breaks a promise made to the secretaries (MODEL, Opinions).
"""

from __future__ import annotations

import datetime as dt
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from core.chained import Chained
from units.models import Unit
from units.permissions import scope_q

MIN_STATEMENT = 30  # characters


class Topic(models.TextChoices):
    """Matters, never persons."""

    PRICE = "price", "Giá cả"
    QUALITY = "quality", "Chất lượng hàng"
    FAKE = "fake", "Hàng giả, hàng kém chất lượng"
    OUTLET = "outlet", "Điểm bán hàng Việt"
    CAMPAIGN = "campaign", "Cách tuyên truyền"
    OTHER = "other", "Việc khác"


class OpinionSettingQuerySet(models.QuerySet):
    def visible_to(self, user: Any) -> Self:
        return self.filter(scope_q(user, "opinions.change_opinionsetting", prefix="ward__"))

    def is_open_for(self, unit: Unit) -> bool:
        """Has the ward of ``unit`` switched opinions on? No row means no."""
        return self.filter(ward__path=unit.ward_path, is_open=True).exists()


class OpinionSetting(models.Model):
    """The ward's word that its notes are not classified; without it there are no notes.

    What was decided before is in :class:`OpinionDecision`.

    """

    ward = models.OneToOneField(
        Unit, on_delete=models.PROTECT, related_name="opinion_setting", verbose_name="phường"
    )
    is_open = models.BooleanField("đang mở", default=False)
    statement = models.TextField("văn bản xác nhận", blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        verbose_name="người quyết định",
    )
    at = models.DateTimeField("quyết định lúc", null=True)
    version = models.PositiveIntegerField("phiên bản", default=1, editable=False)
    updated_at = models.DateTimeField("sửa lúc", auto_now=True)

    objects = OpinionSettingQuerySet.as_manager()

    class Meta:
        verbose_name = "mục ý kiến của phường"
        verbose_name_plural = "mục ý kiến của các phường"
        constraints = [
            models.CheckConstraint(
                condition=Q(is_open=False)
                | ~Q(statement="") & Q(by__isnull=False, at__isnull=False),
                name="opinionsetting_open_has_statement",
                violation_error_message="Mở mục ý kiến thì phải có văn bản xác nhận.",
            )
        ]

    def __str__(self) -> str:
        return f"mục ý kiến của {self.ward}"

    @property
    def scope_unit(self) -> Unit:
        return self.ward


class OpinionDecision(Chained):
    """Who switched opinions on or off, when and with which words. Written once."""

    setting = models.ForeignKey(
        OpinionSetting, on_delete=models.PROTECT, related_name="decisions", verbose_name="mục"
    )
    is_open = models.BooleanField("mở")
    statement = models.TextField("văn bản xác nhận", blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name="người quyết định",
    )
    at = models.DateTimeField("lúc", default=timezone.now)

    class Meta:
        verbose_name = "quyết định về mục ý kiến"
        verbose_name_plural = "quyết định về mục ý kiến"
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"{'mở' if self.is_open else 'đóng'} {self.setting}"


class OpinionNoteQuerySet(models.QuerySet):
    def visible_to(self, user: Any) -> Self:
        """What the propaganda role of that very ward may read."""
        return self.filter(scope_q(user, "opinions.view_opinionnote", prefix="ward__"))


class OpinionNote(models.Model):
    """What people of a unit's place say about one matter. Written once, read by few."""

    unit = models.ForeignKey(
        Unit, on_delete=models.PROTECT, related_name="+", verbose_name="đơn vị"
    )
    # Units never move. The reading right is of the ward, so a person below it reads nothing.
    ward = models.ForeignKey(
        Unit, on_delete=models.PROTECT, related_name="+", verbose_name="phường"
    )
    month = models.DateField("tháng", help_text="Ngày đầu tháng.")
    topic = models.CharField("về việc", max_length=20, choices=Topic)
    text = models.TextField("ý kiến")
    key = models.UUIDField("khóa gửi", unique=True, help_text="Bấm gửi hai lần vẫn là một.")
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name="người gửi",
    )
    is_affirmed = models.BooleanField(
        "đã xác nhận không phải thông tin cá nhân",
        default=False,
        help_text="Cổng đã hỏi lại vì thấy số hoặc tên, người gửi xác nhận vẫn gửi.",
    )
    created_at = models.DateTimeField("gửi lúc", default=timezone.now)

    objects = OpinionNoteQuerySet.as_manager()

    class Meta:
        verbose_name = "ý kiến"
        verbose_name_plural = "ý kiến"
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(month__day=1),
                name="opinionnote_month_is_first_day",
                violation_error_message="Tháng ghi bằng ngày đầu tháng.",
            ),
            models.CheckConstraint(
                condition=Q(topic__in=Topic.values),
                name="opinionnote_topic_known",
                violation_error_message="Chọn một việc trong danh sách.",
            ),
            models.CheckConstraint(
                condition=~Q(text=""),
                name="opinionnote_is_not_empty",
                violation_error_message="Ý kiến chưa có nội dung.",
            ),
        ]
        indexes = [models.Index(fields=["ward", "month", "topic"], name="opinionnote_ward_month")]

    def __str__(self) -> str:
        """Never the text: this is what error pages and logs show of a row."""
        return f"ý kiến số {self.pk}"

    @property
    def scope_unit(self) -> Unit:
        return self.ward

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise TypeError("A note is written once.")
        super().save(*args, **kwargs)


class OpinionReading(Chained):
    """Someone read the notes of a month. Written in the transaction that gives them out."""

    ward = models.ForeignKey(
        Unit, on_delete=models.PROTECT, related_name="+", verbose_name="phường"
    )
    month = models.DateField("tháng")
    topic = models.CharField("về việc", max_length=20, choices=Topic, blank=True)
    note_count = models.PositiveIntegerField("số ý kiến")
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name="người đọc",
    )
    at = models.DateTimeField("đọc lúc", default=timezone.now)

    class Meta:
        verbose_name = "lần đọc ý kiến"
        verbose_name_plural = "lần đọc ý kiến"
        ordering = ["-pk"]
        indexes = [models.Index(fields=["ward", "-at"], name="opinionreading_ward_at")]

    def __str__(self) -> str:
        return f"lần đọc số {self.pk}"

    @property
    def day(self) -> dt.date:
        return timezone.localdate(self.at)
