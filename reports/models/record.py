"""What is kept beside a report: what is being typed, what was handed in, who took which step."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from core.models import Picture
from core.workflow import StepRecord
from reports.models.report import MonthlyReport
from units.models import Device


class ReportStep(StepRecord):
    """One step of a report."""

    report = models.ForeignKey(
        MonthlyReport, on_delete=models.PROTECT, related_name="steps", verbose_name="báo cáo"
    )
    device = models.ForeignKey(
        Device,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        db_index=False,  # nobody looks for the steps of a phone
        related_name="+",
        verbose_name="điện thoại",
        help_text="Để trống khi vào bằng tên đăng nhập và mật khẩu.",
    )

    class Meta(StepRecord.Meta):
        verbose_name = "bước của báo cáo"
        verbose_name_plural = "bước của báo cáo"

    def __str__(self) -> str:
        return f"{self.name}: {self.from_status} → {self.to_status}"


class Draft(models.Model):
    """What is being typed, wrong input included. Empty ``content``: nothing waits to be handed in.

    ``content`` maps a part (``contents``, ``counts``, ``result`` …) to what was typed there;
    ``part_versions`` says at which ``version`` each part was last changed, so that two people
    on different screens do not disturb each other.
    """

    report = models.OneToOneField(
        MonthlyReport, on_delete=models.PROTECT, related_name="draft", verbose_name="báo cáo"
    )
    content = models.JSONField("đang viết", default=dict, blank=True)
    part_versions = models.JSONField(default=dict, blank=True, editable=False)
    version = models.PositiveIntegerField("phiên bản", default=0, editable=False)
    saved_at = models.DateTimeField("lưu lúc", null=True)
    saved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        db_index=False,
        related_name="+",
        verbose_name="người lưu",
    )

    class Meta:
        verbose_name = "bản đang viết"
        verbose_name_plural = "bản đang viết"

    def __str__(self) -> str:
        return f"bản đang viết: {self.report}"


class Submission(models.Model):
    """What was handed in, word for word, and its receipt. Written once."""

    report = models.ForeignKey(
        MonthlyReport,
        on_delete=models.PROTECT,
        db_index=False,  # a constraint below begins with it
        related_name="submissions",
        verbose_name="báo cáo",
    )
    number = models.PositiveIntegerField("lần nộp")
    key = models.UUIDField(
        "khóa nộp", unique=True, help_text="Trang kiểm tra đặt ra; bấm nộp hai lần vẫn là một."
    )
    receipt = models.CharField("số biên nhận", max_length=40)
    content = models.JSONField("nội dung đã nộp")
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        db_index=False,  # asked only together with the report
        related_name="+",
        verbose_name="người nộp",
    )
    helper = models.CharField("người nộp hộ", max_length=120, blank=True)
    at = models.DateTimeField("nộp lúc")

    class Meta:
        verbose_name = "lần nộp"
        verbose_name_plural = "lần nộp"
        ordering = ["report", "number"]
        constraints = [
            # Not on the field: that would make a second index, for LIKE.
            models.UniqueConstraint(
                fields=["receipt"],
                name="submission_receipt_once",
                violation_error_message="Số biên nhận này đã có.",
            ),
            models.UniqueConstraint(
                fields=["report", "number"],
                name="submission_number_once_per_report",
                violation_error_message="Lần nộp này đã có.",
            ),
            models.CheckConstraint(
                condition=Q(number__gte=1),
                name="submission_number_from_one",
                violation_error_message="Lần nộp tính từ 1.",
            ),
        ]

    def __str__(self) -> str:
        return self.receipt

    @property
    def helper_words(self) -> str:
        """ "Nguyễn Thị Lan nộp hộ"; the office's own words are said once."""
        if not self.helper or "nộp hộ" in self.helper:
            return self.helper
        return f"{self.helper} nộp hộ"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise TypeError("A submission is written once.")
        super().save(*args, **kwargs)


class HelperConfirmation(models.Model):
    """The secretary's word for what a helper handed in. Written once, beside the frozen submission."""

    submission = models.OneToOneField(
        Submission,
        on_delete=models.PROTECT,
        related_name="confirmation",
        verbose_name="lần nộp",
    )
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name="người xác nhận",
    )
    at = models.DateTimeField("xác nhận lúc")
    is_by_phone = models.BooleanField(
        "xác nhận qua điện thoại",
        default=False,
        help_text="Văn phòng gọi bí thư và ghi lại.",
    )

    class Meta:
        verbose_name = "xác nhận của bí thư"
        verbose_name_plural = "xác nhận của bí thư"

    def __str__(self) -> str:
        return f"xác nhận {self.submission}"


class Photo(models.Model):
    """A photo of a month's work. It follows the report, which stands without it; never public."""

    report = models.ForeignKey(
        MonthlyReport, on_delete=models.PROTECT, related_name="photos", verbose_name="báo cáo"
    )
    picture = models.OneToOneField(
        Picture, on_delete=models.PROTECT, related_name="report_photo", verbose_name="ảnh"
    )
    key = models.UUIDField("khóa gửi", help_text="Máy gửi đặt ra; gửi lại vẫn là một ảnh.")
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name="người gửi",
    )
    at = models.DateTimeField("gửi lúc", default=timezone.now)
    is_sheet = models.BooleanField(
        "là tờ viết tay",
        default=False,
        help_text="Ảnh tờ báo cáo viết trên giấy, để văn phòng nhập hộ.",
    )
    removed_at = models.DateTimeField("gỡ lúc", null=True, blank=True)
    likeness = models.BigIntegerField(
        "dấu ảnh",
        null=True,
        editable=False,
        help_text="64 bit để nhận ra ảnh giống nhau; trống ở ảnh gửi trước khi có dấu này.",
    )

    class Meta:
        verbose_name = "ảnh của báo cáo"
        verbose_name_plural = "ảnh của báo cáo"
        ordering = ["report", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["report", "key"],
                name="photo_key_once_per_report",
                violation_error_message="Ảnh này đã gửi rồi.",
            )
        ]

    def __str__(self) -> str:
        return f"ảnh của {self.report}"
