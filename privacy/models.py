"""The register of what people ask about their data."""

from __future__ import annotations

import datetime as dt
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from core.chained import Chained
from privacy import clocks
from reports import days_off
from units.models import Unit
from units.permissions import scope_q


class PersonalRequestQuerySet(models.QuerySet["PersonalRequest"]):
    def visible_to(self, user: Any) -> Self:
        return self.filter(scope_q(user, "privacy.view_personalrequest", prefix="owner__"))

    def open(self) -> Self:
        return self.filter(done_on=None)


class PersonalRequest(models.Model):
    """One request, from the day it came to the day it was done. Both clocks are kept with it."""

    class Kind(models.TextChoices):
        VIEW = "view", "xem dữ liệu"
        COPY = "copy", "nhận bản sao"
        CORRECT = "correct", "sửa dữ liệu"
        DELETE = "delete", "xóa dữ liệu"
        WITHDRAW = "withdraw", "rút lại đồng ý"
        RESTRICT = "restrict", "hạn chế sử dụng"
        OBJECT = "object", "phản đối sử dụng"

    owner = models.ForeignKey(
        Unit, on_delete=models.PROTECT, related_name="+", verbose_name="phường"
    )
    kind = models.CharField("yêu cầu", max_length=10, choices=Kind)
    received_on = models.DateField("nhận ngày", default=timezone.localdate)
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="tài khoản của người yêu cầu",
        help_text="Để trống nếu là người dân không có tài khoản.",
    )
    note = models.TextField(
        "ghi chú",
        blank=True,
        help_text="Việc cần làm và mã tra cứu góp ý nếu có. Không ghi số giấy tờ của người yêu cầu.",
    )
    needs_others = models.BooleanField("cần nơi khác cùng làm", default=False)
    answered_on = models.DateField("trả lời ngày", null=True, blank=True)
    extension_reason = models.TextField(
        "lý do gia hạn", blank=True, help_text="Gia hạn một lần, thêm 15 ngày; phải báo lý do."
    )
    done_on = models.DateField("làm xong ngày", null=True, blank=True)
    outcome = models.TextField("kết quả", blank=True)
    is_held = models.BooleanField(
        "giữ lại vì khiếu nại, thanh tra",
        default=False,
        help_text="Không bị xóa khi hết thời hạn lưu.",
    )
    answer_due = models.DateField("hạn trả lời", editable=False)
    done_due = models.DateField("hạn làm xong", editable=False)

    objects = PersonalRequestQuerySet.as_manager()

    class Meta:
        verbose_name = "yêu cầu về dữ liệu cá nhân"
        verbose_name_plural = "yêu cầu về dữ liệu cá nhân"
        ordering = ["done_on", "done_due", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(answered_on=None) | Q(answered_on__gte=F("received_on")),
                name="personalrequest_answered_after_it_came",
                violation_error_message="Ngày trả lời không thể trước ngày nhận.",
            ),
            models.CheckConstraint(
                condition=Q(done_on=None) | Q(done_on__gte=F("received_on")) & ~Q(outcome=""),
                name="personalrequest_done_has_an_outcome",
                violation_error_message="Làm xong thì ghi kết quả, và ngày xong không trước ngày nhận.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}, nhận {self.received_on:%d/%m/%Y}"

    @property
    def scope_unit(self) -> Unit:
        return self.owner

    def save(self, *args: Any, **kwargs: Any) -> None:
        """The clocks follow what they are reckoned from."""
        self.answer_due = clocks.answer_due(self.received_on, days_off.of_ward(self.owner))
        self.done_due = clocks.done_due(
            self.kind,
            self.received_on,
            needs_others=self.needs_others,
            is_extended=bool(self.extension_reason.strip()),
        )
        super().save(*args, **kwargs)

    def next_due(self) -> dt.date | None:
        """The clock that runs now; None when all is done."""
        if self.done_on:
            return None
        return self.done_due if self.answered_on else min(self.answer_due, self.done_due)

    def is_late(self, today: dt.date | None = None) -> bool:
        due = self.next_due()
        return due is not None and (today or timezone.localdate()) > due


class RetentionRun(Chained):
    """That the end of keeping was carried out, and how many rows of each rule went."""

    at = models.DateTimeField("lúc", default=timezone.now, editable=False)
    counts = models.JSONField("số dòng đã xóa", editable=False)

    class Meta:
        verbose_name = "lần xóa theo thời hạn"
        verbose_name_plural = "các lần xóa theo thời hạn"
        ordering = ["-at", "-pk"]

    def __str__(self) -> str:
        return f"lần xóa số {self.pk}"
